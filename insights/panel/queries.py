"""Queries and presenters of panels and their results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from city.models import District
from insights.models import Panel, PanelTally
from insights.panel.results import merge_small
from insights.panel.strata import OTHER
from insights.panel.weights import weigh
from votes.counting import groups

#: Answers that say that somebody trusts.
TRUSTING = frozenset({PanelTally.Value.FULLY, PanelTally.Value.RATHER})


@dataclass(frozen=True, slots=True)
class ResultRow:
    """An answer, or several rare ones merged, and how many people gave it."""

    values: tuple[int, ...]
    words: str
    number: int
    share: float


@dataclass(frozen=True, slots=True)
class ShownStratum:
    """A stratum in words, with the people who could be drawn, its exact share and its seats."""

    label: str
    words: str
    people: int
    share: float
    seats: int


@dataclass(frozen=True, slots=True)
class StratumResult:
    """Numbers of answers and of trust in a stratum, or in several merged ones."""

    labels: tuple[str, ...]
    words: str
    answered: int
    trusting: int
    #: The residents that it stands for, or the people on the list where residents are not known.
    people: int = 0
    #: How much an answer counts in the weighted result; None where there is none.
    weight: float | None = None

    @property
    def trusting_percent(self) -> int:
        return round(100 * self.trusting / self.answered)


@dataclass(frozen=True, slots=True)
class ShownPanel:
    """A panel as pages show it. Results only after its end, and no number below five."""

    panel: Panel
    drawn: int = 0
    answered: int = 0
    rows: tuple[ResultRow, ...] = ()
    strata: tuple[ShownStratum, ...] = field(default=())
    trusting: float | None = None
    by_strata: tuple[StratumResult, ...] = ()
    #: The share that trusts, weighted by strata; None where nothing can be weighted.
    weighted: float | None = None
    #: Whether it is weighted by residents; else by the people on the list.
    is_by_population: bool = False

    @property
    def weighted_percent(self) -> int:
        """Percentage that trusts, weighted by strata."""
        return round(100 * (self.weighted or 0))

    @property
    def question(self) -> str:
        """The question in the language that is active, as far as there is one."""
        english = self.panel.question_en if get_language() == "en" else ""
        return english or self.panel.question

    @property
    def is_answered_by_few(self) -> bool:
        """Whether so few answered that pages do not say how many. Nobody is no person."""
        return 0 < self.answered < groups.FEWEST

    @property
    def response_percent(self) -> int:
        """Percentage of drawn people who answered."""
        return round(100 * self.answered / self.drawn) if self.drawn else 0

    @property
    def trusting_percent(self) -> int:
        """Percentage of answers that trust."""
        return round(100 * (self.trusting or 0))


def show_panels(panels: Iterable[Panel]) -> list[ShownPanel]:
    """Panels (with their strata and tallies prefetched) as pages show them. One query."""
    districts = {each.slug: each.local_name for each in District.objects.all()}
    return [_show(panel, districts) for panel in panels]


def _show(panel: Panel, districts: dict[str, str]) -> ShownPanel:
    strata = panel.strata.all()
    people = sum(stratum.people for stratum in strata)
    seats = min(panel.seats, people)
    shown = tuple(
        ShownStratum(
            stratum.label,
            name_stratum(stratum.label, districts),
            stratum.people,
            seats * stratum.people / people,
            stratum.seats,
        )
        for stratum in strata
    )
    drawn = sum(stratum.seats for stratum in strata)
    if panel.closed_at is None:
        return ShownPanel(panel, drawn, strata=shown)
    tallies: Counter[int] = Counter()
    for tally in panel.tallies.all():
        tallies[tally.value] += tally.number
    answered = sum(tallies.values())
    rows = _rows(tallies, answered)
    trusting = _trusting(rows, answered)
    if trusting is None:
        return ShownPanel(panel, drawn, answered, rows, shown)
    is_by_population = all(stratum.population for stratum in strata)
    parts, weighted = _by_strata(panel, districts, is_by_population=is_by_population)
    return ShownPanel(
        panel, drawn, answered, rows, shown, trusting, parts, weighted, is_by_population
    )


def _by_strata(
    panel: Panel, districts: dict[str, str], *, is_by_population: bool
) -> tuple[tuple[StratumResult, ...], float | None]:
    """Results by strata, and the weighted share that trusts. Empty and None where there is one
    group alone, as in panels of former versions."""
    cells: dict[str, tuple[int, int]] = {}
    for tally in panel.tallies.all():
        trusting, others = cells.get(tally.group, (0, 0))
        if tally.value in TRUSTING:
            cells[tally.group] = (trusting + tally.number, others)
        else:
            cells[tally.group] = (trusting, others + tally.number)
    strata = [stratum for stratum in panel.strata.all() if stratum.seats]
    merged = merge_small(cells)
    within = {
        label: [stratum for stratum in strata if stratum.group in cell.labels]
        for label, cell in merged.items()
    }
    people = {
        label: sum((each.population if is_by_population else each.people) or 0 for each in those)
        for label, those in within.items()
    }
    weighted = weigh(merged, people)
    results = tuple(
        StratumResult(
            tuple(stratum.label for stratum in within[label]),
            name_stratum(label, districts),
            cell.answered,
            cell.trusting,
            people[label],
            weighted.weights[label] if weighted else None,
        )
        for label, cell in merged.items()
    )
    return results, weighted.trusting if weighted else None


def _rows(tallies: dict[int, int], answered: int) -> tuple[ResultRow, ...]:
    """Answers from trust to distrust; rare ones are merged in the last row."""
    together = groups.turnout({str(value): number for value, number in tallies.items()})
    rows = []
    for row in together:
        values = tuple(int(value) for value in row.groups)
        words = " · ".join(str(PanelTally.Value(value).label) for value in values)
        rows.append(ResultRow(values, words, row.size, row.size / answered))
    return tuple(rows)


def _trusting(rows: tuple[ResultRow, ...], answered: int) -> float | None:
    """The share that trusts, of all who answered; None where a row mixes it with others."""
    if not rows or any(
        TRUSTING & set(row.values) and not set(row.values) <= TRUSTING for row in rows
    ):
        return None
    return sum(row.number for row in rows if set(row.values) <= TRUSTING) / answered


def name_stratum(label: str, districts: dict[str, str]) -> str:
    """«Заріччя, 18 years and more» for «zarichchia:18»."""
    if label == OTHER:
        return _("small strata together")
    district, _colon, age = label.partition(":")
    name = districts.get(district, district)
    if age:
        return _("%(district)s, from %(age)s years") % {"district": name, "age": age}
    return name if not _colon else _("%(district)s, age not known") % {"district": name}


def panel_rows(shown: ShownPanel) -> list[dict[str, Any]]:
    """Rows of the CSV: each answer or group of answers."""
    return [
        {
            "panel": shown.panel.name,
            "drawn": shown.drawn,
            "answered": shown.answered,
            "answers": "+".join(str(value) for value in row.values),
            "number": row.number,
        }
        for row in shown.rows
    ]


#: The columns of the CSV by strata.
STRATA_COLUMNS = ("panel", "strata", "answered", "trusting", "people", "weight")


def strata_rows(shown: ShownPanel) -> list[tuple[str, str, int, int, int, str]]:
    """Rows of the CSV by strata: the panel, its strata as the list has them, who answered, who
    trusts, how many people they stand for, how much an answer counts."""
    return [
        (
            shown.panel.name,
            "+".join(part.labels),
            part.answered,
            part.trusting,
            part.people,
            "" if part.weight is None else f"{part.weight:.4f}",
        )
        for part in shown.by_strata
    ]
