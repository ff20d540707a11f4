"""Places of clauses in a Word file that we wrote, kept in bookmarks, and the tree that they give.

A bookmark stays with its paragraph when Word splits, moves or saves it, and is not copied with it.
It says what the paragraph was (kind, role, depth, how long its number is) and a checksum of its
words. An unchanged paragraph is exactly what it was; one whose number is of another form now, or
that has no bookmark, is new and placed by its number.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from drafts.importing.blocks import Block, cut
from drafts.importing.counted import read_kept
from drafts.importing.lines import TITLE_NOUN
from drafts.importing.markers import Form, Marker, recognise
from drafts.importing.node import LIST_RANK, RANKS, Node

_NAME = re.compile(
    r"_viche_\d{1,6}_([a-z]{5,10})_([tqc]?l?)_(\d{1,3})_(\d{1,2})_([0-9a-f]{8})", re.ASCII
)
_KINDS = {*RANKS, "preamble", "clause", "subclause", "paragraph", "table"}
_KIND_OF_FORM = {
    Form.ANNEX: "annex",
    Form.APPROVED: "annex",
    Form.SECTION: "section",
    Form.CHAPTER: "chapter",
    Form.ARTICLE: "article",
    Form.CLAUSE: "clause",
    Form.CAPITAL: "clause",
    Form.DOTTED: "clause",
    Form.PAREN: "subclause",
    Form.LETTER: "subclause",
    Form.ROMAN: "subclause",
}
_LISTED = ("clause", "subclause")
_FULL_SHARE = 2  # a file is ours where at least one block of two has a place


@dataclass(frozen=True, slots=True)
class Place:
    """Former place of a paragraph or a table: ``kind`` and ``role`` of `drafts.models.Clause`,
    its depth from 0, the length of its printed number, the checksum of all that it printed, and
    whether its number is a Latin letter."""

    kind: str
    role: str
    depth: int
    marker: int
    checksum: str
    latin: bool = False

    def name(self, position: int) -> str:
        """Return the bookmark's name, at most 40 characters as Word allows."""
        role = self.role[:1] + "l" * self.latin
        return f"_viche_{position}_{self.kind}_{role}_{self.depth}_{self.marker}_{self.checksum}"


def checksum(printed: str) -> str:
    """Return the checksum of the words that a clause prints, its number included."""
    return f"{zlib.crc32(printed.encode()):08x}"


def read_place(name: str) -> Place | None:
    """Return the place that a bookmark's name says; None where the bookmark is not ours."""
    found = _NAME.fullmatch(name)
    if found is None or found[1] not in _KINDS:
        return None
    role = found[2].removesuffix("l")
    latin = role != found[2]
    return Place(found[1], role, int(found[3]), int(found[4]), found[5], latin=latin)


def rebuild(blocks: Sequence[Block]) -> list[Node] | None:
    """Return the tree of a file that we wrote; None where it is not such a file."""
    placed = sum(block.place is not None for block in blocks)
    if not placed or placed * _FULL_SHARE < len(blocks):
        return None
    tree = _Tree()
    for block in blocks:
        tree.add(block)
    return tree.nodes


class _Tree:
    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.open: list[Node] = []  # by depth

    def add(self, block: Block) -> None:
        place = block.place
        line = block.text.replace("\n", " ")
        marker = recognise(line) if block.rows is None else None
        if place and place.checksum == checksum(block.text):
            marker = self._kept_marker(line, place)
        elif place is None or not _is_alike(place, marker):
            place = None
        if block.rows is not None:
            depth = place.depth if place else self._depth_of_words()
            self._append(Node("table", block.text, rows=block.rows), depth)
        elif place:
            node = _node(place.kind, block, marker if place.marker else None)
            node.title, node.quoted = place.role == "t", place.role == "q"
            node.closing = place.role == "c"
            self._append(node, place.depth)
        else:
            self._add_new(block, marker)

    def _kept_marker(self, line: str, place: Place) -> Marker | None:
        """The marker of an unchanged paragraph; a number that an officer gave may be of no form."""
        if not place.marker:
            return None
        printed, rest = line[: place.marker], line[place.marker :]
        beside = [n for n in self.open if n.depth == place.depth]
        known = read_kept(
            printed,
            place.kind,
            latin=place.latin,
            text=rest.lstrip(),
            before=beside[-1].marker if beside else None,
        )
        number = known.number if known else printed.strip(' .)("«„“”')
        form, value = (known.form, known.value) if known else (Form.BULLET, ())
        taken = place.marker + len(rest) - len(rest.lstrip())
        return Marker(
            form,
            number,
            value,
            printed,
            taken,
            sub=known.sub if known else 0,
            quoted=bool(known and known.quoted),
        )

    def _append(self, node: Node, depth: int) -> None:
        node.depth = min(depth, len(self.open))
        del self.open[node.depth :]
        node.parent = self.open[-1] if self.open else None
        if node.title and node.parent and (found := TITLE_NOUN.search(node.text)):
            node.parent.name = found[0].capitalize()
        self.open.append(node)
        self.nodes.append(node)

    def _add_new(self, block: Block, marker: Marker | None) -> None:
        """A paragraph that somebody typed: beside the one that its number follows."""
        if marker is None or marker.form is Form.BULLET:
            self._append(_node("paragraph", block, marker), self._depth_of_words())
            return
        kind = _KIND_OF_FORM[marker.form]
        if kind in RANKS:
            wider = sum(RANKS.get(node.kind, LIST_RANK) < RANKS[kind] for node in self.open)
            self._append(_node(kind, block, marker), wider)
            return
        alike = [n for n in self.open if n.form is marker.form and n.marker]
        follows = [n for n in alike if n.marker and marker.follows(n.marker)]
        beside = next(reversed(follows or ([] if marker.is_first else alike)), None)
        node = _node(beside.kind if beside else kind, block, marker)
        self._append(node, beside.depth if beside else self._depth_of_words())

    def _depth_of_words(self) -> int:
        """The depth of what stands under the last number or title."""
        over = [n for n in self.open if n.kind in (*RANKS, *_LISTED) and not n.title]
        return over[-1].depth + 1 if over else 0


def _is_alike(place: Place, marker: Marker | None) -> bool:
    """Whether a paragraph with other words than it had is still of the kind that it was."""
    if marker is None:
        return not place.marker
    if marker.form is Form.BULLET:
        return place.kind == "paragraph"
    kind = _KIND_OF_FORM[marker.form]
    return bool(place.marker) and (kind == place.kind or {kind, place.kind} <= {*_LISTED})


def _node(kind: str, block: Block, marker: Marker | None) -> Node:
    rest = cut(block, marker.length) if marker else block
    return Node(kind, rest.text, marker, spans=rest.spans)
