"""Screens of a poll's display: one question at a time, with as many options as can be read.

The arithmetic and the rule are those of every display (core/displays/layout.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import product

from core.displays.layout import GAP, HEIGHT, LARGE, LEAST, WIDTH, lines
from core.displays.letters import width_of
from core.displays.screens import mark_rotation

#: Sizes of letters, in tenths of a unit: the classes .display-size-46 … of css/display.css.
#: 0: the title stands on no screen but in the page's head, where a long question needs its place.
_TITLES = _QUESTIONS = (60, 50, 42, LARGE, 30, 24, LEAST)
_TITLES_OVER_QUESTION = (24, LEAST, 0)
_ROWS = (60, 50, 42, LARGE, 34, 30, 27, 24, 21, LEAST)
#: The letters of options on one screen are so large at least; else they take turns.
_LEAST_ON_ONE = 24

_COLUMN_GAP = 2.5
_HEADING_LEADING, _ROW_LEADING = 1.15, 1.15
#: Of the height of a letter: what stands under a name (a bar) and under an option.
_UNDER_NAME, _UNDER_OPTION = 1.15, 0.45
#: A line of what is said above the options (which question and part this is, what the figures are);
#: and what is said below them before there are results.
_NOTE, _SAID = 2.6, 3.2 + GAP


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


def screens_of(
    title: str, asked: Sequence[Asked], now: datetime, since: datetime | None = None
) -> list[Screen]:
    """All screens of a display in their order; of ``now`` it is one's turn, ``since`` that of the
    first (core.displays.screens.mark_rotation)."""
    screens: list[Screen] = []
    for number, each in enumerate(asked, 1):
        for screen in _screens(title, each):
            screen.number, screen.of = number, len(asked)
            screens.append(screen)
    mark_rotation(screens, now, since)
    return screens


def _screens(title: str, asked: Asked) -> Iterator[Screen]:
    named = tuple((row.name, width_of(row.figure, is_bold=True)) for row in asked.rows)
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
    title: str, text: str, note: str, named: tuple[tuple[str, float], ...], has_results: bool
) -> _Arrangement:
    """On one screen if its letters are large enough, else on as few as can be; then a heading and
    options that the whole hall can read, options rather in one column than in two. Kept, since a
    frame of every second asks for the same again."""
    best: tuple[tuple[int, ...], _Arrangement] | None = None
    for title_size, question_size in _headings(text):
        height = HEIGHT - 3 * GAP - (1 + _lines(note, LEAST, WIDTH)) * _NOTE
        height -= _heading(title, title_size, bold=not text)
        height -= _heading(text, question_size, bold=True)
        height -= 0 if has_results else _SAID
        for columns, size in product((1, 2), _ROWS):
            heights = [_height(row, size, columns, has_bar=has_results) for row in named]
            if heights and max(heights) > height:
                continue
            parts = _parts(heights, height, columns)
            if len(parts) == 1 < len(named) and size < _LEAST_ON_ONE:
                continue
            head = question_size if text else title_size
            worth = (len(parts), -_worth(head) - 2 * _worth(size), columns, -head - size)
            if best is None or worth < best[0]:
                best = worth, _Arrangement(title_size, question_size, size, columns, parts)
    if best is None:  # an option that fits nowhere: one a screen, in the smallest letters
        parts = (1,) * len(named)
        return _Arrangement(*_headings(text)[-1], _ROWS[-1], 1, parts)
    return best[1]


def _worth(size: int) -> int:
    """Larger than what the whole hall can read is worth nothing beside it."""
    return min(size, LARGE)


def _headings(text: str) -> list[tuple[int, int]]:
    """Sizes of the title and of the question's own text, the greatest first."""
    if not text:
        return [(size, _QUESTIONS[0]) for size in _TITLES]
    return [(title, question) for title in _TITLES_OVER_QUESTION for question in _QUESTIONS]


def _heading(text: str, size: int, *, bold: bool) -> float:
    return _lines(text, size, WIDTH, is_bold=bold) * size / 10 * _HEADING_LEADING


def _parts(heights: list[float], height: float, columns: int) -> tuple[int, ...]:
    """Number of options on each screen: greedily, then about as many on each of as many."""
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


def _height(row: tuple[str, float], size: int, columns: int, *, has_bar: bool) -> float:
    name, figure = row
    em = size / 10
    width = (WIDTH - _COLUMN_GAP * (columns - 1)) / columns
    width -= (figure + 0.7) * em if figure else 0.65 * em
    under = _UNDER_NAME if has_bar else _UNDER_OPTION
    return em * (_lines(name, size, width) * _ROW_LEADING + under)


def _lines(text: str, size: int, width: float, *, is_bold: bool = False) -> int:
    """Number of lines of a text in letters of this size; none where it does not stand."""
    return lines(text, size, width, is_bold=is_bold) if size else 0
