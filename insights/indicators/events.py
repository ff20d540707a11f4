"""Events of indicators."""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class IndicatorEvent(Event):
    """Base of events of indicators; ``by_id`` None: the server's command line."""

    audited: ClassVar[bool] = True
    by_id: int | None


class GoalSet(IndicatorEvent):
    """The goal of an indicator in a year was set or changed."""

    goal_id: int


class GoalRemoved(IndicatorEvent):
    """The goal of an indicator in a year was removed."""

    goal_id: int


class IndicatorsImported(IndicatorEvent):
    """Figures were imported."""


class YearReportSaved(IndicatorEvent):
    """The working copy of a yearly report was changed."""

    report_id: int


class YearReportPublished(IndicatorEvent):
    """An edition of a yearly report was published."""

    report_id: int
