"""Visitors of the portal: of a month, and the monthly average of a year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.domain.typography import group_thousands
from insights.indicators.models import IndicatorValue, Kind
from insights.indicators.periods import Period, PeriodKind
from insights.indicators.registry import Indicator, InYear, Measured

_MODULE = "insights.visits"
#: What the figures are given in, and how many digits behind the comma its average has.
_THOUSAND = Decimal(1000)
_GROUP = _("Visits")


def count_visitors(period: Period) -> list[Measured]:
    """Distinct visitors of a month, as the count of visits has them."""
    found = _month_visitors(period.first)
    if found is None:
        return []
    note = gettext("counted apart on each machine") if found.per_machine else ""
    return [Measured(found.count, note=note)]


def _month_visitors(first: date) -> Any:
    """``insights.visits.queries.month_visitors``; None where visits are not counted."""
    if find_spec(_MODULE) is None:
        return None
    return import_module(f"{_MODULE}.queries").month_visitors(first.year, first.month)


def average_visitors(period: Period) -> list[Measured]:
    """The average of the stored months of a year, in thousands with one digit after the comma."""
    months = [
        value
        for value in IndicatorValue.objects.filter(
            indicator="visitors",
            period_kind=PeriodKind.MONTH,
            kind=Kind.FACT,
            breakdown="",
            period_start__gte=period.first,
            period_start__lt=period.end,
            value__isnull=False,
        ).values_list("value", flat=True)
        if value is not None
    ]
    if not months:
        return []
    average = (sum(months, Decimal()) / len(months) / _THOUSAND).quantize(Decimal("0.1"))
    note = ""
    if len(months) < 12:
        note = gettext("average of %(months)s months") % {"months": group_thousands(len(months))}
    return [Measured(average, note=note)]


INDICATORS = (
    Indicator(
        slug="visitors",
        title=_("Visitors in a month"),
        how=_(
            "Distinct pairs of address and browser in a month, counted without cookies and without "
            "keeping addresses; people behind one address with the same browser count as one."
        ),
        period=PeriodKind.MONTH,
        measure=count_visitors,
        group=_GROUP,
        in_year=InYear.MEAN,
    ),
    Indicator(
        slug="average-visitors",
        title=_("Average monthly visitors of the portal"),
        how=_("The average of the months of the year whose visitors were counted."),
        period=PeriodKind.YEAR,
        measure=average_visitors,
        group=_GROUP,
        unit=pgettext_lazy("unit of an indicator", "thousand users"),
        decimals=1,
        in_year=InYear.MEAN,
        measure_change=_(
            "Visitors are distinct pairs of address and browser in a month, counted by this portal "
            "without cookies. Earlier figures are those that the programme gives of the former "
            "portal, without saying how they were counted. The measure was changed so that nobody "
            "records who reads what; the two are not to be compared directly."
        ),
    ),
)
