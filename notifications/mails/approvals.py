"""Mails about approval: an answer waits for a head, an appeal for the decision of the head of the
body, a draft came back to who wrote it. By its number alone."""

from __future__ import annotations

from accounts.models import User
from accounts.staff.models import LEADERS, StaffRole
from accounts.staff.queries import holders
from appeals.events import AnswerReady, AnswerSentBack, AppealHeadAsked, DraftsReady
from appeals.models import Answer, Appeal, Entry
from city.models import Department
from core.domain.calendar import last_date
from core.domain.events import within
from notifications.mails.contents import Context, mail
from notifications.sending.mail import defer


@within(AnswerReady)
def answer_ready(event: AnswerReady) -> None:
    """Write to the heads of the responsible department and who stands in for them; where it has
    none, to those of the office. Not to who asks."""
    appeal = Appeal.objects.only("department").get(pk=event.appeal_id)
    for user_id in _heads(appeal):
        if user_id != event.by_id:
            defer(
                "appeals/approval",
                user_id=user_id,
                about=f"entry:{event.entry_id}",
                answer_id=event.answer_id,
            )


@within(DraftsReady)
def drafts_ready(event: DraftsReady) -> None:
    """Write to the same people once, however many answers wait. Not to who asks."""
    for user_id in _heads_of(event.department_id):
        if user_id != event.by_id:
            defer(
                "appeals/approvals",
                user_id=user_id,
                about=f"entry:{event.entry_id}",
                entry_id=event.entry_id,
                number=event.number,
            )


@within(AnswerSentBack)
def answer_sent_back(event: AnswerSentBack) -> None:
    """Write to who drafted it. Not to a head who sends back their own."""
    drafted_by = Answer.objects.values_list("by", flat=True).get(pk=event.answer_id)
    if drafted_by != event.by_id:
        defer(
            "appeals/sent_back",
            user_id=drafted_by,
            about=f"entry:{event.entry_id}",
            answer_id=event.answer_id,
            entry_id=event.entry_id,
        )


def _heads(appeal: Appeal) -> list[int]:
    return _heads_of(appeal.department_id, appeal.topic)


def _heads_of(department_id: int | None, topic: str = "") -> list[int]:
    role = StaffRole.HEAD
    heads = holders(role, department_id=department_id, scope=topic)
    if heads:
        return heads
    offices = Department.objects.filter(registers_appeals=True).values_list("pk", flat=True)
    return sorted({user for office in offices for user in holders(role, department_id=office)})


@within(AppealHeadAsked)
def head_asked(event: AppealHeadAsked) -> None:
    """Write to the head of the body, the deputies and who stands in for them. Not to who asks."""
    for user_id in holders(*LEADERS):
        if user_id != event.by_id:
            defer(
                "appeals/decision",
                user_id=user_id,
                about=f"entry:{event.entry_id}",
                appeal_id=event.appeal_id,
                entry_id=event.entry_id,
            )


@mail("appeals/decision")
def _decision(user: User, *, appeal_id: int, entry_id: int) -> Context:
    """Nothing once it is closed, or for who may not work on it."""
    appeal = Appeal.objects.worked_on_by(user).open().filter(pk=appeal_id).first()
    if appeal is None:
        return None
    entry = Entry.objects.select_related("by").get(pk=entry_id)
    return {"appeal": appeal, "by": entry.by, "until": last_date(appeal.due_at)}


@mail("appeals/approvals")
def _approvals(user: User, *, entry_id: int, number: int) -> Context:
    """Nothing for who has no answer to approve by then."""
    mine = Appeal.objects.worked_on_by(user).open()
    waits = Answer.objects.waiting_for_approval().filter(appeal__in=mine)
    if not waits.exists():
        return None
    return {"number": number, "by": Entry.objects.select_related("by").get(pk=entry_id).by}


@mail("appeals/sent_back")
def _sent_back(user: User, *, answer_id: int, entry_id: int) -> Context:
    """Nothing once it was changed, asked about or sent, or for who may not work on it."""
    entry = Entry.objects.select_related("by").get(pk=entry_id)
    waits = Answer.objects.filter(pk=answer_id, asked_at=None, approved_at=None, at__lte=entry.at)
    appeal = Appeal.objects.worked_on_by(user).open().filter(pk=entry.appeal_id).first()
    if appeal is None or not waits.exists():
        return None
    return {"appeal": appeal, "by": entry.by, "until": last_date(appeal.due_at)}


@mail("appeals/approval")
def _approval(user: User, *, answer_id: int) -> Context:
    """Nothing once it is approved, changed or sent, or for who may not work on it."""
    found = Answer.objects.waiting_for_approval().select_related("asked_by").filter(pk=answer_id)
    answer = found.first()
    if answer is None:
        return None
    appeal = Appeal.objects.worked_on_by(user).filter(pk=answer.appeal_id).first()
    if appeal is None:
        return None
    return {"appeal": appeal, "by": answer.asked_by, "until": last_date(appeal.due_at)}
