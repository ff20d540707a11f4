"""An agenda as it is pasted or stands in a document: lines become items. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from meetings.models import Item

_LONGEST = Item._meta.get_field("title").max_length or 500
_LONGEST_PRESENTER = Item._meta.get_field("presenter").max_length or 300

#: The number or the bullet before an item: «1.», «2)», «№ 3», «4.1.», «Питання 5.», «•».
_NUMBER = re.compile(
    r"\s*(?:(?:питання|пункт|п\.|item)\s+)?"
    r"(?:№\s*\d{1,3}[.):]?|\d{1,3}(?:\.\d{1,3})*[.)]+|\d{1,3}(?=\t)|[•●▪*–—-]+)\s*",
    re.IGNORECASE,
)
_PRESENTER = re.compile(
    r"\s*[(\[]?\s*(?:спів)?(?:доповіда(?:ч(?:і|ка|ки)?|є|ють)|інформу(?:є|ють)|presenter|rapporteur)"
    r"\s*[:–—-]\s*",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"[(\[]\s*(?:доповіда(?:ч(?:і|ка|ки)?|є|ють))\s*[:–—-]\s*([^)\]]+)[)\]]", re.I)
_HEADS = re.compile(
    r"\s*(?:про[єе]кт\s+)?(?:порядок\s+денний|порядку\s+денного|agenda)\b.{0,80}", re.IGNORECASE
)
_BLANKS = re.compile(r"\s+")


@dataclass(slots=True)
class Line:
    """An item that was read; ``text``: all its words, where they are too long for a title."""

    title: str
    presenter: str = ""
    text: str = ""


def read_agenda(words: str) -> list[Line]:
    """The items of pasted lines.

    Where lines are numbered, a line without a number goes on with the item before it, and what
    stands before the first number is passed over; else each line is an item. «Доповідач: …» belongs
    to the item before it. The third cell of a row of a table names who reports.
    """
    lines = [line.strip("\n") for line in words.splitlines() if line.strip()]
    is_numbered = _is_numbered(lines)
    found: list[Line] = []
    for line in lines:
        _read(line, found, is_numbered=is_numbered)
    return [_fit(item) for item in found if any(map(str.isalnum, item.title))]


def _is_numbered(lines: list[str]) -> bool:
    """Whether a line without a number goes on with the one before it: two numbers at least, or
    bullets before half of the lines."""
    marks = [mark[0].strip() for mark in map(_match_number, lines) if mark]
    numbers = sum(any(map(str.isdecimal, mark)) for mark in marks)
    return numbers >= 2 or len(marks) * 2 >= len(lines) > 1


def _match_number(line: str) -> re.Match[str] | None:
    return _NUMBER.match(line)


def _read(line: str, found: list[Line], *, is_numbered: bool) -> None:
    if who := _PRESENTER.match(line):
        if found:
            said = line[who.end() :].rstrip(" )]")
            found[-1].presenter = "; ".join(filter(None, (found[-1].presenter, _tidy(said))))
        return
    number = _match_number(line)
    if _HEADS.fullmatch(line) and number is None:
        return
    cells = [_tidy(cell) for cell in line[number.end() if number else 0 :].split("\t")]
    cells = [cell for cell in cells if cell]
    if is_numbered and number is None:
        if found and cells:
            found[-1].title = f"{found[-1].title} {' '.join(cells)}"
        return
    if not cells:
        return
    title = cells[0]
    presenter = cells[1] if len(cells) > 1 else ""
    if within := _WITHIN.search(title):
        presenter = presenter or _tidy(within[1])
        title = _tidy(title[: within.start()] + title[within.end() :])
    found.append(Line(title, presenter))


def _tidy(words: str) -> str:
    return _BLANKS.sub(" ", words).strip(" \t;")


def _fit(item: Line) -> Line:
    """Cut a title that is too long at a word; the whole stands in the item's text."""
    item.presenter = item.presenter[:_LONGEST_PRESENTER]
    if len(item.title) > _LONGEST:
        item.text = item.title
        item.title = f"{item.title[: _LONGEST - 1].rsplit(' ', 1)[0]}…"
    return item
