"""The table of the М-тест: officers fill in a working copy, the report publishes ranges.

The working copy holds figures by size of business, at first the medians of what was answered
(docs/costs.md): they stay in it. What is published of a size are the ranges of the answers, where
at least ENOUGH businesses answered, the number of such businesses in the city, and a note.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from consultations.costs.models import MOST_HOURS, MOST_MONEY
from consultations.costs.queries import answers_of
from consultations.costs.table import ALL, MEASURES, SIZES, Band, Part, Row, Spread, tabulate
from consultations.models import Consultation, Report
from core.domain.typography import group_thousands
from drafts.versions.published import Text
from organisations.models import Organisation

#: Of fewer businesses a report publishes nothing.
ENOUGH = 5
#: More businesses than any city has.
MOST_AFFECTED = 1_000_000


def most_of(measure: str) -> int:
    """The highest figure of a measure."""
    return MOST_HOURS if measure.startswith("hours") else MOST_MONEY


def published_lines(
    consultation: Consultation, report: Report, text: Text | None
) -> list[list[str]]:
    """The lines of the table as everybody reads it: of the whole draft, then of each clause as
    ``text`` calls it. One query."""
    lines = []
    for part in tabulate(answers_of(consultation), enough=ENOUGH):
        clause = text.by_key.get(part.clause) if text and part.clause else None
        label = str(clause) if clause else _("a clause of an earlier version")
        if part.clause is None:
            label = _("the whole draft")
        lines += [
            [label, *_cells(row, report.costs.get(row.size, {}))]
            for row in part.rows
            if row.is_told
        ]
    return lines


def medians(consultation: Consultation) -> dict[str, dict[str, int]]:
    """Initial medians of the working copy, by size: the medians of the answers. One query."""
    parts = tabulate(answers_of(consultation), for_officers=True)
    whole = next((part for part in parts if part.clause is None), None)
    return _medians(whole) if whole else {}


def titles() -> list[str]:
    """The columns of the measures, in the order of MEASURES."""
    return [
        _("Hours of work, once"),
        _("Hours of work, every year"),
        _("Hryvnias, once"),
        _("Hryvnias, every year"),
    ]


def _medians(part: Part) -> dict[str, dict[str, int]]:
    return {
        row.size: {
            name: spread.median or 0 for name, spread in zip(MEASURES, row.spreads, strict=True)
        }
        for row in part.rows
        if row.is_told and row.size in SIZES
    }


def _cells(row: Row, working: Mapping[str, Any]) -> list[str]:
    size = str(Organisation.Size(row.size).label) if row.size != ALL else _("all sizes")
    affected = working.get("affected")
    return [
        size,
        group_thousands(affected) if affected else "–",
        group_thousands(row.organisations or 0),
        *(_range(spread) for spread in row.spreads),
        str(working.get("note", "")),
    ]


def _range(spread: Spread) -> str:
    return f"{_band(spread.range)} ({_band(spread.middle)})"


def _band(band: Band) -> str:
    return f"{group_thousands(band.low)}–{group_thousands(band.high)}"
