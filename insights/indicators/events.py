"""Events of indicators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.domain.events import Event


@dataclass(frozen=True, slots=True)
class IndicatorEvent(Event):
    """Base of events of indicators; ``by_id`` None: the server's command line."""

    audited: ClassVar[bool] = True
    by_id: int | None


@dataclass(frozen=True, slots=True)
class GoalSet(IndicatorEvent):
    """The goal of an indicator in a year was set or changed."""

    goal_id: int


@dataclass(frozen=True, slots=True)
class GoalRemoved(IndicatorEvent):
    """The goal of an indicator in a year was removed."""

    goal_id: int


@dataclass(frozen=True, slots=True)
class IndicatorsImported(IndicatorEvent):
    """Figures were imported."""


@dataclass(frozen=True, slots=True)
class YearReportSaved(IndicatorEvent):
    """The working copy of a yearly report was changed."""

    report_id: int


@dataclass(frozen=True, slots=True)
class YearReportPublished(IndicatorEvent):
    """An edition of a yearly report was published."""

    report_id: int
