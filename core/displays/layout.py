"""Layout of a hall's displays: how large letters are, and what stands on the next screen.

A screen is 100 units wide and 56.25 high (css/display.css). Nothing on it is smaller than 1.9 of
them, 1/30 of the height, and nothing is cut: what does not fit stands on the next screen. How many
lines a text takes is reckoned from its letters, a little too many rather than too few. The displays
of consultations, polls and meetings are all laid out by this arithmetic.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

#: Seconds for which each screen stands.
TURN = 15
#: Sizes of letters, in tenths of a unit: the classes .display-size-60 … of css/display.css.
SIZES = (60, 46, 36, 30, 24, 21, 19)
#: The same for a few words that have the screen to themselves.
HUGE = (140, 110, 90, 75, 60, 46, 36)
#: The place beside the column with the figures, in units, and the gap between its parts.
WIDTH, HEIGHT, GAP = 67.5, 41.0, 1.4
#: The width of a screen without that column.
WIDE = 95.5
#: The width of the column with the figures.
BESIDE = 26.0
#: Of the height of a letter: its width, and when it is bold; the height of a line.
LETTER, BOLD, LEADING = 0.6, 0.68, 1.25
_COLUMN_GAP, _ROW_GAP = 1.6, 0.3
#: Before a name in a grid: the sign, of the height of a letter.
_SIGN = 1.5


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is to be shown whole; ``sizes``: those that it may have, the largest first."""

    words: str
    sizes: tuple[int, ...] = SIZES
    is_bold: bool = False

    def height(self, size: int, width: float = WIDTH) -> float:
        """How high it stands in letters of this size; 0 for no words."""
        letter = BOLD if self.is_bold else LETTER
        return lines(self.words, size, width, letter) * size / 10 * LEADING


def lines(words: str, size: int, width: float = WIDTH, letter: float = LETTER) -> int:
    """How many lines a text takes in letters of this size, its own line breaks among them."""
    most = max(int(width / (size / 10 * letter)), 1)
    return sum(len(textwrap.wrap(line, most)) or 1 for line in words.splitlines())


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
    words: str, size: int, height: float, width: float = WIDTH, letter: float = LETTER
) -> tuple[tuple[str, ...], ...]:
    """A text in pages of so many units, each with its paragraphs; () for no words.

    A paragraph that does not fit goes on on the next page, between two words.
    """
    em = size / 10
    most = max(int(width / (em * letter)), 1)
    room = max(int(height / (em * LEADING)), 1)
    found: list[tuple[str, ...]] = []
    page: list[str] = []
    left = room
    for paragraph in filter(None, (line.strip() for line in words.splitlines())):
        rest = textwrap.wrap(paragraph, most)
        while rest:
            if left <= 0:
                found.append(tuple(page))
                page, left = [], room
            page.append(" ".join(rest[:left]))
            taken = len(rest[:left])
            rest, left = rest[left:], left - taken - 1  # the gap after a paragraph
    if page:
        found.append(tuple(page))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Grid:
    """How names stand in a grid: ``parts``, how many on each screen."""

    columns: int
    size: int
    parts: tuple[int, ...]


@lru_cache(maxsize=64)
def grid(names: tuple[str, ...], height: float, most_columns: int = 4) -> Grid:
    """As few screens as can be; then letters as large as can be, in as few columns as can be."""
    best: Grid | None = None
    for size, columns in product(SIZES, range(1, most_columns + 1)):
        parts = _parts(names, size, columns, height)
        if parts and (best is None or len(parts) < len(best.parts)):
            best = Grid(columns, size, parts)
    return best or Grid(1, SIZES[-1], (1,) * len(names))


def _parts(names: Sequence[str], size: int, columns: int, height: float) -> tuple[int, ...]:
    """How many names stand on each screen; () where one alone is too high."""
    em = size / 10
    width = (WIDTH - _COLUMN_GAP * (columns - 1)) / columns - _SIGN * em
    rows = [
        max(lines(name, size, width) for name in names[at : at + columns]) * em * LEADING + _ROW_GAP
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
