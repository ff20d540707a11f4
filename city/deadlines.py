"""Deadlines that the periods of martial law move: what they were, and what they are now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class MovedDeadlines:
    """Something with deadlines that another calendar moves.

    ``days``: by the deadline's column, the day before and the day after; ``labels`` say what each
    one is of.
    """

    table: str
    pk: int
    title: str
    days: Mapping[str, tuple[date, date]]
    labels: Mapping[str, str | Promise]

    def lines(self) -> list[tuple[str | Promise, date, date]]:
        """Each deadline with the day before and the day after."""
        return [(self.labels[name], *pair) for name, pair in self.days.items()]
