"""One appeal on the desk: who may work on it, what its page shows, and what may be done next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from accounts.rules import use_desk
from appeals.begin import last_answer
from appeals.course import rules as course_rules
from appeals.desk import verdicts
from appeals.desk.clocks import legal_terms_of
from appeals.desk.presenters import ShownAppeal, ShownEntry
from appeals.desk.queries import for_list
from appeals.filing.files import left_out
from appeals.models import Answer, Appeal, Attachment, CopyFee, Entry, Refusal
from appeals.queries import load_involved, load_leaders, record_reading
from appeals.repeats import Repeat, repeats
from appeals.requests.case import (
    may_ask_fee,
    may_ask_head,
    may_postpone,
    may_record_payment,
    may_refuse,
)
from appeals.rules import NO_LEADER, Involved, respond
from city.calendar import work_calendar
from core.domain import clock
from core.domain.calendar import WorkCalendar
from core.domain.rules import Verdict, require
from core.export import conversion

#: Why the applicant's data are seen: a key of accounts.data.access_log.REASONS.
WHY = "appeal.work"
_SHOWN = (
    *("author", "organisation", "department", "officer", "theme", "category", "district"),
    *("street", "registered_by", "about_department", "about_person"),
)


@dataclass(frozen=True)
class Case:
    """An appeal with what rules about it have to know."""

    user: User
    appeal: Appeal
    involved: Involved
    now: datetime
    calendar: WorkCalendar

    @cached_property
    def draft(self) -> Answer | None:
        """The draft of its answer."""
        return last_answer(self.appeal, sent=False)

    @cached_property
    def leaders(self) -> frozenset[str]:
        """Which of the roles of the head of the body and a deputy somebody holds."""
        return load_leaders()

    @cached_property
    def fee(self) -> CopyFee | None:
        """The fee for the copies of a request."""
        return (
            CopyFee.objects.filter(appeal=self.appeal).first() if self.appeal.is_request else None
        )

    @cached_property
    def refusal(self) -> Refusal | None:
        """The refusal in the draft of the answer to a request."""
        is_one = self.appeal.is_request and self.draft
        return Refusal.objects.filter(answer=self.draft).first() if is_one else None

    @cached_property
    def sent_back(self) -> Entry | None:
        """Entry of a head's words on the draft, while it is as they read it."""
        if self.draft is None or self.draft.asked_at or self.draft.approved_at:
            return None
        entries = Entry.objects.filter(
            appeal=self.appeal, kind=Entry.Kind.SENT_BACK, at__gte=self.draft.at
        )
        return entries.select_related("by").order_by("-pk").first()

    @cached_property
    def draft_files(self) -> list[Attachment]:
        """The files that go with the draft."""
        return (
            list(Attachment.objects.without_content().filter(answer=self.draft))
            if self.draft
            else []
        )

    @cached_property
    def shown(self) -> ShownAppeal:
        return ShownAppeal.at(self.appeal, self.now)

    @property
    def facts(self) -> dict[str, Any]:
        """Arguments shared by most rules."""
        return {"involved": self.involved, "now": self.now}

    def url(self, done: str = "") -> str:
        """URL of its page; ``done``: the form whose kept texts it may forget."""
        there = reverse("appeals_desk:detail", args=[self.appeal.pk])
        return f"{there}?done={done}:{self.appeal.pk}" if done else there


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something that the person may do with it now."""

    url: str
    words: str
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer with the files beside it."""

    answer: Answer
    files: list[Attachment]
    #: What it refuses of a request.
    refusal: Refusal | None = None


def load(request: AuthenticatedHttpRequest, pk: int, *, looks: bool = True) -> Case:
    """The appeal, for who works on it; for others there is none. ``looks``: its words are shown,
    which the applicant reads."""
    require(use_desk(request.user))
    rows = Appeal.objects.worked_on_by(request.user).select_related(*_SHOWN)
    appeal = get_object_or_404(rows.defer("search", "secret_hash"), pk=pk)
    case = Case(request.user, appeal, load_involved(appeal), clock.now(), work_calendar())
    if looks:
        record_reading(appeal, request.user)
    return case


def context_of(case: Case) -> dict[str, Any]:
    """Context of its page."""
    appeal = case.appeal
    sent = list(appeal.answers.select_related("by", "asked_by", "approved_by"))
    files = list(Attachment.objects.without_content().filter(answer__in=sent)) if sent else []
    refusals = {}
    if sent and appeal.is_request:
        refusals = Refusal.objects.in_bulk([each.pk for each in sent])
    entries = appeal.entries.select_related("by").order_by("-pk")
    own_files = list(appeal.attachments.without_content())
    return {
        "shown": case.shown,
        "clocks": legal_terms_of(appeal, case.now, case.calendar, sent),
        "attachments": [each for each in own_files if not each.left_out],
        "left_out": left_out(own_files),
        "converts": conversion.is_offered(),
        "answers": [
            ShownAnswer(
                each,
                [file for file in files if file.answer_id == each.pk],
                refusals.get(each.pk),
            )
            for each in sent
        ],
        "entries": [ShownEntry.of(each) for each in entries],
        "executors": appeal.executors.select_related("department", "user"),
        "earlier": _earlier(case),
        "nobody_leads": nobody_leads(case),
        "sent_back": case.sent_back,
        "fee": case.fee,
        "outgoing": outgoing_of(appeal),
        "place": place_of(appeal),
        "steps": sorted(steps_of(case), key=lambda step: not step.is_main),
    }


def place_of(appeal: Appeal) -> str:
    """The place of its subject: street with house, district."""
    street = f"{appeal.street.name}, {appeal.house}" if appeal.house and appeal.street else ""
    parts = (
        street or (appeal.street.name if appeal.street else ""),
        appeal.district.name if appeal.district else "",
    )
    return ", ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class ShownRepeat:
    """An earlier appeal that is alike, and why the officer reads of it."""

    shown: ShownAppeal
    repeat: Repeat


def _earlier(case: Case) -> list[ShownRepeat]:
    """Earlier ones of the same applicant about the same matter, that the person may read."""
    found = {each.pk: each for each in repeats(case.appeal)}
    if not found:
        return []
    rows = for_list(Appeal.objects.worked_on_by(case.user).filter(pk__in=found))
    shown = {each.pk: ShownAppeal.at(each, case.now) for each in rows}
    return [ShownRepeat(shown[pk], each) for pk, each in found.items() if pk in shown]


def nobody_leads(case: Case) -> str:
    """The role to be filled before a decision that the law leaves to the head of the body; "" where
    somebody holds it, or where it does not matter here.
    """
    is_open = case.appeal.closed_at is None and not case.appeal.is_request
    if not is_open or not respond(case.user, case.appeal, case.involved) or case.leaders:
        return ""
    return str(NO_LEADER.message)


#: So many letters of a text stand on a sheet of A4, both sides printed.
_ON_A_SHEET = 5000


def sheets_of(appeal: Appeal) -> int:
    """On how many sheets it would be printed, for a form to begin with: of its text, and one for
    each of its files. One query."""
    return 1 + len(appeal.text) // _ON_A_SHEET + appeal.attachments.taken().count()


def outgoing_of(appeal: Appeal) -> dict[str, str]:
    """The indexes of its notices that were sent, by their kind, the newest of each: one query."""
    rows = appeal.outgoing.filter(answer=None).order_by("pk")
    return {each.kind: f"{each.label}, {each.day:%d.%m.%Y}" for each in rows}


def steps_of(case: Case) -> Iterator[NextStep]:
    """Steps open to the person now; each leads to a page of its own."""
    for name, (words, verdict, is_main) in _steps(case).items():
        if verdict:
            url = reverse(f"appeals_desk:{name}", args=[case.appeal.pk])
            yield NextStep(url, words, is_main=is_main)
    sent = last_answer(case.appeal, sent=True)
    if sent and verdicts.may_publish(case, sent):
        url = reverse("appeals_desk:publish", args=[case.appeal.pk, sent.pk])
        yield NextStep(url, _("Publish the answer"))
    if verdicts.may_suggest(case):
        url = reverse("tracks_desk:suggest", args=[case.appeal.pk])
        yield NextStep(url, _("Suggest another way to the applicant"), is_main=False)


def _steps(case: Case) -> dict[str, tuple[str, Verdict, bool]]:
    user, appeal = case.user, case.appeal
    return {
        "accept": (_("Accept it for consideration"), verdicts.may_accept(case), True),
        "draft": (
            _("Change the draft of the answer")
            if case.draft and not case.refusal
            else _("Write the answer"),
            verdicts.may_draft(case),
            case.draft is None or case.sent_back is not None,
        ),
        "ask": (_("Ask for approval"), verdicts.may_ask(case), True),
        "approve": (_("Approve the answer"), verdicts.may_approve(case), True),
        "send_back": (_("Send the draft back for rework"), verdicts.may_send_back(case), False),
        "send": (_("Send the answer"), verdicts.may_send(case), True),
        "correct": (_("Correct what it was registered as"), verdicts.may_correct(case), False),
        "assign": (_("Give it to other executors"), verdicts.may_assign(case), False),
        "extend": (_("Extend the term"), verdicts.may_extend(case), False),
        "ask_head": (_("Ask the head of the body to decide"), may_ask_head(case), False),
        "refuse": (
            _("Change the draft of the refusal") if case.refusal else _("Refuse the request"),
            may_refuse(case),
            False,
        ),
        "postpone": (_("Postpone the answer for force majeure"), may_postpone(case), False),
        "fee": (_("Ask for payment for copying"), may_ask_fee(case), False),
        "payment": (_("Record the payment for copying"), may_record_payment(case), True),
        "shorten": (_("Shorten the term"), verdicts.may_shorten(case), False),
        "forward": (_("Forward it to the competent body"), verdicts.may_forward(case), False),
        "return": (_("Return it to the applicant"), verdicts.may_return(case), False),
        "leave": (_("Leave it without consideration"), verdicts.may_leave(case), False),
        "move": (_("Go on with it as an administrative case"), verdicts.may_move(case), False),
        "note": (
            _("Enter something in the file"),
            course_rules.note(user, appeal, involved=case.involved, text="-"),
            False,
        ),
        "receipt": (_("Receipt with the number"), verdicts.is_office(case), False),
    }
