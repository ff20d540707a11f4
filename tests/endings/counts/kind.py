"""Figures and lists of the product, and in which states of its row each of them counts it.

A kind has an ordinary row and awkward states of it (void, deleted, hidden, over, twice …). A figure
names by a plain rule the states in which it counts the row: in every other state of the kind it may
not move. The rule stands here in words, and uses no queryset of the product.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction
from django.db.models import QuerySet

ORDINARY = "ordinary"

type Change = Mapping[str, Any] | Callable[[Any, Any], object]
#: «ordinary late», or by each number of the figure; a state that counts twice stands twice.
type Counted = str | Mapping[str, str]


@dataclass(frozen=True)
class Figure:
    """``site``: where the product counts, as tests.endings.counts.sites names it; what follows a
    «·» parts two figures of one place. ``read``: a number, numbers by name, or rows."""

    site: str
    read: Callable[[Any], Any]
    counted: Counted = ""

    @property
    def place(self) -> str:
        return self.site.partition(" · ")[0]


@dataclass(frozen=True)
class Kind:
    """``place``: what the row stands in, made once. ``make``: an ordinary row. ``states``: columns
    that are written over it, whatever leads there, or what is done to it."""

    name: str
    place: Callable[[], Any]
    make: Callable[[Any], models.Model]
    states: Mapping[str, Change]
    figures: tuple[Figure, ...]

    def differing(self) -> list[str]:
        """Each figure that moves otherwise than its rule says, in words. It leaves nothing."""
        found: list[str] = []
        with transaction.atomic():
            at = self.place()
            before = {figure.site: numbers(figure.read(at)) for figure in self.figures}
            for state in (ORDINARY, *self.states):
                with transaction.atomic():
                    row = self.make(at)
                    if state != ORDINARY:
                        bring(row, at, self.states[state])
                    found += self._differing_in(state, at, before)
                    transaction.set_rollback(True)
            transaction.set_rollback(True)
        return found

    def _differing_in(self, state: str, at: Any, before: Mapping[str, Counter[str]]) -> list[str]:
        found = []
        for figure in self.figures:
            is_now = numbers(figure.read(at))
            is_now.subtract(before[figure.site])
            moved = {name: number for name, number in is_now.items() if number}
            expected = _expected(figure.counted, state)
            if moved != expected:
                found.append(f"{self.name}, {state}: {figure.site}: {moved}, not {expected}")
        return found

    def unknown_states(self) -> set[str]:
        """Words of rules that are no state of the kind."""
        known = {ORDINARY, *self.states}
        rules = [figure.counted for figure in self.figures]
        words = [rule if isinstance(rule, str) else " ".join(rule.values()) for rule in rules]
        return {word for each in words for word in each.split()} - known


def numbers(found: Any) -> Counter[str]:
    """What a figure gave, as numbers by name; of rows how many."""
    if isinstance(found, Mapping):
        return Counter({str(name): _number(value) for name, value in found.items()})
    return Counter({"": _number(found)})


def _number(found: Any) -> int:
    if isinstance(found, QuerySet):
        return found.count()
    return len(list(found)) if isinstance(found, Iterable) else int(found or 0)


def _expected(counted: Counted, state: str) -> dict[str, int]:
    rules = {"": counted} if isinstance(counted, str) else counted
    found = {name: rule.split().count(state) for name, rule in rules.items()}
    return {name: number for name, number in found.items() if number}


def bring(row: models.Model, at: Any, change: Change) -> None:
    """Bring the row into a state."""
    if not isinstance(change, Mapping):
        change(row, at)
        return
    write(type(row), row.pk, **change)


def write(model: type[models.Model], pk: Any, **values: Any) -> None:
    """Write values over a row, whatever the triggers say; the constraints hold."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        assert model._base_manager.filter(pk=pk).update(**values)
        cursor.execute("SET LOCAL session_replication_role = origin")
