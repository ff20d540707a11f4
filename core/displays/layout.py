"""Layout of a hall's displays: how large letters are, and what stands on the next screen.

A screen is 100 units wide and 56.25 high (css/display.css). What the whole hall must read stands in
letters of 3.8 of them, 1/15 of the height, or more; nothing is smaller than 1.9, 1/30 of it, and
nothing is cut: what does not fit stands on the next screen. How many lines a text takes is reckoned
from the widths of its letters (core/displays/letters.py). The displays of consultations, polls and
meetings are all laid out by this arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from core.displays.letters import width_of, wrap

#: Seconds for which each screen stands.
TURN = 15
#: The least of what the whole hall must read, and the least of all: classes of css/display.css.
LARGE, LEAST = 38, 19
#: Sizes of letters, in tenths of a unit: the classes .display-size-60 … of css/display.css.
SIZES = (60, 56, 50, 46, 42, LARGE, 34, 30, 27, 24, 21, LEAST)
#: The same for words that have much of the screen, and that the whole hall must read.
HUGE = (180, 160, 140, 124, 110, 98, 88, 78, 70, 63, 56, 50, 46, 42, LARGE)
#: Of a text in pages.
READING = (60, 50, 42, LARGE, 34, 30, 27, 24)
#: So many letters of a title or a question are large; the rest stands on the next screens.
FIRST_LETTERS = 140
#: The place beside the column with the figures, in units, and the gap between its parts.
WIDTH, HEIGHT, GAP = 68.0, 46.0, 1.4
#: The width of a screen without that column.
WIDE = 95.5
#: The width of the column with the figures.
BESIDE = 25.0
#: A line above what a screen shows: which it is, and of how many.
NOTE = 2.6 + GAP
#: Of the height of a letter: the height of a line, when it is bold, and of names in columns.
LEADING, BOLD_LEADING, NAMES_LEADING = 1.25, 1.15, 1.12
_COLUMN_GAP, _ROW_GAP = 0.8, 0.3
#: Before a line of a list and before a name in a grid: the sign, of the height of a letter.
_SIGN, _SHAPE = 1.42, 1.06
#: Of a row's width. At 720 lines whole pixels make letters up to 1 % wider than their table says.
_SURE = 0.98


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is to be shown whole; ``sizes``: those that it may have, the largest first."""

    words: str
    sizes: tuple[int, ...] = SIZES
    is_bold: bool = False

    def height(self, size: int, width: float = WIDTH) -> float:
        """Height in letters of this size; 0 for no words."""
        leading = BOLD_LEADING if self.is_bold else LEADING
        return lines(self.words, size, width, is_bold=self.is_bold) * size / 10 * leading


def lines(words: str, size: int, width: float = WIDTH, *, is_bold: bool = False) -> int:
    """Number of lines of a text in letters of this size, its own line breaks among them."""
    most = width / (size / 10)
    if "\n" not in words and width_of(words, is_bold=is_bold) <= most:
        return 1 if words else 0
    return sum(len(wrap(line, most, is_bold=is_bold)) or 1 for line in words.splitlines())


@lru_cache(maxsize=256)
def fit(texts: tuple[Text, ...], height: float = HEIGHT, width: float = WIDTH) -> tuple[int, ...]:
    """The largest sizes in which all texts stand one below the other; the smallest if none fit."""
    for step in range(max(len(text.sizes) for text in texts)):
        sizes = tuple(text.sizes[min(step, len(text.sizes) - 1)] for text in texts)
        sized = zip(texts, sizes, strict=True)
        heights = [text.height(size, width) for text, size in sized if text.words]
        if sum(heights) + GAP * (len(heights) - 1) <= height:
            return sizes
    return tuple(text.sizes[-1] for text in texts)


@lru_cache(maxsize=256)
def pages(
    words: str,
    size: int,
    height: float,
    width: float = WIDTH,
    *,
    first: float | None = None,
    is_bold: bool = False,
) -> tuple[tuple[str, ...], ...]:
    """A text in pages of so many units, each with its paragraphs; () for no words.

    A paragraph that does not fit goes on on the next page, between two words. ``first``: how high
    the first page is, where that is less. The others hold about as much, one as the other.
    """
    em = size / 10
    paragraphs = [
        wrap(line, width / em, is_bold=is_bold)
        for line in map(str.strip, words.splitlines())
        if line
    ]
    line = em * (BOLD_LEADING if is_bold else LEADING)
    room = max(int(height / line), 1)
    first_room = room if first is None else max(int(first / line), 1)
    found = _fill(paragraphs, first_room, room)
    for less in range(1, room):
        evenly = _fill(paragraphs, min(first_room, room - less), room - less)
        if len(evenly) > len(found):
            break
        found = evenly
    return found


def _fill(
    paragraphs: Sequence[Sequence[str]], first_room: int, room: int
) -> tuple[tuple[str, ...], ...]:
    """Lines in pages of so many, with a gap of one after each paragraph."""
    found: list[tuple[str, ...]] = []
    page: list[str] = []
    left = first_room
    for paragraph in paragraphs:
        rest = list(paragraph)
        while rest:
            if left <= 0:
                found.append(tuple(page))
                page, left = [], room
            page.append("".join(rest[:left]).rstrip())
            taken = len(rest[:left])
            rest, left = rest[left:], left - taken - 1  # the gap after a paragraph
    if page:
        found.append(tuple(page))
    return tuple(found)


def read_in(
    words: str, height: float, first: float, width: float = WIDTH, sizes: tuple[int, ...] = READING
) -> tuple[int, tuple[tuple[str, ...], ...]]:
    """A text in pages, in the largest letters that need no more of them than the smallest do."""
    made = [(size, pages(words, size, height, width, first=first)) for size in sizes]
    fewest = min(len(found) for _size, found in made)
    return next((size, found) for size, found in made if len(found) == fewest)


@dataclass(frozen=True, slots=True)
class Grid:
    """Names in a grid: ``parts``, the number on each screen."""

    columns: int
    size: int
    parts: tuple[int, ...]


@lru_cache(maxsize=64)
def grid(
    names: tuple[str, ...], height: float, most_columns: int = 4, width: float = WIDTH
) -> Grid:
    """As few screens as can be; then letters as large as can be, in as few columns as can be."""
    best: Grid | None = None
    for size, columns in product(SIZES, range(1, most_columns + 1)):
        parts = _parts(names, size, columns, height, width)
        if parts and (best is None or len(parts) < len(best.parts)):
            best = Grid(columns, size, parts)
    return best or Grid(1, LEAST, (1,) * len(names))


def _parts(
    names: Sequence[str], size: int, columns: int, height: float, width: float
) -> tuple[int, ...]:
    """Numbers of names on each screen; () where one alone is too high."""
    em = size / 10
    leading, gap, sign = LEADING, _ROW_GAP, _SIGN
    if columns > 1:
        leading, gap, sign = NAMES_LEADING, 0.0, _SHAPE
    each = ((width - _COLUMN_GAP * (columns - 1)) / columns - sign * em) * _SURE
    rows = [
        max(lines(name, size, each) for name in names[at : at + columns]) * em * leading + gap
        for at in range(0, len(names), columns)
    ]
    if not rows or max(rows) > height:
        return ()
    parts: list[int] = []
    used = height + 1
    for number, row in enumerate(rows):
        if used + row > height:
            parts.append(0)
            used = 0.0
        parts[-1] += len(names[number * columns : (number + 1) * columns])
        used += row
    return tuple(parts)
