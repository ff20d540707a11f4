"""Look ahead: the following lines, where they decide what a line is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drafts.importing.blocks import Block
from drafts.importing.lines import is_capitalised, may_sign
from drafts.importing.markers import Form, Marker

_LONGEST_SIGNATURE = 150  # characters in a line
_MOST_SIGNATURE_LINES = 25  # more of them are a table that came line by line
_LONGEST_CHAPTER = 300
_OPENING = (Form.ANNEX, Form.APPROVED)


def signature_places(blocks: Sequence[Block], markers: Sequence[Marker | None]) -> list[bool]:
    """Return for each line whether only a few short ones stand from it to the next annex."""
    places = [True] * (len(blocks) + 1)
    lines = 0
    for at in range(len(blocks) - 1, -1, -1):
        block, marker = blocks[at], markers[at]
        if marker and marker.form in _OPENING:
            lines = 0
            continue
        lines += 1
        plain = block.rows is None and (marker is None or may_sign(block, marker))
        short = len(block.text) <= _LONGEST_SIGNATURE and lines <= _MOST_SIGNATURE_LINES
        places[at] = places[at + 1] and plain and short
    return places


def may_be_chapter(block: Block, marker: Marker) -> bool:
    """Whether a line numbered «1.» reads like a title: capitalised, no end of a sentence."""
    text = block.text[marker.length :]
    return (
        _is_single(marker)
        and 3 < len(text) <= _LONGEST_CHAPTER
        and text[-1] not in ".;:,"
        and is_capitalised(text)
    )


def chapter_places(blocks: Sequence[Block], markers: Sequence[Marker | None]) -> dict[int, int]:
    """Return the lines that read like titles and after which numbers start anew at «1.».

    The value is how many such lines the document or annex around has.
    """
    places: dict[int, int] = {}
    for part in _parts(markers):
        found = [
            at
            for at in part
            if (marker := markers[at]) is not None
            and marker.form is Form.DOTTED
            and _starts_list(blocks, markers, at + 1)
            and may_be_chapter(blocks[at], marker)
        ]
        places.update(dict.fromkeys(found, len(found)))
    return places


def rules_before_siblings(markers: Sequence[Marker | None]) -> set[int]:
    """Return the lines in capitals with «1.» after which «2.» is a rule: each is its sibling."""
    places: set[int] = set()
    following: Marker | None = None
    for at in range(len(markers) - 1, -1, -1):
        marker = markers[at]
        if marker is None or marker.form not in (*_OPENING, Form.SECTION, Form.DOTTED):
            continue
        first = is_in_capitals(marker) and marker.is_first
        if first and following and following.form is Form.DOTTED and following.follows(marker):
            places.add(at)
        following = None if marker.form in _OPENING else marker
    return places


def is_in_capitals(marker: Marker) -> bool:
    """Whether only capitals make it a section: «2. ПРАВА ЖИТЕЛІВ»."""
    return marker.form is Form.SECTION and marker.printed[:1].isdigit() and not marker.quoted


def _parts(markers: Sequence[Marker | None]) -> Iterator[range]:
    """The lines of the document itself and of each annex."""
    start = 0
    for at, marker in enumerate(markers):
        if marker and marker.form in _OPENING:
            yield range(start, at)
            start = at + 1
    yield range(start, len(markers))


def _starts_list(blocks: Sequence[Block], markers: Sequence[Marker | None], at: int) -> bool:
    """Whether the next line, notes in braces aside, is «1.»."""
    while at < len(blocks) and blocks[at].text.startswith("{"):
        at += 1
    following = markers[at] if at < len(blocks) else None
    return bool(following and following.form is Form.DOTTED and following.is_first)


def _is_single(marker: Marker) -> bool:
    return len(marker.value) == 1 and not marker.quoted
