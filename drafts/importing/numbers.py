"""The lines of a document and the number that each starts with.

A letter that both alphabets have («a)», «с)», «і)») is read as the file says it where Word or the
page counts the list itself, else as the letters beside it: «c)» between «b)» and «d)» is Latin.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from drafts.importing.blocks import Block, cut
from drafts.importing.counted import is_part, is_section_of_article, read_counted
from drafts.importing.markers import Form, Marker, in_alphabet, is_lookalike, recognise

_ROMAN = {"i": 1, "v": 5, "x": 10}
_BRACKETED = re.compile(r"\(([1-9]\d?)\)\s+(?=\S)")
_BARE = re.compile(r"([1-9]\d?)\s(?=[^\W\d_])")
_PARAGRAPH_AND_FIRST = re.compile(r"(?:§|Стаття|Статья|Art\.|Artykuł)\s?\d{1,3}\.\s(?=1[.)]\s\S)")
_MANY_LINES = 100  # of a paragraph whose marks are not worth keeping


def markers_of(blocks: Sequence[Block]) -> list[Marker | None]:
    """Return for each block the number that it starts with, or None."""
    markers = [_marker(block) if block.rows is None else None for block in blocks]
    _read_sections_of_articles(markers)
    _read_bracketed(blocks, markers)
    _read_bare(blocks, markers)
    letters = [at for at, m in enumerate(markers) if m and m.form in (Form.LETTER, Form.ROMAN)]
    before: Marker | None = None
    for place, at in enumerate(letters):
        marker = markers[at]
        if marker is None:
            continue
        beyond = letters[place + 1] if place + 1 < len(letters) else None
        after = None if beyond is None else markers[beyond]
        if blocks[at].counted is None and _is_roman(marker, before, after):
            numeral = marker.printed.strip("()").lower()
            marker = replace(marker, form=Form.ROMAN, number=numeral, value=(_ROMAN[numeral],))
        elif blocks[at].counted is None and is_lookalike(marker):
            marker = _by_neighbours(marker, before, after)
        markers[at] = before = marker
    return markers


def _marker(block: Block) -> Marker | None:
    found = recognise(block.text)
    counted = block.counted
    if counted is None or not block.text.startswith(counted.printed):
        return found
    own = read_counted(counted.printed, counted.format, found)
    if own is None:
        return found
    length = len(block.text) - len(block.text[len(own.printed) :].lstrip())
    return replace(own, length=length, padded=counted.format == "decimalZero")


def _read_sections_of_articles(markers: list[Marker | None]) -> None:
    """Let «Section 1.» be a rule of «Article I» or «Part I»; without them it is a section."""
    in_article = False
    for at, marker in enumerate(markers):
        if marker is None:
            continue
        if marker.form in (Form.ARTICLE, Form.ANNEX, Form.APPROVED):
            in_article = marker.form is Form.ARTICLE
        elif is_part(marker):
            in_article = True
        elif in_article and marker.form is Form.SECTION and is_section_of_article(marker):
            markers[at] = replace(marker, form=Form.CLAUSE)


def _read_bracketed(blocks: Sequence[Block], markers: list[Marker | None]) -> None:
    """Let «(1)» be a number where «(2)» comes after it; one alone may be a remark."""
    waiting: tuple[int, Marker] | None = None
    before: Marker | None = None
    for at, block in enumerate(blocks):
        found = _BRACKETED.match(block.text) if block.rows is None and not markers[at] else None
        if not found:
            continue
        value = int(found[1])
        marker = Marker(Form.PAREN, found[1], (value,), found[0].strip(), found.end())
        if value == 1:
            waiting = at, marker
        elif waiting and marker.follows(waiting[1]):
            markers[waiting[0]] = waiting[1]
            markers[at] = before = marker
            waiting = None
        elif before and marker.follows(before):
            markers[at] = before = marker


def _read_bare(blocks: Sequence[Block], markers: list[Marker | None]) -> None:
    """Let «1 Title» be a number where «1.1» is the next one: its own number goes on there."""
    for at in range(len(blocks) - 1):
        block, following = blocks[at], markers[at + 1]
        if markers[at] or block.rows is not None or following is None:
            continue
        found = _BARE.match(block.text)
        if found and following.form is Form.DOTTED and following.value == (int(found[1]), 1):
            value = (int(found[1]),)
            markers[at] = Marker(Form.DOTTED, found[1], value, found[1], found.end())


def _is_roman(marker: Marker, before: Marker | None, after: Marker | None) -> bool:
    """Whether a letter is a Roman number: «i)» before «ii)», «v)» after «iv)»."""
    value = _ROMAN.get(marker.printed.strip("()").lower())
    if value is None or marker.form is not Form.LETTER:
        return False
    if before and before.form is Form.ROMAN:
        return before.value == (value - 1,)
    return value == 1 and bool(after and after.form is Form.ROMAN and after.value == (2,))


def _by_neighbours(marker: Marker, before: Marker | None, after: Marker | None) -> Marker:
    latin = in_alphabet(marker, latin=True)
    if before and before.number.isascii() and latin.follows(before):
        return latin
    if after and after.number.isascii() and after.follows(latin):
        return latin
    beside = [known for known in (before, after) if known]
    if any(not known.number.isascii() for known in beside):
        return in_alphabet(marker, latin=False)
    return marker


def lines_of(blocks: list[Block]) -> list[Block]:
    """Split paragraphs with line breaks where a line starts with a number of its own."""
    lines: list[Block] = []
    for block in blocks:
        starts = [0]
        if block.rows is None and (second := _second_number(block)):
            starts.append(second)
        if block.rows is None and "\n" in block.text:
            if block.text.count("\n") > _MANY_LINES:
                block = Block(block.text, block.heading, counted=block.counted)
            opens_annex = _opens_annex(block)
            for found in re.finditer("\n", block.text):
                line = block.text[found.end() : found.end() + 200].split("\n")[0]
                if opens_annex or recognise(line):
                    starts.append(found.end())
        if len(starts) == 1:
            lines.append(block)
            continue
        # One character stands between two lines: a break, or the space after «§ 3.».
        for start, following in zip(starts, [*starts[1:], len(block.text) + 1], strict=True):
            lines.append(cut(block, start, following - 1))
    return lines


def _second_number(block: Block) -> int:
    """Return the start of «1.» in «§ 3. 1. Words» or «Стаття 5. 1. Words», 0 where it has none."""
    found = _PARAGRAPH_AND_FIRST.match(block.text) if block.place is None else None
    return found.end() if found else 0


def _opens_annex(block: Block) -> bool:
    """Whether each line of a paragraph is one: «Додаток 1», «до рішення», «від … № 15»."""
    marker = recognise(block.text.split("\n", 1)[0])
    return bool(marker and marker.form in (Form.ANNEX, Form.APPROVED))
