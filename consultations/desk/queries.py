"""Queries and contexts of the desk's pages: a fixed number of queries at any size."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consultations import rules
from consultations.dispositions.conditions import is_missing, is_settled
from consultations.models import (
    Consultation,
    Remark,
    RemarkCount,
    State,
    WaitingRemark,
)
from consultations.pages import consultation_context
from consultations.presenters import DeskConsultation, ShownConsultation
from consultations.queries import for_page
from core.domain.calendar import local_date
from core.domain.due import NOT_URGENT, Urgency, urgency
from core.domain.rules import require
from discussions.models import Comment

if TYPE_CHECKING:
    from consultations.presenters import WorkRow

#: A deadline this near is marked.
SOON_DAYS = 3


def load_worked_on(request: HttpRequest, pk: int) -> ShownConsultation:
    """The consultation, for its officers and secretaries; others get 404 or rules.keep_record's no.

    What a page lets them do beyond looking is its own rule.
    """
    visible = Consultation.objects.visible_to(request.user)
    shown = ShownConsultation.of(get_object_or_404(for_page(visible), pk=pk))
    require(rules.keep_record(request.user, shown.consultation))
    return shown


def load_with_work(request: HttpRequest, pk: int) -> DeskConsultation:
    """The same with what waits there."""
    visible = Consultation.objects.visible_to(request.user)
    shown = DeskConsultation.with_work(get_object_or_404(with_work(visible), pk=pk))
    require(rules.keep_record(request.user, shown.consultation))
    return shown


def with_work(consultations: QuerySet[Consultation]) -> QuerySet[WorkRow]:
    """With ``presenters.WorkFacts``."""
    totals = RemarkCount.objects.filter(consultation=OuterRef("pk"), clause_key=None)
    # Of the comments, for which there is an index; each of the first level is a remark.
    unreplied = Comment.objects.filter(
        thread=OuterRef("thread"), parent=None, is_answered=False, hidden_at=None, deleted_at=None
    ).order_by()
    open_rows = Remark.objects.filter(is_missing(is_settled), consultation=OuterRef("pk"))
    undecided = WaitingRemark.objects.undecided().filter(consultation=OuterRef("pk"))
    none = Value(0, output_field=IntegerField())
    return for_page(consultations).annotate(
        remarks_total=Coalesce(Subquery(totals.values("remarks")), none),
        open_rows=Coalesce(Subquery(_number_in(open_rows, "consultation")), none),
        unreplied=Coalesce(Subquery(_number_in(unreplied, "thread")), none),
        undecided=Coalesce(Subquery(_number_in(undecided, "consultation")), none),
    )


def _number_in(rows: QuerySet[Any], whole: str) -> QuerySet[Any, Any]:
    """Number of rows of the thread or consultation: a subquery of one number."""
    numbers: QuerySet[Any, Any] = rows.order_by().values(whole).annotate(number=Count("pk"))
    return numbers.values("number")


@dataclass(frozen=True, slots=True)
class Step:
    """An officer's next step with a consultation: words, place, and day."""

    words: str
    url: str
    due: date | None = None
    urgency: Urgency = NOT_URGENT


def next_step(shown: DeskConsultation) -> Step:
    """The next step."""
    words, name, due = _STEPS[shown.state](shown)
    is_duty = shown.state in (State.PREPARING, State.CLOSED)
    near = urgency(due, local_date(shown.now), soon_days=SOON_DAYS) if is_duty else NOT_URGENT
    return Step(words, reverse(f"desk:{name}", args=[shown.pk]), due, near)


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A line of the desk's table: a consultation and what to do next with it."""

    shown: DeskConsultation
    next_step: Step


def show_rows(rows: Iterable[WorkRow]) -> list[DeskRow]:
    """Lines of the table, from ``with_work``."""
    shown = [DeskConsultation.with_work(row) for row in rows]
    return [DeskRow(each, next_step(each)) for each in shown]


def _prepare(shown: DeskConsultation) -> tuple[str, str, date | None]:
    if shown.consultation.draft_id is None:
        return _("Import the text of the draft"), "import", shown.consultation.opens_on
    return _("Check and announce"), "announce", shown.consultation.opens_on


def _wait(shown: DeskConsultation) -> tuple[str, str, date | None]:
    return _("Opens by itself"), "detail", shown.consultation.opens_on


def _answer(shown: DeskConsultation) -> tuple[str, str, date | None]:
    if shown.open_rows:
        return _("Fill the table of dispositions"), "table", shown.consultation.last_day
    return _("Remarks are accepted"), "detail", shown.consultation.last_day


def _report(shown: DeskConsultation) -> tuple[str, str, date | None]:
    return _("Publish the report"), "report", shown.consultation.report_due_on


def _decide(shown: DeskConsultation) -> tuple[str, str, date | None]:
    return _("The decision and its execution"), "decision", None


def _nothing(shown: DeskConsultation) -> tuple[str, str, date | None]:
    return _("Nothing more to do"), "detail", None


_STEPS = {
    State.PREPARING: _prepare,
    State.ANNOUNCED: _wait,
    State.OPEN: _answer,
    State.CLOSED: _report,
    State.REPORTED: _decide,
    State.WITHDRAWN: _nothing,
}


def frame(shown: ShownConsultation, current: str) -> dict[str, Any]:
    """Context shared by the pages of one consultation: itself, and links to its other pages."""
    labels = {
        "detail": _("Overview"),
        "checklist": _("Procedure"),
        "edit": _("Description"),
        "text": _("Text of the draft"),
        "papers": _("Files and links"),
        "pictures": _("Pictures"),
        "poll": _("Poll"),
        "remarks": _("Remarks"),
        "table": _("Dispositions"),
        "register": pgettext("of proposals", "Register"),
        "report": _("Report"),
    }
    if shown.consultation.procedure.is_about_business:
        labels["costs"] = _("Costs")
    if shown.consultation.announced_at is not None:
        labels["decision"] = _("Decision")
    tabs = [
        {
            "label": label,
            "url": reverse(f"desk:{name}", args=[shown.pk]),
            "current": name == current,
        }
        for name, label in labels.items()
    ]
    return {**consultation_context(shown), "tabs": tabs}
