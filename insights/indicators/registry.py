"""The register of indicators: the name, unit, period and measure of each.

    register(
        Indicator(
            slug="petitions",
            title=_("Petitions published"),
            …
            measure=count_petitions,
        )
    )

``measure`` gets a closed period and returns what was found in a fixed number of queries, [] where
nothing can be said of it. What it returns is stored once (insights.indicators.measuring).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise

from insights.indicators.models import Breakdown
from insights.indicators.periods import Period, PeriodKind

type Words = str | Promise


@dataclass(frozen=True, slots=True)
class Measured:
    """A measured figure; ``value`` None: hidden, because it is small or would reveal a small
    one."""

    value: Decimal | int | None
    breakdown: Breakdown = Breakdown.TOTAL
    part: str = ""
    note: str = ""


class InYear(StrEnum):
    """Way to combine the figures of a year's periods into one."""

    SUM = "sum"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. ``decimals``: digits after the comma; ``how``: one sentence on how it is
    measured; ``ready_after``: how long after the end of a period it is measured; ``unit``: what
    stands behind its figures, "" for plain numbers; ``measure_change``: how figures brought from
    before differ from measured ones, and why."""

    slug: str
    title: Words
    how: Words
    period: PeriodKind
    measure: Callable[[Period], list[Measured]]
    group: Words
    unit: Words = ""
    decimals: int = 0
    in_year: InYear = InYear.SUM
    ready_after: timedelta = timedelta()
    measure_change: Words = ""


_indicators: dict[str, Indicator] = {}


def register(*given: Indicator) -> None:
    """Add indicators to the register, in this order."""
    for each in given:
        _indicators[each.slug] = each


def indicators() -> Iterable[Indicator]:
    """All of them, in the order of the page."""
    return _indicators.values()


def indicator_of(slug: str) -> Indicator:
    """The indicator with this slug; raises KeyError."""
    return _indicators[slug]


def has_indicator(slug: str) -> bool:
    return slug in _indicators
