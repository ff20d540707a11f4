"""Indicators of participation: what was measured, expected or forecast, period by period."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from insights.indicators.measure_change import MeasureChange, find_measure_change
from insights.indicators.measuring import TOPIC
from insights.indicators.models import IndicatorValue, Kind
from insights.indicators.queries import values
from insights.indicators.registry import indicators
from portal.opendata.datasets import Dataset, Row, chunks_of, columns_of


def _values() -> Iterator[Row]:
    changes = _measure_changes()
    for chunk in chunks_of(values()):
        for one in chunk:
            change = changes.get(one.indicator)
            yield (
                *(one.indicator, one.period_kind, one.period_start, one.kind),
                *(one.breakdown, one.part, to_number(one.value), one.source, one.note),
                change.words if change and change.is_told_at(one.period_start) else "",
            )


def _measure_changes() -> dict[str, MeasureChange]:
    """The changes of measures by the codes of their indicators. One query."""
    totals: dict[str, list[IndicatorValue]] = {}
    for one in values().filter(breakdown="", kind=Kind.FACT):
        totals.setdefault(one.indicator, []).append(one)
    found = {
        each.slug: find_measure_change(each, totals.get(each.slug, ())) for each in indicators()
    }
    return {slug: change for slug, change in found.items() if change}


def to_number(value: Decimal | None) -> int | float | None:
    """A figure as JSON writes a number: whole where it is, without zeros at its end."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


INDICATORS = Dataset(
    slug="indicators",
    version=2,
    title=_("Indicators of participation"),
    words=_(
        "Values of each indicator by period: measured here, or entered from the programme with its "
        "source. A value that would tell of fewer than five people is not given."
    ),
    keywords=(_("indicators"), _("participation")),
    columns=columns_of(
        {
            "indicator": ("text!", _("Code of the indicator")),
            "period": ("text!", _("Length of the period")),
            "period_start": ("day!", _("First day of the period")),
            "kind": ("text!", _("Whether it is a fact, an expectation or a forecast")),
            "breakdown": ("text", _("By what it is divided; empty: the total")),
            "part": ("text", _("Which part it is of")),
            "value": ("number", _("Value")),
            "source": ("text!", _("Where it comes from")),
            "note": ("text", _("Note")),
            "measure_change": ("text", _("From when on the measure is another, and why")),
        }
    ),
    rows=_values,
    topics=(TOPIC,),
    span=values,
    first="stored_at",
    last=("stored_at",),
)
