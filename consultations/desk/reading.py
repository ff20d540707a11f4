"""What the desk's pages read, in a fixed number of queries at any size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations import pages, rules
from consultations.models import Consultation, Remark, RemarkCount, State, WaitingRemark
from consultations.querysets import ConsultationQuerySet
from consultations.reading import for_page
from core.domain.calendar import local_date
from core.domain.due import NOT_URGENT, Urgency, urgency
from core.domain.rules import require

#: A deadline this near is marked.
SOON_DAYS = 3


def worked_on(request: HttpRequest, pk: int, *, counted: bool = False) -> Consultation:
    """The consultation, for its officers and secretaries; others get 404 or rules.keep_record's no.

    What a page lets them do beyond looking is its own rule.

    ``counted``: with what ``with_work`` adds.
    """
    visible = Consultation.objects.visible_to(request.user)
    consultation = get_object_or_404((with_work if counted else for_page)(visible), pk=pk)
    require(rules.keep_record(request.user, consultation))
    pages.show_state(consultation)
    return consultation


def with_work(consultations: ConsultationQuerySet) -> ConsultationQuerySet:
    """With ``remarks_total``, ``unanswered``: visible remarks without an official reply, and
    ``undecided``: how many wait for an organisation on which the office has not decided."""
    totals = RemarkCount.objects.filter(consultation=OuterRef("pk"), clause_key=None)
    waiting = (
        Remark.objects.public()
        .filter(consultation=OuterRef("pk"), comment__is_answered=False)
        .order_by()
        .values("consultation")
        .annotate(number=Count("pk"))
        .values("number")
    )
    undecided = (
        WaitingRemark.objects.undecided()
        .filter(consultation=OuterRef("pk"))
        .order_by()
        .values("consultation")
        .annotate(number=Count("pk"))
        .values("number")
    )
    none = Value(0, output_field=IntegerField())
    return for_page(consultations).annotate(
        remarks_total=Coalesce(Subquery(totals.values("remarks")), none),
        unanswered=Coalesce(Subquery(waiting), none),
        undecided=Coalesce(Subquery(undecided), none),
    )


@dataclass(frozen=True, slots=True)
class Step:
    """What an officer has to do next with a consultation: words, where, and until when."""

    words: str
    url: str
    due: date | None = None
    urgency: Urgency = NOT_URGENT


def next_step(consultation: Consultation) -> Step:
    """``consultation`` comes from ``with_work`` and ``pages.show_state``."""
    today = local_date(consultation.now)
    words, name, due = _STEPS[consultation.state](consultation)
    is_duty = consultation.state in (State.PREPARING, State.CLOSED)
    near = urgency(due, today, soon_days=SOON_DAYS) if is_duty else NOT_URGENT
    return Step(words, reverse(f"desk:{name}", args=[consultation.pk]), due, near)


def _prepare(consultation: Consultation) -> tuple[str, str, date | None]:
    if consultation.draft_id is None:
        return _("Import the text of the draft"), "import", consultation.opens_on
    return _("Check and announce"), "announce", consultation.opens_on


def _wait(consultation: Consultation) -> tuple[str, str, date | None]:
    return _("Opens by itself"), "detail", consultation.opens_on


def _answer(consultation: Consultation) -> tuple[str, str, date | None]:
    if consultation.unanswered:
        return _("Answer remarks"), "remarks", consultation.last_day
    return _("Remarks are accepted"), "detail", consultation.last_day


def _report(consultation: Consultation) -> tuple[str, str, date | None]:
    return _("Publish the report"), "report", consultation.report_due_on


def _nothing(consultation: Consultation) -> tuple[str, str, date | None]:
    return _("Nothing more to do"), "detail", None


_STEPS = {
    State.PREPARING: _prepare,
    State.ANNOUNCED: _wait,
    State.OPEN: _answer,
    State.CLOSED: _report,
    State.REPORTED: _nothing,
    State.WITHDRAWN: _nothing,
}


def frame(consultation: Consultation, current: str) -> dict[str, Any]:
    """What every page of one consultation shows: itself, and the way to its other pages."""
    labels = {
        "detail": _("Overview"),
        "edit": _("Description"),
        "text": _("Text of the draft"),
        "papers": _("Files and links"),
        "poll": _("Poll"),
        "remarks": _("Remarks"),
    }
    if consultation.procedure.is_about_business:
        labels["costs"] = _("Costs")
    tabs = [
        {
            "label": label,
            "url": reverse(f"desk:{name}", args=[consultation.pk]),
            "current": name == current,
        }
        for name, label in labels.items()
    ]
    return {"consultation": consultation, "tabs": tabs}
