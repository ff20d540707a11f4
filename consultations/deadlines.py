"""Deadlines of consultations: announcing, closing, reports, steps of execution."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.decisions.models import ExecutionStep
from consultations.dispositions.conditions import is_considered, is_empty, is_unexplained
from consultations.dispositions.queries import assigned_to
from consultations.models import Consultation, EditionTerm, Remark
from core.domain.calendar import KYIV
from core.domain.deadlines import Kind, Rows, group, register, select


def _page(name: str, part: str = "") -> Any:
    return lambda of, thing: reverse(f"desk:{name}", args=[of]) + part.format(thing)


def _rows(user: Any) -> Iterator[Rows]:
    mine = Consultation.objects.worked_on_by(user)
    about = {"of": "pk", "title": "title", "department": "department_id"}
    first_day = TruncDate("opens_at", tzinfo=KYIV)
    last_day = TruncDate(F("closes_at") - Value(timedelta(seconds=1)), tzinfo=KYIV)
    yield select(mine.preparing(), kind="announce", due_on=first_day, **about)
    yield select(mine.open(), kind="closing", due_on=last_day, **about)
    yield select(mine.closed(), kind="report", due_on="report_due_on", **about)
    yield group(
        EditionTerm.objects.filter(
            edition=None, consultation__in=mine, consultation__withdrawn_at=None
        ),
        kind="edition",
        of="consultation_id",
        title="consultation__title",
        due_on="due_on",
        department="consultation__department_id",
    )
    yield select(
        ExecutionStep.objects.filter(done_on=None, decision__consultation__in=mine),
        kind="step",
        of="decision__consultation_id",
        title="text",
        due_on="due_on",
        department="decision__consultation__department_id",
    )
    yield group(
        _unsettled_rows(user),
        kind="dispositions",
        of="consultation_id",
        title="consultation__title",
        due_on="assignment__due_on",
        department="consultation__department_id",
    )


def _unsettled_rows(user: Any) -> Any:
    """Rows of disposition tables that the person was given, alone or as an officer, and that lack
    something; an administrator sees all that anybody was given."""
    rows = Remark.objects.filter(
        is_empty() | is_unexplained(),
        is_considered(),
        assignment__due_on__isnull=False,
        folded_into=None,
        consultation__reported_at=None,
        consultation__withdrawn_at=None,
    )
    return rows if user.is_administrator else rows.filter(assigned_to(user))


def _count_unsettled(amount: int) -> str:
    words = ngettext("Settle %(number)d remark", "Settle %(number)d remarks", amount)
    return words % {"number": amount}


register(
    {
        "announce": Kind(lambda _n: _("Check and announce"), _page("announce")),
        "closing": Kind(lambda _n: _("Remarks close: answer what waits"), _page("remarks")),
        "report": Kind(lambda _n: _("Publish the report"), _page("report")),
        "edition": Kind(
            lambda _n: _("Publish another edition of the report: hidden words are shown again"),
            _page("report"),
            is_grouped=True,
        ),
        "dispositions": Kind(_count_unsettled, _page("table", "?whose=mine"), is_grouped=True),
        "step": Kind(
            lambda _n: _("Execute the decision, and tell what became of it"),
            _page("decision", "#step-{}"),
        ),
    },
    _rows,
)
