"""Parser of a list of people as an office has it: a file from a spreadsheet, or pasted lines.

    read_list(b"\\xef\\xbb\\xbf\\xd0\\x9e\\xd0\\xbb\\xd0\\xb5\\xd0\\xbd\\xd0\\xb0;olena@viche.example")

A line is «name; e-mail», the e-mail may be empty. Whatever spreadsheets write is understood: UTF-8
with or without its mark, UTF-16, Windows' Cyrillic; semicolons, tabs or commas; quotes; a line of
headings; the apostrophe before what looks like a formula. Nothing is guessed beyond that: each line
that is not understood is given back with its number and the reason. Pure.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.domain.email_addresses import UNDELIVERABLE, to_comparable, to_delivered
from core.domain.rules import reject
from core.export.csv import plain

#: Of one file or paste, and of the list of one poll.
MAX_BYTES = 1_000_000
MOST_LINES = 10_000
MOST_PEOPLE = 50_000
LONGEST_NAME = 200
_HEADINGS = {"e-mail", "email", "mail", "пошта", "електронна пошта", "ел. пошта", "адреса", "імейл"}
_QUOTED = re.compile(r'"[^"\n]*"')

#: As the actions take a person: name and e-mail, "" where they have none.
type Person = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line that was not understood; ``number`` counts from 1 as spreadsheets do."""

    number: int
    text: str
    reason: str | Promise


@dataclass(frozen=True, slots=True)
class Read:
    """Lines of a list that were understood, and those that were not."""

    people: list[Person] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def without_email(self) -> int:
        return sum(not email for _name, email in self.people)

    @property
    def as_text(self) -> str:
        """The people alone, in lines that ``read_list`` reads again."""
        out = io.StringIO()
        csv.writer(out, delimiter=";", lineterminator="\n").writerows(self.people)
        return out.getvalue()


def text_of(data: bytes) -> str:
    """A file as text. Refuses ``list.too_large``, ``list.workbook`` and ``list.not_text``."""
    if len(data) > MAX_BYTES:
        reject("list.too_large", _("The file is larger than 1 MB: divide the list."))
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        reject(
            "list.workbook",
            _("This is a workbook. In the spreadsheet choose «Save as» and CSV, and send that."),
        )
    text = _decode_bytes(data)
    if text is None or "\0" in text:
        reject("list.not_text", _("The file is not text: save the table as CSV."))
    return text


def read_list(text: str, *, known: Collection[Person] = ()) -> Read:
    """The people of a text. ``known`` are on the list already: whoever comes again is not put
    there twice. Refuses ``list.too_large``, ``list.too_long`` and ``list.empty``."""
    if len(text.encode(errors="replace")) > MAX_BYTES:
        reject("list.too_large", _("The list is larger than 1 MB: divide it."))
    found = Read()
    reader = _Reader(known)
    lines = 0
    for number, cells in _rows(text):
        if not any(cells) or (not lines and _are_headings(cells)):
            continue
        lines += 1
        if lines > MOST_LINES:
            reject("list.too_long", _("These are more than 10,000 lines: divide the list."))
        person, reason = reader.read(cells, number)
        if person is None:
            found.wrong.append(Wrong(number, "; ".join(cells)[:120], reason))
        else:
            found.people.append(person)
    if not lines:
        reject("list.empty", _("There is nobody in the list."))
    return found


class _Reader:
    """Reads one line after the other and remembers who has been there."""

    def __init__(self, known: Collection[Person]) -> None:
        self._seen: dict[str, int] = {_key(person): 0 for person in known}

    def read(self, cells: list[str], number: int) -> tuple[Person | None, str | Promise]:
        name, email, *more = (*cells, "")
        if "@" in name and "@" not in email:
            name, email = email, name
        reason = _fault(name, email, more)
        if reason:
            return None, reason
        person = (name, to_comparable(email))
        before = self._seen.get(_key(person))
        if before is not None:
            return None, _again(person, before)
        self._seen[_key(person)] = number
        return person, ""


def _fault(name: str, email: str, more: list[str]) -> str | Promise:
    if any(more):
        return _("There is more than a name and an e-mail in this line.")
    if not name:
        return _("The name is missing.")
    if len(name) > LONGEST_NAME:
        return _("The name is longer than 200 characters.")
    if not name.isprintable() or not any(sign.isalpha() for sign in name):
        return _("This is not a name.")
    return _fault_of_email(email) if email else ""


def _fault_of_email(email: str) -> str | Promise:
    try:
        to_delivered(email)
    except ValidationError as wrong:
        if wrong.code == UNDELIVERABLE:
            return wrong.messages[0]
        return _("This is not an e-mail address.")
    return ""


def _again(person: Person, before: int) -> str | Promise:
    _name, email = person
    if not before:
        if email:
            return _("This address is on the list already.")
        return _("Somebody of this name without e-mail is on the list: add what tells them apart.")
    if email:
        return _("This address stands in line %(number)d already.") % {"number": before}
    return _("This name stands in line %(number)d already: add what tells the two apart.") % {
        "number": before
    }


def _key(person: Person) -> str:
    """Key of a person: the address, and without one the name."""
    name, email = person
    return email or " ".join(name.casefold().split())


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each line with its number. A cell may not run over the end of its line: a quote that was
    never closed spoils its own line and no other."""
    lines = text.removeprefix("\ufeff").splitlines()
    separator = _separator(lines)
    for number, line in enumerate(lines, 1):
        try:
            cells = next(csv.reader([line], delimiter=separator), [])
        except csv.Error:
            cells = [line]
        yield number, [_cell(each) for each in cells]


def _cell(cell: str) -> str:
    """As it was meant: one space between words, no quotes around, no apostrophe of ours."""
    return " ".join(plain(cell.strip()).split())


def _separator(lines: list[str]) -> str:
    """Separator of the cells: what any line has outside of quotes, semicolons first (a name may
    hold a comma).
    """
    bare = _QUOTED.sub("", "\n".join(lines))
    return next((each for each in (";", "\t") if each in bare), ",")


def _are_headings(cells: list[str]) -> bool:
    return any(cell.casefold().rstrip(":") in _HEADINGS for cell in cells)


def _decode_bytes(data: bytes) -> str | None:
    is_utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_utf_16 else ("utf-8-sig", "cp1251"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
