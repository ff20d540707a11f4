"""Deadlines of consultations: announcing, closing, reports, steps of execution."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.decisions.models import ExecutionStep
from consultations.models import Consultation
from core.domain.calendar import KYIV
from core.domain.deadlines import Kind, Rows, register, select


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
    yield select(
        ExecutionStep.objects.filter(done_on=None, decision__consultation__in=mine),
        kind="step",
        of="decision__consultation_id",
        title="text",
        due_on="due_on",
        department="decision__consultation__department_id",
    )


register(
    {
        "announce": Kind(lambda _n: _("Check and announce"), _page("announce")),
        "closing": Kind(lambda _n: _("Remarks close: answer what waits"), _page("remarks")),
        "report": Kind(lambda _n: _("Publish the report"), _page("report")),
        "step": Kind(
            lambda _n: _("Execute the decision, and tell what became of it"),
            _page("decision", "#step-{}"),
        ),
    },
    _rows,
)
