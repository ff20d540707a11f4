"""The deadline of the yearly report on public consultations: 31 March (3841-IX art. 20)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import IntegerField, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from core.domain.deadlines import Kind, Rows, register, select
from insights.indicators.models import YearReport
from insights.indicators.rules import manage


def _page(of: int, _thing: int) -> str:
    return reverse("indicators_desk:report", args=[of])


def _rows(user: Any) -> Iterator[Rows]:
    if not manage(user):
        return
    waiting = YearReport.objects.filter(published_at=None)
    yield select(
        waiting.annotate(of_all=Value(None, IntegerField())),
        kind="year-report",
        of="year",
        title="year",
        due_on="due_on",
        department="of_all",
    )


register(
    {"year-report": Kind(lambda _n: _("Publish the yearly report on public consultations"), _page)},
    _rows,
)
