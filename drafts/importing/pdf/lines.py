"""The lines of a PDF: running headers and page numbers taken away, the others made paragraphs.

A PDF has no paragraphs. One ends where the gap to the next line is larger, where the next line is
indented, where its first word would still have fitted, or before a number of a clause that follows
a finished sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from drafts.importing.lines import FINISHED
from drafts.importing.markers import Form, recognise

_DEPTH = 4  # lines from a page's edge that may be running
_LEVEL = 3.0  # points: lines so near in height stand at one level
_MOST_OTHERS = 0.2  # of the lines at a level of running ones
_NUMBER = re.compile(r"\d{1,4}")
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:(?:сторінка|стор\.?|с\.|page)\s*)?(\d{1,4})(?:\s*(?:з|із|of|/)\s*\d{1,4})?[-–—.\s]*",
    re.IGNORECASE,
)
_APART = 1.8  # heights between a single page number and the text
_DIVIDED = re.compile(r"[^\W\d_][-\u00ad\u2010]\Z")
_GAP = 1.25  # times the usual distance of lines: a paragraph begins
_INDENT = 0.6  # heights
_FEWEST_INDENTED = 3  # paragraphs
_OFTEN = 0.05  # of the lines begin at the left margin, however many are indented
_NOTE = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+\)?\s?\S|\*{1,3}\s?[^\W\d]")
_NOTE_HEIGHT = 0.93  # of the text's


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table: the texts of its lines, and how many columns and rows it takes."""

    lines: list[str]
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A printed line: its text, where it stands on its page (points), and how it looks.

    ``left`` and ``right`` are given where it is in a column; ``cells`` of a table, which stands
    among the lines as one.
    """

    text: str
    page: int
    x0: float
    x1: float
    y: float
    height: float
    bold: bool
    turned: bool = False
    left: float | None = None
    right: float | None = None
    cells: list[list[TableCell]] | None = None

    @property
    def room(self) -> float:
        """Width of its first word, about."""
        words = self.text.strip()
        return (self.x1 - self.x0) * len(words.split(" ", 1)[0]) / max(len(words), 1)


# --- Running headers and page numbers -------------------------------------------------------------


def split_running(
    pages: Sequence[Sequence[Line]],
) -> tuple[list[list[Line]], list[Line], list[Line]]:
    """Return the pages without their running lines, those at their heads, and those at their feet.

    A line is running where most pages have it, or its like with the page's number, at one height
    from the edge. The opening of an annex never is, though annexes begin pages.
    """
    heads: list[Line] = []
    feet: list[Line] = []
    gone: set[int] = set()
    heights = [sorted(line.y for line in page) for page in pages]
    for removed in (heads, feet):
        waiting = [
            sorted(
                (line for line in page if id(line) not in gone),
                key=lambda line: line.y,
                reverse=removed is feet,
            )
            for page in pages
        ]
        for _depth in range(_DEPTH):
            edge = [page[-1] for page in waiting if page and page[-1].cells is None]
            running = _running(edge, heights)
            found = set(map(id, running))
            running += [
                page[-1]
                for page in waiting
                if page and id(page[-1]) not in found and _is_number(page)
            ]
            if not running:
                break
            removed += running
            gone |= set(map(id, running))
            for page in waiting:
                if page and id(page[-1]) in gone:
                    page.pop()
    return [[line for line in page if id(line) not in gone] for page in pages], heads, feet


def _running(edge: list[Line], heights: Sequence[Sequence[float]]) -> list[Line]:
    """Those of the outermost lines that repeat at their height."""
    found: list[Line] = []
    waiting = sorted(edge, key=lambda line: line.y)
    while waiting:
        level = [line for line in waiting if line.y - waiting[0].y <= _LEVEL]
        waiting = waiting[len(level) :]
        counts = Counter(key for line in level for key in _keys(line))
        repeated = [
            line
            for line in level
            if any(counts[key] > 1 for key in _keys(line)) and not _opens_annex(line)
        ]
        if not repeated:
            continue
        there = sum(_has_one(page, level[0].y) for page in heights)
        others = there - len({line.page for line in repeated})
        if others <= max(1, _MOST_OTHERS * there):
            found += repeated
    return found


def _has_one(heights: Sequence[float], y: float) -> bool:
    """Whether a page has a line at the height."""
    at = bisect_left(heights, y - _LEVEL)
    return at < len(heights) and heights[at] <= y + _LEVEL


def _keys(line: Line) -> set[str]:
    """The words of the line, as they are and with each number told from the page's."""
    text = " ".join(line.text.split())
    keys = {text}
    for number in _NUMBER.finditer(text):
        offset = int(number[0]) - line.page
        keys.add(f"{text[: number.start()]}#{offset}#{text[number.end() :]}")
    return keys


def _opens_annex(line: Line) -> bool:
    marker = recognise(line.text.strip())
    return bool(marker and marker.form in (Form.ANNEX, Form.APPROVED))


def _is_number(page: Sequence[Line]) -> bool:
    """Whether the last, outermost line is the number of its page, apart from the text."""
    line = page[-1]
    found = _PAGE_NUMBER.fullmatch(line.text) if line.cells is None else None
    if not found or int(found[1]) != line.page:
        return False
    near = abs(page[-2].y - line.y) if len(page) > 1 else float("inf")
    return near > _APART * line.height


# --- Paragraphs -----------------------------------------------------------------------------------


def paragraphs(pages: Iterable[Sequence[Line]], layout: Layout) -> list[list[Line]]:
    """Return the lines grouped into paragraphs, which may go on over pages.

    The notes at the foot of a page follow the paragraph with which the page ends.
    """
    groups: list[list[Line]] = []
    notes: list[list[Line]] = []
    for page in pages:
        foot = layout.foot(page)
        for line in page[:foot]:
            if groups and not layout.begins_paragraph(groups[-1], line):
                groups[-1].append(line)
            else:
                groups += notes
                notes = []
                groups.append([line])
        for line in page[foot:]:
            if notes and not _NOTE.match(line.text):
                notes[-1].append(line)
            else:
                notes.append([line])
    return groups + notes


def places_of(
    groups: Sequence[Sequence[Line]], heads: Iterable[Line], feet: Iterable[Line]
) -> dict[int, list[Line]]:
    """Return the running lines by the place of the paragraph before which they stand.

    A paragraph that goes on over a page's edge stands before what is printed there.
    """
    pages = [group[0].page for group in groups]
    places: dict[int, list[Line]] = {}
    ends = [*((line, True) for line in feet), *((line, False) for line in heads)]
    for line, is_foot in sorted(ends, key=lambda end: (end[0].page, end[1], -end[0].y)):
        at = bisect_right(pages, line.page) if is_foot else bisect_left(pages, line.page)
        places.setdefault(at, []).append(line)
    return places


@dataclass(frozen=True, slots=True)
class Layout:
    """The setting of a document, in points: its margins, the height of its letters, the distance of
    lines, and how far the first line of a paragraph is indented (0 where it is not)."""

    left: float
    right: float
    height: float
    distance: float
    first: float = 0.0

    @classmethod
    def of(cls, lines: list[Line]) -> Layout:
        """Measure a document by its lines."""
        lines = [line for line in lines if not line.cells and not line.turned]
        if not lines:
            return cls(0, 0, 1, 1)
        height = median(line.height for line in lines)
        distances = [
            before.y - line.y
            for before, line in pairwise(lines)
            if before.page == line.page and 0 < before.y - line.y < 2.5 * height
        ]
        # The least common distance: within paragraphs, where between them there is more.
        near = sorted(distances)[: max(1, len(distances) // 2)]
        begins = Counter(round(line.x0) for line in lines)
        often = max(2, len(lines) * _OFTEN)
        measured = cls(
            left=min((x for x, times in begins.items() if times >= often), default=min(begins)),
            right=sorted(line.x1 for line in lines)[int(len(lines) * 0.95)],
            height=height,
            distance=median(near) if near else 1.2 * height,
        )
        return replace(measured, first=measured.first_indent(lines))

    def first_indent(self, lines: list[Line]) -> float:
        """Measure how far first lines are indented: the next line stands at the margin."""
        after: dict[int, Counter[bool]] = {}
        for line, following in pairwise(lines):
            indent = self.indent(line)
            is_full = self.sides(line)[1] - line.x1 < 3 * self.height
            if is_full and indent > _INDENT * self.height and line.page == following.page:
                is_first = self.indent(following) < _INDENT * self.height
                after.setdefault(round(indent), Counter())[is_first] += 1
        indent, counts = max(
            after.items(), key=lambda each: each[1][True], default=(0, Counter[bool]())
        )
        sure = counts[True] >= _FEWEST_INDENTED and counts[True] > 2 * counts[False]
        return float(indent) if sure else 0.0

    def foot(self, page: Sequence[Line]) -> int:
        """Return the place of the first note at the foot of a page, of small letters."""
        at = foot = len(page)
        while at and page[at - 1].height < _NOTE_HEIGHT * self.height and not page[at - 1].cells:
            at -= 1
            foot = at if _NOTE.match(page[at].text) else foot
        return foot

    def is_centred(self, line: Line, page_width: float) -> bool:
        """Whether a line stands in the middle, of the text or of the page, and fills neither."""
        left, right = self.sides(line)
        middles = [(left + right) / 2, *([] if line.left else [page_width / 2])]
        middle = (line.x0 + line.x1) / 2
        return line.x0 - left > self.height and any(
            abs(middle - of) < self.height for of in middles
        )

    def is_in_middle(self, line: Line) -> bool:
        """Whether a line stands in the middle of its column, and does not begin as others do."""
        left, right = self.sides(line)
        indent = line.x0 - left
        return indent > 0.3 * self.height and abs(indent - (right - line.x1)) < 0.5 * self.height

    def sides(self, line: Line) -> tuple[float, float]:
        """Return where the column of a line begins and ends."""
        if line.left is None or line.right is None:
            return self.left, self.right
        return line.left, line.right

    def indent(self, line: Line) -> float:
        """Return how far from the edge of its column a line begins."""
        return line.x0 - self.sides(line)[0]

    def begins_paragraph(self, group: list[Line], line: Line) -> bool:
        """Whether a line begins a paragraph, after those of the open one."""
        first, before = group[0], group[-1]
        text, said = line.text.strip(), before.text.strip()
        same_page = before.page == line.page
        if line.cells or before.cells or line.turned:
            return True
        if _DIVIDED.search(said) and text[:1].islower():
            return False  # «majori-/ty.»: a word goes on, wherever its rest stands
        if same_page and before.y - line.y > _GAP * self.distance:
            return True
        if abs(line.height - before.height) > 0.15 * self.height or line.bold != before.bold:
            return True
        left, right = self.sides(before)
        if self.is_in_middle(before) and self.is_in_middle(line):
            # The lines of a title: each begins elsewhere.
            return before.x1 - before.x0 + line.room + 0.3 * self.height < right - left
        if before.x1 + line.room + 0.3 * self.height < right:
            return True
        if self.first and abs(self.indent(line) - self.first) < 0.2 * self.height:
            return True
        marker = recognise(text)
        if marker and (FINISHED.search(said) or marker.form in (Form.ANNEX, Form.APPROVED)):
            return True
        # Where the paragraph's second line stands, the others do; before there is one, an indented
        # line belongs to it only where a number or a dash hangs before its words.
        if len(group) > 1:
            return abs(self.indent(line) - self.indent(group[1])) > _INDENT * self.height
        hangs = recognise(first.text.strip()) is not None
        return self.indent(line) - self.indent(first) > _INDENT * self.height and not hangs
