"""Presence and votes from the file of a council's voting system: read, matched with members. Pure.

Such systems write a table with a name and a word in each row: «За», «Проти», «Утримався», «Не
голосував», «Відсутній».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from core.export.spreadsheets import rows_of
from meetings.models import Vote
from meetings.presence.grid import Cell

_Choice = Vote.Choice
#: Rows that are read: more than any council has members.
MOST_ROWS = 300
#: Present, without a word on a vote.
PRESENT = "present"
#: What a word begins with -> what it says.
_WORDS: Sequence[tuple[str, str]] = (
    ("yes", _Choice.FOR),
    ("прот", _Choice.AGAINST),
    ("against", _Choice.AGAINST),
    ("утр", _Choice.ABSTAINED),
    ("abst", _Choice.ABSTAINED),
    ("не гол", _Choice.NOT_VOTING),
    ("не брав", _Choice.NOT_VOTING),
    ("не брала", _Choice.NOT_VOTING),
    ("not vot", _Choice.NOT_VOTING),
    ("відс", _Choice.ABSENT),
    ("absent", _Choice.ABSENT),
    ("прис", PRESENT),
    ("зареє", PRESENT),
    ("present", PRESENT),
)
_NAMES = ("піб", "п.і.б", "прізвищ", "депутат", "учасник", "name")
_VOTES = ("голос", "результат", "вибір", "vote", "присутн", "реєстрац")
_APOSTROPHES = re.compile("['’ʼ`\"«»]")
_NOT_NAMES = re.compile(r"[^\w\s.-]")


class _EveryHead(Mapping[str, str]):
    """Each head is the name of its column."""

    def __getitem__(self, head: str) -> str:
        return head

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@dataclass(frozen=True, slots=True)
class Table:
    """The heads of a file's columns, in lower case, and its rows."""

    heads: list[str]
    rows: list[dict[str, str]]

    def guess(self) -> tuple[str, str]:
        """The columns that seem to hold names and votes; "" where none does."""
        names = _first(self.heads, _NAMES)
        return names, _first([head for head in self.heads if head != names], _VOTES)


def read_table(content: bytes) -> Table:
    """The table of a file (.csv, .xlsx, .ods), whose first line names the columns. Raises
    NotATable."""
    rows = [row for _number, row in rows_of(content, _EveryHead(), needed={}, most=MOST_ROWS)]
    return Table(list(rows[0]) if rows else [], rows)


def _first(heads: Iterable[str], parts: Sequence[str]) -> str:
    return next((head for head in heads if any(part in head for part in parts)), "")


def said_by(word: str) -> str:
    """Meaning of a cell: a choice, PRESENT, or "" when it is not understood."""
    word = " ".join(word.lower().split())
    if word in ("за", "for", "+"):
        return _Choice.FOR
    if word == "-":
        return _Choice.AGAINST
    found = (said for begins, said in _WORDS if word.startswith(begins))
    return next(found, "")


@dataclass(slots=True)
class Matched:
    """A file's rows matched to the members of a meeting, and its rows that fit nobody."""

    #: Member -> what the file says of them.
    said: list[tuple[Cell, str]] = field(default_factory=list)
    #: Names in the file that are of no member, or of several.
    strangers: list[str] = field(default_factory=list)
    #: Rows whose word is not understood: the name and the word.
    unclear: list[tuple[str, str]] = field(default_factory=list)
    #: Members that the file does not name.
    missing: list[Cell] = field(default_factory=list)

    @property
    def came(self) -> set[int]:
        return {cell.pk for cell, said in self.said if said != _Choice.ABSENT}

    @property
    def left(self) -> set[int]:
        return {cell.pk for cell, said in self.said if said == _Choice.ABSENT}

    @property
    def votes(self) -> dict[int, str]:
        """Votes of those who take part in the open roll-call."""
        entered = set(Vote.ENTERED)
        return {cell.pk: said for cell, said in self.said if cell.votes and said in entered}


def match(
    table: Table, cells: Sequence[Cell], full_names: Mapping[int, str], *, names: str, votes: str
) -> Matched:
    """The rows beside the members, by the whole name, else by surname and initials where one member
    alone has them.

    ``full_names``: of the members, by their ids. ``votes``: "" for no such column: who stands in
    the file is present then.
    """
    found = Matched()
    by_key = _keys(cells, full_names)
    seen: set[int] = set()
    for row in table.rows:
        name = row.get(names, "")
        if not name:
            continue
        cell = next((by_key[key] for key in (_whole(name), _short(name)) if key in by_key), None)
        if cell is None or cell.pk in seen:
            found.strangers.append(name)
            continue
        said = said_by(row.get(votes, "")) if votes else PRESENT
        seen.add(cell.pk)
        if said:
            found.said.append((cell, said))
        else:
            found.unclear.append((name, row.get(votes, "")))
    found.missing = [cell for cell in cells if cell.pk not in seen]
    return found


def _keys(cells: Sequence[Cell], full_names: Mapping[int, str]) -> dict[str, Cell]:
    """Names -> the member; names of several members are left out."""
    found: dict[str, list[Cell]] = {}
    for cell in cells:
        for key in {_whole(full_names[cell.pk]), _short(full_names[cell.pk])}:
            found.setdefault(key, []).append(cell)
    return {key: of[0] for key, of in found.items() if len(of) == 1}


def _whole(name: str) -> str:
    name = _APOSTROPHES.sub("", name.lower().replace("ё", "е"))
    return " ".join(_NOT_NAMES.sub(" ", name).split())


def _short(name: str) -> str:
    """«бондар о і» of «Бондар Олег Іванович», «Бондар О.І.» and «Бондар О. І.»."""
    words = _whole(name).replace(".", " ").split()
    return " ".join([*words[:1], *(word[0] for word in words[1:3])])
