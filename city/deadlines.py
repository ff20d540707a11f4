"""Deadlines that the periods of martial law move: what they were, and what they are now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class MovedDeadlines:
    """Something with deadlines that another calendar moves.

    ``days``: by the deadline's column, the day before and the day after; ``labels`` say what each
    one is of. ``is_numerous``: one of very many, of which others come while somebody looks at them.
    """

    table: str
    pk: int
    title: str
    days: Mapping[str, tuple[date, date]]
    labels: Mapping[str, str | Promise]
    is_numerous: bool = False

    def mark(self) -> str:
        """By what a form tells that it was shown: a digest of the row with its days; of what is
        numerous, of the days alone, which those that come meanwhile share."""
        told = repr((self.table, 0 if self.is_numerous else self.pk, sorted(self.days.items())))
        return blake2b(told.encode(), digest_size=6).hexdigest()

    def lines(self) -> list[tuple[str | Promise, date, date]]:
        """Each deadline with the day before and the day after."""
        return [(self.labels[name], *pair) for name, pair in self.days.items()]
