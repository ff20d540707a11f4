"""Whether an indicator is on track for its goal of the year. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from insights.indicators.figures import show, show_with_unit
from insights.indicators.models import Goal, IndicatorValue
from insights.indicators.periods import PeriodKind
from insights.indicators.registry import Indicator, InYear

_PERIODS = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4, PeriodKind.YEAR: 1}


@dataclass(frozen=True, slots=True)
class Progress:
    """A goal, and the progress of its indicator: ``is_on_track`` None where nothing is known
    yet."""

    year: int
    #: «щонайменше 80 %».
    goal: str
    #: «78 %»: of the periods so far.
    so_far: str
    is_on_track: bool | None
    is_over: bool

    @property
    def kind(self) -> str:
        """The kind of its status tag (components.status_tag)."""
        if self.is_on_track is None:
            return "waiting"
        return "done" if self.is_on_track else "stop"

    @property
    def words(self) -> str:
        """Words of the status tag."""
        if self.is_on_track is None:
            return _("not known yet")
        if self.is_over:
            return _("goal reached") if self.is_on_track else _("goal missed")
        return _("on track") if self.is_on_track else _("off track")


def progress(indicator: Indicator, goal: Goal, facts: Sequence[IndicatorValue]) -> Progress:
    """The progress of an indicator towards a goal, from its known totals.

    What adds up over the year is compared with the part of the goal that belongs to the periods
    measured so far; an average, with the goal itself.
    """
    found = [
        value
        for each in facts
        if each.period_start.year == goal.year
        and each.period_kind == indicator.period
        and (value := each.value) is not None
    ]
    words = goal_in_words(indicator, goal)
    periods = _PERIODS[indicator.period]
    if not found:
        return Progress(goal.year, words, "", None, False)
    so_far = sum(found, Decimal())
    needed = goal.value * len(found) / periods
    if indicator.in_year is InYear.MEAN:
        so_far, needed = so_far / len(found), goal.value
    at_least = goal.direction == Goal.Direction.AT_LEAST
    return Progress(
        goal.year,
        words,
        show_with_unit(so_far, indicator.decimals, str(indicator.unit)),
        so_far >= needed if at_least else so_far <= needed,
        len(found) == periods,
    )


def goal_in_words(indicator: Indicator, goal: Goal) -> str:
    """«щонайменше 80 %», with as many digits as the goal has."""
    decimals = indicator.decimals if goal.value == goal.value.to_integral_value() else 1
    figure = show(goal.value, decimals)
    facts = {"figure": f"{figure} {indicator.unit}".strip()}
    if goal.direction == Goal.Direction.AT_LEAST:
        return _("at least %(figure)s") % facts
    return _("at most %(figure)s") % facts
