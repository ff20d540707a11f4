"""A text's table of contents, and its parts that a page may fold: its preamble and annexes.

Derived from the clauses of a published version, so each is made once a process and version.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from uuid import UUID

from drafts.models import Clause
from drafts.versions.published import text_of

#: With more entries than this a table of contents keeps only what has clauses of its own.
MOST_ENTRIES = 40
_OVER_CLAUSES = (Clause.Kind.SECTION, Clause.Kind.CHAPTER, Clause.Kind.ANNEX)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents.

    ``words``: how its clause begins, whole; ``level``: 0, or 1 within an annex, section or chapter;
    ``keys``: of all clauses from it to the next entry, for counting their remarks.
    """

    key: UUID
    label: str
    words: str
    level: int
    keys: tuple[UUID, ...]


class PartKind(StrEnum):
    PREAMBLE = "preamble"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text: positions ``start`` up to, not including, ``end`` of its clauses.

    ``label`` and ``title`` name it: «Додаток 1», «ПОРЯДОК роботи маршрутів».
    """

    kind: PartKind
    start: int
    end: int
    label: str
    title: str


@lru_cache(maxsize=128)
def contents_of(version_id: int) -> tuple[Entry, ...]:
    """The table of contents of a published version; () where it has one entry or none."""
    clauses = text_of(version_id).clauses
    found = [at for at in range(len(clauses)) if _is_entry(clauses, at)]
    if len(found) > MOST_ENTRIES:
        found = [at for at in found if clauses[at].is_container or _has_children(clauses, at)]
    if len(found) > MOST_ENTRIES:
        found = [at for at in found if clauses[at].kind in _OVER_CLAUSES] or found
    if len(found) < 2:
        return ()
    return tuple(_entry(clauses, at, end) for at, end in pairwise([*found, len(clauses)]))


@lru_cache(maxsize=128)
def parts_of(version_id: int) -> tuple[Part, ...]:
    """The preamble and the annexes of a published version, in its order."""
    clauses = text_of(version_id).clauses
    annexes = [at for at, clause in enumerate(clauses) if _is_annex(clause)]
    found = [
        Part(PartKind.ANNEX, at, end, clauses[at].marker or clauses[at].label, _title(clauses, at))
        for at, end in pairwise([*annexes, len(clauses)])
    ]
    end = _end_of_preamble(clauses)
    if end:
        words = next((c.text for c in reversed(clauses[:end]) if not c.text.isupper()), "")
        found.insert(0, Part(PartKind.PREAMBLE, 0, end, "", words))
    return tuple(found)


def _is_annex(clause: Clause) -> bool:
    return clause.kind == Clause.Kind.ANNEX and clause.depth == 0


def _end_of_preamble(clauses: Sequence[Clause]) -> int:
    """Behind the last preamble before the first clause; 0 where there is nothing else."""
    end = 0
    for at, clause in enumerate(clauses):
        if clause.kind == Clause.Kind.PREAMBLE:
            end = at + 1
        elif clause.kind != Clause.Kind.HEADING:
            return end
    return 0


def _is_entry(clauses: Sequence[Clause], at: int) -> bool:
    clause = clauses[at]
    if clause.role != Clause.Role.ORDINARY or not (clause.marker or clause.is_container):
        return False
    if clause.is_container:
        return at >= _end_of_preamble(clauses)
    within = _level(clauses, at)
    return clause.kind == Clause.Kind.CLAUSE and (
        clause.depth == 0 or (clause.depth == within == 1 and _has_children(clauses, at))
    )


def _level(clauses: Sequence[Clause], at: int) -> int:
    """1 within an annex, section or chapter, else 0."""
    depth = clauses[at].depth
    while depth and at:
        at -= 1
        if clauses[at].depth < depth:
            depth = clauses[at].depth
            if clauses[at].kind in _OVER_CLAUSES:
                return 1
    return 0


def _has_children(clauses: Sequence[Clause], at: int) -> bool:
    return at + 1 < len(clauses) and clauses[at + 1].depth > clauses[at].depth


def _title(clauses: Sequence[Clause], at: int) -> str:
    """Title of an annex: its clause of that role, else its own first words."""
    following = clauses[at + 1 : at + 4]
    titles = (clause.text for clause in following if clause.role == Clause.Role.TITLE)
    return " ".join(next(titles, clauses[at].text).split())


def _entry(clauses: Sequence[Clause], at: int, end: int) -> Entry:
    clause = clauses[at]
    is_annex = _is_annex(clause)
    return Entry(
        key=clause.key,
        label=clause.marker or ("" if clause.kind == Clause.Kind.HEADING else clause.label),
        words=_title(clauses, at) if is_annex else " ".join(clause.text.split()),
        level=_level(clauses, at),
        keys=tuple(each.key for each in clauses[at:end]),
    )
