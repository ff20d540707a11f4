"""Find a list of contents: lines of titles and page numbers before the same titles.

Pure: it is given the lines of a text in its order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_PAGE = re.compile(r"[\s.…·_]+(\d{1,4})$")
_TITLES = ("зміст", "contents", "table of contents")
_FEWEST = 3  # entries that are taken for a list of contents
_ALIKE = str.maketrans("іхс", "ixc")  # Roman numbers are typed in both alphabets


class _Entry(NamedTuple):
    """An entry: its place, how many lines it takes, its page, whether a later line is its title."""

    at: int
    lines: int
    page: int
    is_known: bool


def find_contents(lines: Sequence[str]) -> list[int]:
    """Return the places of the lines of the first list of contents, with its title; else none.

    An entry ends in a page number not less than the one before, and at least three of the entries
    are the words of later lines. Under the title «ЗМІСТ» such words need no page number. An entry
    may go on in a second line.
    """
    last = _last_places(lines)
    at = 0
    while at < len(lines):
        run = list(_run(lines, at, last))
        known = [place for place, entry in enumerate(run) if entry.is_known]
        if len(known) >= _FEWEST:  # a date before them, or after, is no entry
            run = run[known[0] : known[-1] + 1]
            found = [line for entry in run for line in range(entry.at, entry.at + entry.lines)]
            titled = found[0] > 0 and is_title(lines[found[0] - 1])
            return [found[0] - 1, *found] if titled else found
        at += max(1, sum(entry.lines for entry in run))
    return []


def is_title(line: str) -> bool:
    """Whether a line is the title of a list of contents."""
    return _fold(line) in map(_fold, _TITLES)


def _run(lines: Sequence[str], at: int, last: dict[str, int]) -> Iterator[_Entry]:
    titled = at > 0 and is_title(lines[at - 1])
    page = 0
    while at < len(lines) and (entry := _entry(lines, at, page, last, titled=titled)):
        yield entry
        at, page = at + entry.lines, entry.page


def _entry(
    lines: Sequence[str], at: int, page: int, last: dict[str, int], *, titled: bool
) -> _Entry | None:
    for taken in (1, 2):
        if not all(any(c.isalpha() for c in line) for line in lines[at : at + taken]):
            return None  # a table that came line by line
        line = " ".join(lines[at : at + taken])
        found = _PAGE.search(line)
        if found and int(found[1]) >= page:
            is_known = last.get(_fold(line[: found.start()]), -1) >= at + taken
            if is_known or taken == 1:
                return _Entry(at, taken, int(found[1]), is_known)
        if titled and last.get(_fold(line), -1) >= at + taken:
            return _Entry(at, taken, page, is_known=True)
    return None


def _last_places(lines: Sequence[str]) -> dict[str, int]:
    """The last place of each line, and of each two that are one title: «Розділ І», «Рада»."""
    last: dict[str, int] = {}
    folded = [_fold(line) for line in lines]
    for at, line in enumerate(folded):
        last[line] = at
        if at + 1 < len(lines):
            last[line + folded[at + 1]] = at
    last.pop("", None)
    return last


def _fold(line: str) -> str:
    """Letters and figures to be compared."""
    return "".join(c for c in line.casefold() if c.isalnum()).translate(_ALIKE)
