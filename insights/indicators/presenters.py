"""Presenters of indicators: figures in words, charts, goals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.models import Appeal
from city.models import AgeGroup
from insights.indicators import missing, queries
from insights.indicators.chart import Chart, chart, widths
from insights.indicators.figures import show_with_unit
from insights.indicators.goals import Progress, progress
from insights.indicators.measure_change import find_measure_change
from insights.indicators.measures.appeals import BUSINESSES, RESIDENTS
from insights.indicators.models import Breakdown, Goal, IndicatorValue, Source
from insights.indicators.periods import PeriodKind
from insights.indicators.registry import Indicator, InYear, indicator_of, indicators

#: So many periods stand in one chart.
MOST_POINTS = 40
_APPLICANTS = {RESIDENTS: gettext_lazy("residents"), BUSINESSES: gettext_lazy("businesses")}
_KINDS = dict(Appeal.Kind.choices)
#: What the parts without a name are called.
_UNNAMED = {
    Breakdown.DISTRICT: gettext_lazy("no district known"),
    Breakdown.AGE: gettext_lazy("age not known"),
    Breakdown.THEME: gettext_lazy("no theme"),
    Breakdown.DEPARTMENT: gettext_lazy("no department"),
}
_COLUMNS = {
    Breakdown.KIND: gettext_lazy("Kind"),
    Breakdown.APPLICANT: gettext_lazy("Applicant"),
    Breakdown.THEME: gettext_lazy("Theme"),
    Breakdown.DISTRICT: gettext_lazy("District"),
    Breakdown.DEPARTMENT: gettext_lazy("Department"),
    Breakdown.AGE: gettext_lazy("Age"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """An indicator on the overview."""

    indicator: Indicator
    newest: IndicatorValue | None
    chart: Chart | None
    progress: Progress | None

    @property
    def words(self) -> str:
        if self.newest is None:
            return ""
        return figure(self.indicator, self.newest)


@dataclass(frozen=True, slots=True)
class Group:
    """Indicators of one subject."""

    title: Any
    cards: list[Card]


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of a period, in the table of an indicator."""

    value: IndicatorValue
    words: str

    @property
    def is_imported(self) -> bool:
        return self.value.source == Source.IMPORTED


@dataclass(frozen=True, slots=True)
class Part:
    """A district, department, … with its figure; ``words`` "" where it is not shown. ``is_ours``:
    its name is ours, in the language of the page; else the council's own."""

    name: str
    is_ours: bool
    words: str
    width: float
    share: missing.Share | None = None


@dataclass(frozen=True, slots=True)
class PartTable:
    """The newest figures of an indicator by one thing."""

    code: str
    title: str
    column: str
    period: str
    parts: list[Part]
    has_hidden: bool
    has_shares: bool


def figure(indicator: Indicator, value: IndicatorValue) -> str:
    return show_with_unit(value.value, indicator.decimals, str(indicator.unit))


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """The newest figure of an indicator, in ``words``, with its period."""

    indicator: Indicator
    newest: IndicatorValue
    words: str


def newest_figures(slugs: Sequence[str]) -> list[ShownFigure]:
    """The newest figures of these indicators in this order, without those that have none yet. One
    query."""
    found = queries.newest_of(slugs)
    return [
        ShownFigure(indicator_of(slug), found[slug], figure(indicator_of(slug), found[slug]))
        for slug in slugs
        if slug in found
    ]


def cards(totals: Mapping[str, list[IndicatorValue]], goals: Mapping[str, Goal]) -> list[Group]:
    """All indicators by their subjects."""
    found = [_card(each, totals.get(each.slug, []), goals.get(each.slug)) for each in indicators()]
    return [
        Group(title, list(group))
        for title, group in groupby(found, key=lambda card: str(card.indicator.group))
    ]


def _card(indicator: Indicator, facts: list[IndicatorValue], goal: Goal | None) -> Card:
    return Card(
        indicator,
        facts[-1] if facts else None,
        chart(facts),
        progress(indicator, goal, facts) if goal else None,
    )


def indicator_context(indicator: Indicator) -> dict[str, Any]:
    """Context of the page of one indicator: at most five queries."""
    totals = queries.totals_of(indicator.slug)
    goals = queries.goals_of(indicator.slug)
    facts = queries.facts_of(totals)
    drawn = facts[-MOST_POINTS:]
    this_year = queries.today().year
    goal = next((each for each in goals if each.year == this_year), goals[0] if goals else None)
    comparable = goal is not None and _is_comparable(indicator)
    return {
        "indicator": indicator,
        "newest": Line(facts[-1], figure(indicator, facts[-1])) if facts else None,
        "lines": [Line(each, figure(indicator, each)) for each in reversed(totals)],
        "chart": chart(drawn, goal.value if goal and comparable else None),
        "first": drawn[0].period if drawn else None,
        "last": drawn[-1].period if drawn else None,
        "goals": [progress(indicator, each, facts) for each in goals],
        "tables": tables(indicator, facts),
        "measure_change": find_measure_change(indicator, facts),
    }


def _is_comparable(indicator: Indicator) -> bool:
    """Whether a goal of a year stands at a height of the chart: of averages and of years."""
    return indicator.in_year is InYear.MEAN or indicator.period == PeriodKind.YEAR


def tables(indicator: Indicator, facts: Sequence[IndicatorValue]) -> list[PartTable]:
    """The newest figures by all that the indicator is split by. Three queries at most."""
    found = queries.parts_of(indicator.slug)
    shares = _shares(indicator, facts, found)
    return [
        _table(indicator, breakdown, found[breakdown], shares.get(breakdown, {}))
        for breakdown in Breakdown
        if breakdown in found
    ]


def _shares(
    indicator: Indicator,
    facts: Sequence[IndicatorValue],
    found: Mapping[Breakdown, list[IndicatorValue]],
) -> dict[Breakdown, dict[str, missing.Share]]:
    """Shares of participants by the names of parts; empty for other indicators."""
    if indicator.slug != "participants" or not found:
        return {}
    known = queries.populations()
    shares = {}
    beside = ((Breakdown.DISTRICT, known.districts), (Breakdown.AGE, known.ages))
    for breakdown, population in beside:
        parts = found.get(breakdown, [])
        total = next(
            (each.value for each in facts if parts and each.period == parts[0].period), None
        )
        rows = missing.shares(total, parts, population)
        shares[breakdown] = {row.part: row for row in rows} if population else {}
    return shares


def _table(
    indicator: Indicator,
    breakdown: Breakdown,
    values: list[IndicatorValue],
    shares: Mapping[str, missing.Share],
) -> PartTable:
    parts = [
        Part(
            *_name(breakdown, each.part),
            figure(indicator, each),
            width,
            shares.get(each.part),
        )
        for each, width in zip(values, widths([each.value for each in values]), strict=True)
    ]
    return PartTable(
        breakdown.value,
        str(breakdown.label),
        str(_COLUMNS[breakdown]),
        values[0].period.words,
        parts,
        any(each.value is None for each in values),
        any(part.share for part in parts),
    )


def _name(breakdown: Breakdown, part: str) -> tuple[str, bool]:
    """Name of a part, and whether the words are ours."""
    if not part:
        return str(_UNNAMED.get(breakdown, _("not known"))), True
    match breakdown:
        case Breakdown.KIND:
            return str(_KINDS.get(part, part)), True
        case Breakdown.APPLICANT:
            return str(_APPLICANTS.get(part, part)), True
        case Breakdown.AGE:
            return str(AgeGroup(since=int(part)).words), True
    return part, False
