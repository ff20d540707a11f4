"""Under-represented groups: the share of a district or an age among those who took part, beside its
share of the population. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from insights.indicators.figures import show
from insights.indicators.models import IndicatorValue

#: A share of at most so much of that of the population is called missing; so much more, many.
_FEW, _MANY = Decimal("0.8"), Decimal("1.25")


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the city: in per cent of those who took part, and of the population."""

    part: str
    taking_part: Decimal | None
    population: Decimal | None

    @property
    def kind(self) -> str:
        """The kind of its status tag; "" where nothing can be said."""
        if self.taking_part is None or not self.population:
            return ""
        ratio = self.taking_part / self.population
        return "stop" if ratio <= _FEW else "partly" if ratio >= _MANY else "done"

    @property
    def words(self) -> str:
        match self.kind:
            case "stop":
                return _("fewer than in the population")
            case "partly":
                return _("more than in the population")
            case "done":
                return _("about as in the population")
        return ""

    @property
    def taking_part_words(self) -> str:
        return f"{show(self.taking_part, 1)} %" if self.taking_part is not None else ""

    @property
    def population_words(self) -> str:
        return f"{show(self.population, 1)} %" if self.population is not None else ""


def shares(
    total: Decimal | None, parts: Sequence[IndicatorValue], population: Mapping[str, int]
) -> list[Share]:
    """A row for each part; those whose number is not shown have no share of their own."""
    people = sum(population.values())
    return [
        Share(
            each.part,
            _percent(each.value, total),
            _percent(Decimal(population.get(each.part, 0)) or None, Decimal(people)),
        )
        for each in parts
        if each.part
    ]


def _percent(value: Decimal | None, of: Decimal | None) -> Decimal | None:
    return None if value is None or not of else 100 * value / of
