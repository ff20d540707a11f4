"""Counts of a bundle's things that hold, and that are not provable, as the verifier counts them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

#: Groups of words that are never public: a digest in place of them is no lack.
PRIVATE = frozenset({"account", "contact", "declared", "ground", "public_reason"})
type Key = tuple[str, int]


@dataclass(slots=True)
class _State:
    is_begun: bool = True
    is_gone: bool = False
    texts: frozenset[str] = frozenset()
    lost: set[str] = field(default_factory=set)


class Tally:
    """Goes through all rows of record, then through the things that a bundle holds."""

    def __init__(self, begun: Collection[int]) -> None:
        """``begun``: the entries under which things older than the record were written."""
        self._begun = begun
        self._states: dict[Key, _State] = {}
        self._counts: dict[str, list[int]] = {}

    def add_row(self, entry: int, said: Mapping[str, Any]) -> None:
        """A row of record, in their order; ``said``: its line."""
        state = self._states.setdefault((said["kind"], said["number"]), _State())
        state.is_begun = state.is_begun and entry in self._begun
        state.is_gone = "gone" in said
        if not state.is_gone:
            texts = frozenset(said["texts"])
            state.lost |= state.texts - texts
            state.lost -= texts
            state.texts = texts

    def add_thing(self, kind: str, number: int, closed: Collection[str]) -> None:
        """A thing of the bundle; ``closed``: its texts of which it holds the digest alone."""
        state = self._states.get((kind, number), _State())
        is_whole = not state.is_begun and not state.lost and not {*closed} - PRIVATE
        self._count(kind, is_whole=is_whole)

    def counts(self) -> dict[str, list[int]]:
        """Kind -> how many hold, and how many are not provable."""
        for (kind, _number), state in self._states.items():
            if state.is_gone:
                self._count(kind, is_whole=False)
        self._states.clear()
        return dict(sorted(self._counts.items()))

    def _count(self, kind: str, *, is_whole: bool) -> None:
        self._counts.setdefault(kind, [0, 0])[0 if is_whole else 1] += 1
