"""Lines of a file that are no part of its text: lists of contents, menus, heads of pages.

Readers mark such blocks where the file says so; a typed list of contents is found here. They make
no clauses, and nothing of them is lost: officers put them back, or leave them out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from drafts.importing.blocks import Block
from drafts.importing.contents import find_contents, is_title
from drafts.importing.node import Node

CONTENTS = "contents"
MENU = "menu"
RUNNING = "running"  # heads and numbers of a PDF's pages, repeated headings of its tables

_WORD = re.compile(r"\w+(?:[’'ʼ‑-]\w+)*")


@dataclass(frozen=True, slots=True)
class SetAside:
    """Lines that follow each other in the file.

    Args:
        kind: a value of `drafts.models.SetAside.Kind`.
        lines: the lines as the file has them.
        before: the place of the node before which they stood; the number of nodes at the end.
    """

    kind: str
    lines: tuple[str, ...]
    before: int

    @property
    def words(self) -> int:
        """The number of their words."""
        return count_words("\n".join(self.lines))


@dataclass(slots=True)
class _Run:
    kind: str
    blocks: list[Block]
    letters: int  # of the text, before them


def count_words(text: str) -> int:
    """Return the number of words; «2.1» counts as two, so that a cut number changes nothing."""
    return sum(1 for _ in _WORD.finditer(text))


def words_of(nodes: Sequence[Node]) -> int:
    """Return the number of words of a tree."""
    return sum(count_words(f"{node.printed} {node.text}") for node in nodes)


def mark_contents(blocks: Sequence[Block]) -> None:
    """Mark a typed list of contents, and the title over each one.

    In a file that we wrote an officer has decided about it already.
    """
    if not any(block.place for block in blocks):
        _mark_typed([block for block in blocks if not block.aside])
    for title, block in pairwise(blocks):
        if block.aside == CONTENTS and not title.aside and is_title(title.text):
            title.aside = CONTENTS


def _mark_typed(blocks: Sequence[Block]) -> None:
    lines = [(line, at) for at, block in enumerate(blocks) for line in block.text.split("\n")]
    found = Counter(lines[place][1] for place in find_contents([line for line, _ in lines]))
    for at, entries in found.items():
        # A paragraph of which other lines are no contents stays.
        if entries == blocks[at].text.count("\n") + 1:
            blocks[at].aside = CONTENTS


def split_off(blocks: Sequence[Block]) -> tuple[list[Block], list[_Run]]:
    """Return the blocks of the text, and those set aside; of a file without any other, all."""
    kept: list[Block] = []
    runs: list[_Run] = []
    letters = 0
    for block in blocks:
        if not block.aside:
            kept.append(block)
            letters += _letters(block.text)
        elif runs and runs[-1].kind == block.aside and runs[-1].letters == letters:
            runs[-1].blocks.append(block)
        else:
            runs.append(_Run(block.aside, [block], letters))
    return (kept, runs) if kept else (list(blocks), [])


def place(runs: Sequence[_Run], nodes: Sequence[Node]) -> list[SetAside]:
    """Return what was set aside, each before the node that followed it.

    The nodes joined are the text: as many letters stand before both.
    """
    lengths = [_letters(f"{node.printed}{node.text}") for node in nodes]
    starts = [0, *accumulate(lengths)][: len(nodes)]
    return [
        SetAside(
            run.kind,
            tuple(line for block in run.blocks for line in block.text.split("\n")),
            bisect_left(starts, run.letters),
        )
        for run in runs
    ]


def _letters(text: str) -> int:
    return len("".join(text.split()))
