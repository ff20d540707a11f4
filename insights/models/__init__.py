"""Visits, indicators and panels."""

from insights.indicators.models import (
    Breakdown,
    Goal,
    IndicatorValue,
    Kind,
    Source,
    YearReport,
)
from insights.indicators.periods import PeriodKind

__all__ = [
    "Breakdown",
    "Goal",
    "IndicatorValue",
    "Kind",
    "PeriodKind",
    "Source",
    "YearReport",
]
