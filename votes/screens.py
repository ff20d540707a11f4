"""Screens of a poll's display: one question at a time, with as many options as can be read.

The arithmetic and the rule are those of every display (core/displays/layout.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import product

from core.displays.layout import BOLD, GAP, HEIGHT, LETTER, WIDTH, lines
from core.displays.screens import mark_turn

#: Sizes of letters, in tenths of a unit: the classes .display-size-46 … of css/display.css.
#: 0: the title stands on no screen but in the page's head, where a long question needs its place.
_TITLES, _TITLES_OVER_QUESTION, _QUESTIONS = (46, 36, 30, 24, 19), (24, 19, 0), (34, 28, 24, 19)
_ROWS = (36, 28, 24, 21, 19)

_COLUMN_GAP = 2.5
_HEADING_LEADING, _ROW_LEADING = 1.12, 1.2
#: Of the height of a letter: what stands under a name (a bar) and under an option.
_UNDER_NAME, _UNDER_OPTION = 1.15, 0.45
#: A line of what is said above the options (which question and part this is, what the figures are);
#: and what is said below them before there are results.
_NOTE, _SAID = 2.6, 2.6 + GAP


@dataclass(frozen=True, slots=True)
class Row:
    """An option: its name, and the figure that stands beside it ("" before there are results)."""

    name: str
    figure: str = ""
    percent: int = 0
    won: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its options. ``text`` is "" where the title says it already; ``note`` says
    what the figures are, where that needs words."""

    text: str
    rows: Sequence[Row]
    note: str = ""
    has_results: bool = False


@dataclass(slots=True)
class Screen:
    """A question, or a part of its options: ``rows`` from the ``first`` on. ``number`` of ``of``
    questions; sizes and ``columns`` are classes of the style sheets."""

    asked: Asked
    rows: Sequence[Row]
    first: int
    title_size: int
    question_size: int
    size: int
    columns: int
    number: int = 1
    of: int = 1
    is_now: bool = False

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @property
    def is_part(self) -> bool:
        """Whether other options of the question stand on other screens."""
        return len(self.rows) < len(self.asked.rows)


def screens_of(title: str, asked: Sequence[Asked], now: datetime) -> list[Screen]:
    """All screens of a display in their order; of ``now`` it is one's turn."""
    screens: list[Screen] = []
    for number, each in enumerate(asked, 1):
        for screen in _screens(title, each):
            screen.number, screen.of = number, len(asked)
            screens.append(screen)
    mark_turn(screens, now)
    return screens


def _screens(title: str, asked: Asked) -> Iterator[Screen]:
    named = tuple((row.name, len(row.figure)) for row in asked.rows)
    arranged = _arrange(title, asked.text, asked.note, named, asked.has_results)
    first = 0
    for many in arranged.parts:
        rows = asked.rows[first : first + many]
        yield Screen(
            asked,
            rows,
            first + 1,
            arranged.title_size,
            arranged.question_size,
            arranged.size,
            arranged.columns,
        )
        first += many


@dataclass(frozen=True, slots=True)
class _Arrangement:
    """The classes of the screens of one question, and how many options each holds."""

    title_size: int
    question_size: int
    size: int
    columns: int
    parts: tuple[int, ...]


@lru_cache(maxsize=256)
def _arrange(
    title: str, text: str, note: str, named: tuple[tuple[str, int], ...], has_results: bool
) -> _Arrangement:
    """As few screens as can be; then a heading and options as great as can be, options rather in
    one column than in two. Kept, since a frame of every second asks for the same again."""
    best: tuple[int, _Arrangement] | None = None
    for title_size, question_size in _headings(text):
        height = HEIGHT - 3 * GAP - (1 + _lines(note, _ROWS[-1], WIDTH)) * _NOTE
        height -= _heading(title, title_size, bold=not text)
        height -= _heading(text, question_size, bold=True)
        height -= 0 if has_results else _SAID
        for columns, size in product((1, 2), _ROWS):
            heights = [_height(row, size, columns, has_bar=has_results) for row in named]
            if heights and max(heights) > height:
                continue
            parts = _parts(heights, height, columns)
            if best is None or len(parts) < best[0]:
                best = len(parts), _Arrangement(title_size, question_size, size, columns, parts)
    if best is None:  # an option that fits nowhere: one a screen, in the smallest letters
        parts = (1,) * len(named)
        return _Arrangement(*_headings(text)[-1], _ROWS[-1], 1, parts)
    return best[1]


def _headings(text: str) -> list[tuple[int, int]]:
    """Sizes of the title and of the question's own text, the greatest first."""
    if not text:
        return [(size, _QUESTIONS[0]) for size in _TITLES]
    return [(title, question) for title in _TITLES_OVER_QUESTION for question in _QUESTIONS]


def _heading(text: str, size: int, *, bold: bool) -> float:
    letter = BOLD if bold else LETTER
    return _lines(text, size, WIDTH, letter) * size / 10 * _HEADING_LEADING if size else 0


def _parts(heights: list[float], height: float, columns: int) -> tuple[int, ...]:
    """How many options stand on each screen: greedily, then about as many on each of as many."""
    if not heights:
        return (0,)
    parts = _fill(heights, height, columns, len(heights))
    for most in range(-(-len(heights) // len(parts)), len(heights)):
        evenly = _fill(heights, height, columns, most)
        if len(evenly) == len(parts):
            return evenly
    return parts


def _fill(heights: list[float], height: float, columns: int, most: int) -> tuple[int, ...]:
    parts, used = [0], 0.0
    for at in range(0, len(heights), columns):
        line = heights[at : at + columns]
        if parts[-1] and (used + max(line) > height or parts[-1] + len(line) > most):
            parts.append(0)
            used = 0.0
        parts[-1] += len(line)
        used += max(line)
    return tuple(parts)


def _height(row: tuple[str, int], size: int, columns: int, *, has_bar: bool) -> float:
    name, figure = row
    em = size / 10
    width = (WIDTH - _COLUMN_GAP * (columns - 1)) / columns
    width -= (figure * BOLD + 0.7) * em if figure else 0.65 * em
    under = _UNDER_NAME if has_bar else _UNDER_OPTION
    return em * (_lines(name, size, width) * _ROW_LEADING + under)


def _lines(text: str, size: int, width: float, letter: float = LETTER) -> int:
    """How many lines a text takes in letters of this size; none where it does not stand."""
    return lines(text, size, width, letter) if size else 0
