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

from drafts.importing.contents import find_contents
from drafts.importing.counted import read_kept
from drafts.importing.layout import number_alone
from drafts.importing.markers import ALPHABET, LATIN, LISTS, Form, Marker, recognise, roman
from drafts.importing.numbering import figure
from drafts.models import Clause

_ANNEX_OF_THIS = re.compile(
    r"\b[Дд]одат(?:ок|ка|ку|ком|ці|ки|ків)\s(?:№\s?)?(\d{1,3}(?:-\d{1,2})?|[IVXІХ]{1,6})\b"
    r"(?!\sдо\s(?:Закону|закону|рішення|постанови|наказу|Конституції|Кодексу))"
)
_ADDED = re.compile(r"\b[Зз]атверд\w+\b.{1,600}\bщо дода[ює]ться\b|\(дода[ює]ться\)", re.DOTALL)
_LONG_CELL = 400  # characters: a cell of data says less
_LONG_CLAUSE = 60  # characters beside a number
_MANY_NUMBERED = 3  # cells that begin like clauses
_OFTEN_LEFT_OUT = set("ґєиіїйщь")  # of letters that number a list
_TITLES = (Form.SECTION, Form.ARTICLE, Form.ANNEX)
_TITLE_KINDS = (Clause.Kind.SECTION, Clause.Kind.CHAPTER)


class Kind(StrEnum):
    """Kind of doubt."""

    FROM_PDF = "from_pdf"
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


def find_doubts(
    clauses: Sequence[Clause], *, keeps_contents: bool = False, is_from_pdf: bool = False
) -> list[Doubt]:
    """Return the doubts of a text, by kind and place; what was read from a PDF always has one.

    ``keeps_contents``: an officer put its list of contents back. An import sets one aside, so that
    only a preview of an earlier release, or a file of ours, still holds one.
    """
    lines = [clause.printed for clause in clauses]
    contents = [] if keeps_contents else [clauses[at] for at in find_contents(lines)]
    doubts = [Doubt(Kind.FROM_PDF)] if is_from_pdf else []
    if contents:
        doubts.append(Doubt(Kind.CONTENTS, contents[0], parts=tuple(contents)))
    if not any(clause.number for clause in clauses):
        return [*doubts, Doubt(Kind.NOTHING_NUMBERED), *_tables(clauses)]
    listed = {clause.pk for clause in contents}
    return [*doubts, *_numbers(clauses, listed), *_annexes(clauses), *_tables(clauses)]


def _numbers(clauses: Sequence[Clause], passed_over: set[int]) -> Iterator[Doubt]:
    """Places where a list repeats its numbers, or leaves some out; some clauses are no part."""
    lists: dict[tuple[int | None, str], list[tuple[Clause, Marker]]] = defaultdict(list)
    last_of_scope: dict[tuple[int | None, str], Marker] = {}
    last_of_parent: dict[int | None, Marker] = {}
    seen: set[tuple[int | None, tuple[int, ...]]] = set()
    scope: int | None = None
    doubts: list[Doubt] = []
    for clause in clauses:
        if clause.kind == Clause.Kind.ANNEX:
            scope = clause.pk
        marker = read_kept(
            clause.marker,
            clause.kind,
            latin=clause.number.isascii(),
            text=clause.text,
            before=last_of_parent.get(clause.parent_id),
        )
        if marker is None or clause.role == Clause.Role.QUOTED or not marker.value:
            continue
        if clause.pk in passed_over:
            continue
        if marker.form not in (*LISTS, *_TITLES):
            continue
        last_of_parent[clause.parent_id] = marker
        # «7. Порядок» among «6. ПРАВА» and «8. ОБОВ’ЯЗКИ» is a section, as they are.
        form = clause.kind if clause.kind in _TITLE_KINDS else f"{marker.form} {_script(marker)}"
        items = lists[clause.parent_id, form]
        before = items[-1][1] if items else None
        continued = last_of_scope.get((scope, form))
        beside = before and before.value[:-1] == marker.value[:-1]
        if before and beside and not marker.is_after(before):
            doubts.append(Doubt(Kind.REPEATED, clause, clause.number))
        elif not _is_next(marker, before, continued):
            skipped = not _is_repealed(clauses, items[-1][0] if items else None, clause)
            before_it = (*marker.value[:-1], marker.value[-1] - 1)
            elsewhere = len(before_it) > 1 and (scope, before_it) in seen
            if skipped and not elsewhere:
                doubts.append(Doubt(Kind.MISSING, clause, _number_before(marker)))
        if beside or not before or marker.is_after(before):  # a slip is not what others follow
            items.append((clause, marker))
        last_of_scope[scope, form] = marker
        seen.add((scope, marker.value))
    yield from sorted(doubts, key=lambda doubt: doubt.kind != Kind.REPEATED)


def _is_next(marker: Marker, before: Marker | None, continued: Marker | None) -> bool:
    """Whether the number starts a list, or follows the one before it in the list or the scope."""
    if marker.is_first or marker.value[-1] == 1 or marker.sub:
        return True
    known = [previous for previous in (before, continued) if previous]
    if any(marker.follows(previous) or _passes_over(marker, previous) for previous in known):
        return True
    # «2.1.» and «3.1.» side by side, after a heading that is not numbered.
    return before is None and len(marker.value) > 1 and not continued


def _passes_over(marker: Marker, previous: Marker) -> bool:
    """Whether only letters that lists leave out stand between: «г)» goes before «д)»."""
    lettered = marker.form in (Form.LETTER, Form.CAPITAL)
    if not lettered or marker.number.isascii() or previous.number.isascii():
        return False
    between = ALPHABET[previous.value[0] : marker.value[0] - 1]
    return bool(between) and set(between) <= _OFTEN_LEFT_OUT


def _script(marker: Marker) -> str:
    return "Latin" if marker.number.isascii() else ""


def _number_before(marker: Marker) -> str:
    if marker.form in (Form.LETTER, Form.CAPITAL):
        alphabet = LATIN if marker.number.isascii() else ALPHABET
        letter = alphabet[(marker.value[0] - 2) % len(alphabet)]
        return letter.upper() if marker.form is Form.CAPITAL else letter
    if marker.form is Form.ROMAN:
        numeral = figure(marker.value[0] - 1, "lowerRoman")
        return numeral.upper() if marker.number.isupper() else numeral
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
    if _is_numbered(text):
        return True
    cells = re.split(r"[\t\n]", text)
    markers = [(recognise(cell), len(cell)) for cell in cells]
    if any(length > _LONG_CELL for _, length in markers):
        return True
    if any(marker and marker.form in (Form.ANNEX, Form.APPROVED) for marker, _ in markers):
        return True
    clauses = [marker for marker, length in markers if marker and length > marker.length + 30]
    return sum(marker.form in LISTS for marker in clauses) >= _MANY_NUMBERED


def _is_numbered(text: str) -> bool:
    """Whether rows of two columns are numbers and long words: «1» and a clause."""
    rows = [row.split("\t") for row in text.split("\n") if row.count("\t") == 1]
    numbered = [
        words
        for number, words in rows
        if (number.isdecimal() or number_alone(number)) and len(words) > _LONG_CLAUSE
    ]
    return len(numbered) > 1 and 2 * len(numbered) > len(rows)
