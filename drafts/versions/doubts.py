"""Doubts about a preview: what its numbers do not explain, for officers to check.

Pure: it is given the clauses of a version in document order. A doubt is not an error: acts with
repealed clauses do skip numbers, and a mentioned annex may be another act's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from drafts.importing.markers import Form, Marker, recognise, roman
from drafts.models import Clause
from drafts.versions.contents_list import find_contents

_ANNEX_OF_THIS = re.compile(
    r"\b[Дд]одат(?:ок|ка|ку|ком|ці|ки|ків)\s(?:№\s?)?(\d{1,3}(?:-\d{1,2})?|[IVXІХ]{1,6})\b"
    r"(?!\sдо\s(?:Закону|закону|рішення|постанови|наказу|Конституції|Кодексу))"
)
_ADDED = re.compile(r"\b[Зз]атверд\w+\b.{1,600}\bщо дода[ює]ться\b|\(дода[ює]ться\)", re.DOTALL)
_LONG_CELL = 400  # characters: a cell of data says less
_MANY_NUMBERED = 3  # cells that begin like clauses
_LISTS = (Form.DOTTED, Form.PAREN, Form.LETTER)
_TITLES = (Form.SECTION, Form.ARTICLE, Form.ANNEX)


class Kind(StrEnum):
    """Kind of doubt."""

    CONTENTS = "contents"
    NOTHING_NUMBERED = "nothing_numbered"
    REPEATED = "repeated"
    MISSING = "missing"
    NO_ANNEX = "no_annex"
    TABLE_OF_TEXT = "table_of_text"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place to look at: the clause, and the number that is repeated, missing or mentioned.

    ``parts``: the clauses that are a list of contents, offered for removal.
    """

    kind: Kind
    clause: Clause | None = None
    number: str = ""
    parts: tuple[Clause, ...] = ()


def find_doubts(clauses: Sequence[Clause]) -> list[Doubt]:
    """Return the doubts of a text, by kind and place."""
    contents = find_contents(clauses)
    doubts = [Doubt(Kind.CONTENTS, contents[0], parts=tuple(contents))] if contents else []
    if not any(clause.number for clause in clauses):
        return [*doubts, Doubt(Kind.NOTHING_NUMBERED), *_tables(clauses)]
    listed = {clause.pk for clause in contents}
    return [*doubts, *_numbers(clauses, listed), *_annexes(clauses), *_tables(clauses)]


def _marker(clause: Clause) -> Marker | None:
    if not clause.marker:
        return None
    return recognise(f"{clause.marker} {clause.text[:80]}") or recognise(f"{clause.marker} А")


def _numbers(clauses: Sequence[Clause], passed_over: set[int]) -> Iterator[Doubt]:
    """Places where a list repeats its numbers, or leaves some out; some clauses are no part."""
    lists: dict[tuple[int | None, Form], list[tuple[Clause, Marker]]] = defaultdict(list)
    last_of_scope: dict[tuple[int | None, Form], Marker] = {}
    scope: int | None = None
    doubts: list[Doubt] = []
    for clause in clauses:
        if clause.kind == Clause.Kind.ANNEX:
            scope = clause.pk
        marker = _marker(clause)
        if marker is None or clause.role == Clause.Role.QUOTED or not marker.value:
            continue
        if clause.pk in passed_over:
            continue
        if marker.form not in (*_LISTS, *_TITLES):
            continue
        items = lists[clause.parent_id, marker.form]
        before = items[-1][1] if items else None
        continued = last_of_scope.get((scope, marker.form))
        if before and not marker.is_after(before):
            if before.value[:-1] == marker.value[:-1]:
                doubts.append(Doubt(Kind.REPEATED, clause, clause.number))
        elif not _is_next(marker, before, continued):
            skipped = not _is_repealed(clauses, items[-1][0] if items else None, clause)
            if skipped and marker.form is not Form.LETTER:
                doubts.append(Doubt(Kind.MISSING, clause, _number_before(marker)))
        items.append((clause, marker))
        last_of_scope[scope, marker.form] = marker
    yield from sorted(doubts, key=lambda doubt: doubt.kind != Kind.REPEATED)


def _is_next(marker: Marker, before: Marker | None, continued: Marker | None) -> bool:
    """Whether the number starts a list, or follows the one before it in the list or the scope."""
    if marker.is_first or marker.value[-1] == 1 or marker.sub:
        return True
    known = [previous for previous in (before, continued) if previous]
    if any(marker.follows(previous) for previous in known):
        return True
    # «2.1.» and «3.1.» side by side, after a heading that is not numbered.
    return before is None and len(marker.value) > 1 and not continued


def _number_before(marker: Marker) -> str:
    return ".".join(map(str, (*marker.value[:-1], marker.value[-1] - 1)))


def _is_repealed(clauses: Sequence[Clause], before: Clause | None, clause: Clause) -> bool:
    """Whether a note in braces stands between: «{Пункт 2 виключено…}»."""
    start = before.position + 1 if before else 0
    return any(each.text.startswith("{") for each in clauses[start : clause.position])


def _annexes(clauses: Sequence[Clause]) -> Iterator[Doubt]:
    """The annexes that the text mentions and does not have."""
    annexes = [clause for clause in clauses if clause.kind == Clause.Kind.ANNEX]
    known = {_plain(clause.number) for clause in annexes}
    asked: set[str] = set()
    for clause in clauses:
        if clause.kind == Clause.Kind.ANNEX or clause.role != Clause.Role.ORDINARY:
            continue
        if not annexes and not asked and _ADDED.search(clause.text):
            asked.add("")
            yield Doubt(Kind.NO_ANNEX, clause)
        for found in _ANNEX_OF_THIS.finditer(clause.text):
            if (number := _plain(found[1])) not in known | asked:
                asked.add(number)
                yield Doubt(Kind.NO_ANNEX, clause, found[1])


def _plain(number: str) -> str:
    """Roman and Arabic numbers of annexes are one and the same to whoever refers to them."""
    return str(roman(number) or number)


def _tables(clauses: Sequence[Clause]) -> Iterator[Doubt]:
    """The tables that seem to hold clauses."""
    for clause in clauses:
        if clause.kind == Clause.Kind.TABLE and _is_of_text(clause.text):
            yield Doubt(Kind.TABLE_OF_TEXT, clause)


def _is_of_text(text: str) -> bool:
    cells = re.split(r"[\t\n]", text)
    markers = [(recognise(cell), len(cell)) for cell in cells]
    if any(length > _LONG_CELL for _, length in markers):
        return True
    if any(marker and marker.form in (Form.ANNEX, Form.APPROVED) for marker, _ in markers):
        return True
    clauses = [marker for marker, length in markers if marker and length > marker.length + 30]
    return sum(marker.form in _LISTS for marker in clauses) >= _MANY_NUMBERED
