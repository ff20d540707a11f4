"""One answer to many appeals: drafted, approved and sent by one press each, in a number of
statements of this app that does not grow with them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from appeals.answers import rules as answers
from appeals.events import (
    AnswerApproved,
    AnswerDrafted,
    AnswerReadyTogether,
    AppealAnswered,
    DraftsReady,
)
from appeals.letters.letterhead import letterhead_of
from appeals.letters.wording import has_greeting
from appeals.many.actions import lock_chosen
from appeals.models import Answer, Appeal, Attachment, Entry
from appeals.queries import record_readings
from appeals.register.outgoing import register_answers
from appeals.together import rules
from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import Verdict, require

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(slots=True)
class Together:
    """Appeals with which it was done, and those that were left, each with the reason."""

    done: list[Appeal] = field(default_factory=list)
    left: list[tuple[Appeal, Verdict]] = field(default_factory=list)

    def judge(self, appeal: Appeal, verdict: Verdict) -> None:
        """Sort one appeal by what its rules say."""
        if verdict:
            self.done.append(appeal)
        else:
            self.left.append((appeal, verdict))


def draft_together(
    chosen: Mapping[int, str], *, by: User, text: str, result: str, is_ready: bool = False
) -> Together:
    """Give each of the chosen appeals a draft of its own with the same words. ``is_ready``: heads
    are asked to approve them, by one mail a department.

    ``chosen``: the version of each (many.rules.version_of) by its id. Refuses all by
    rules.answer_alike; leaves one by rules.draft_one, with its reason. What the person does not
    see, a complaint about them too, is passed over. Each that is drafted keeps that it was read.
    Emits AnswerDrafted, AnswerReadyTogether, DraftsReady.
    """
    with action():
        appeals, involved, now = lock_chosen(chosen, by=by)
        require(rules.answer_alike(appeals, text=text, result=result))
        drafted = set(
            Answer.objects.filter(appeal__in=appeals, sent_at=None).values_list("appeal", flat=True)
        )
        found = Together()
        for each in appeals:
            verdict = rules.draft_one(
                by,
                each,
                involved=involved[each.pk],
                now=now,
                version=chosen[each.pk],
                has_draft=each.pk in drafted,
                result=result,
            )
            found.judge(each, verdict)
        asked = {"asked_by": by, "asked_at": now} if is_ready else {}
        made = Answer.objects.bulk_create(
            Answer(appeal=each, text=text.strip(), result=result, by=by, at=now, **asked)
            for each in found.done
        )
        _enter(found.done, Entry.Kind.DRAFTED, by=by, at=now)
        for answer in made:
            emit(AnswerDrafted(answer.appeal_id, by.pk, answer.pk))
        if is_ready:
            _ask(found.done, made, by=by, at=now)
        record_readings(Appeal.objects.filter(pk__in=[each.pk for each in found.done]), by)
        return found


def _ask(appeals: list[Appeal], made: list[Answer], *, by: User, at: datetime) -> None:
    entries = _enter(appeals, Entry.Kind.ASKED, by=by, at=at)
    for answer, entry in zip(made, entries, strict=True):
        emit(AnswerReadyTogether(answer.appeal_id, by.pk, answer.pk, entry.pk))
    last = {each.department_id: entry.pk for each, entry in zip(appeals, entries, strict=True)}
    for department_id, number in Counter(each.department_id for each in appeals).items():
        if department_id is not None:
            emit(DraftsReady(by.pk, department_id, last[department_id], number))


def approve_together(chosen: Mapping[int, str], *, by: User) -> Together:
    """Approve the drafts of the chosen appeals as they were read, each by answers.rules.approve.

    ``chosen``: the version of each draft (rules.version_of_draft) by the appeal's id. Emits
    AnswerApproved.
    """
    with action():
        appeals, involved, now = lock_chosen(chosen, by=by)
        drafts, files = _drafts_of(appeals)
        found = Together()
        for each in appeals:
            draft = drafts.get(each.pk)
            verdict = answers.approve(by, each, draft, involved=involved[each.pk], now=now)
            found.judge(each, verdict and rules.is_as_read(draft, files[each.pk], chosen[each.pk]))
        approved = [drafts[each.pk] for each in found.done]
        for each in found.done:
            draft = drafts[each.pk]
            draft.approved_by, draft.approved_at = by, now
            draft.signed_as = letterhead_of(each, by, involved=involved[each.pk]).signature
        Answer.objects.bulk_update(approved, ["approved_by", "approved_at", "signed_as"])
        _enter(found.done, Entry.Kind.APPROVED, by=by, at=now)
        for draft in approved:
            emit(AnswerApproved(draft.appeal_id, by.pk, draft.pk))
        return found


def send_together(chosen: Mapping[int, str], *, by: User) -> Together:
    """Send the approved answers of the chosen appeals, each by answers.rules.answer in the way that
    reaches its applicant, with a letter and a number of its own.

    ``chosen``: as approve_together has it. Emits AppealAnswered.
    """
    with action():
        appeals, involved, now = lock_chosen(chosen, by=by)
        drafts, files = _drafts_of(appeals)
        found = Together()
        for each in appeals:
            draft = drafts.get(each.pk)
            verdict = answers.answer(
                by, each, draft, involved=involved[each.pk], now=now, how=answers.way_to(each)
            )
            found.judge(each, verdict and rules.is_as_read(draft, files[each.pk], chosen[each.pk]))
        sent = [drafts[each.pk] for each in found.done]
        numbers = register_answers(sent, now)
        for each in found.done:
            draft = drafts[each.pk]
            head = letterhead_of(
                each, draft.approved_by, signature=draft.signed_as, executor=draft.by
            )
            greets = has_greeting(draft.text)
            head = replace(head, number=numbers[draft.pk].label, greets=greets)
            draft.sent_at, draft.how, draft.due_at = now, answers.way_to(each), each.due_at
            draft.letterhead = head.as_json()
            each.answered_at = each.closed_at = now
        Answer.objects.bulk_update(sent, ["sent_at", "how", "due_at", "letterhead"])
        Appeal.objects.bulk_update(found.done, ["answered_at", "closed_at"])
        _enter(found.done, Entry.Kind.ANSWERED, by=by, at=now, internal=False)
        for draft in sent:
            emit(AppealAnswered(draft.appeal_id, by.pk, draft.pk))
        return found


def _drafts_of(appeals: list[Appeal]) -> tuple[dict[int, Answer], dict[int, list[int]]]:
    """The draft of each, and the files that go with it, by the appeal's id: two queries. A refusal
    of a request is none of them: it is read and approved by itself (2939-VI art. 22)."""
    rows = Answer.objects.filter(appeal__in=appeals, sent_at=None, refusal=None)
    drafts = {row.appeal_id: row for row in rows.select_related("by", "approved_by")}
    files: dict[int, list[int]] = defaultdict(list)
    kept = Attachment.objects.filter(answer__in=drafts.values())
    for appeal_id, pk in kept.values_list("answer__appeal", "pk"):
        files[appeal_id].append(pk)
    return drafts, files


def _enter(
    appeals: list[Appeal], kind: Entry.Kind, *, by: User, at: datetime, internal: bool = True
) -> list[Entry]:
    return Entry.objects.bulk_create(
        Entry(appeal=each, kind=kind, by=by, at=at, internal=internal) for each in appeals
    )
