"""Events of indicators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.domain.events import Event


@dataclass(frozen=True, slots=True)
class IndicatorEvent(Event):
    """Somebody of the council did something; ``by_id`` None: the server's command line."""

    audited: ClassVar[bool] = True
    by_id: int | None


@dataclass(frozen=True, slots=True)
class GoalSet(IndicatorEvent):
    """The goal of an indicator in a year is set, or another one."""

    goal_id: int


@dataclass(frozen=True, slots=True)
class GoalRemoved(IndicatorEvent):
    """An indicator has no goal in a year any more."""

    goal_id: int


@dataclass(frozen=True, slots=True)
class IndicatorsImported(IndicatorEvent):
    """Figures were brought from elsewhere."""


@dataclass(frozen=True, slots=True)
class YearReportSaved(IndicatorEvent):
    """The working copy of a yearly report was changed."""

    report_id: int


@dataclass(frozen=True, slots=True)
class YearReportPublished(IndicatorEvent):
    """An edition of a yearly report was published."""

    report_id: int
