"""Build the tree of blocks: sections, articles, numbered clauses, paragraphs, annexes, tables.

What belongs to what is read from the printed numbers alone: a number goes on with the nearest
list that it can continue, the first number of a form opens a new list, a heading or an annex
closes all lists. Nothing is ever dropped: the printed numbers and texts of the nodes, in order,
are the source.
"""

from __future__ import annotations

from dataclasses import replace

from drafts.importing.annexes import is_requisite, owner_of
from drafts.importing.blocks import TITLE_BY_LOOK, Block, cut
from drafts.importing.lines import (
    FINISHED,
    QUOTE_CLOSED,
    SENTENCE,
    TITLE_NOUN,
    is_capitalised,
    may_sign,
    title_like,
)
from drafts.importing.lookahead import (
    chapter_places,
    is_in_capitals,
    may_be_chapter,
    rules_before_siblings,
    signature_places,
)
from drafts.importing.markers import LISTS, Form, Marker, is_capitals
from drafts.importing.node import LIST_RANK, RANKS, Node, narrowness, rank
from drafts.importing.numbers import lines_of, markers_of

_KINDS = {Form.SECTION: "section", Form.CHAPTER: "chapter", Form.ARTICLE: "article"}

_LONGEST_TITLE = 6  # lines
_MOST_REQUISITES = 15  # lines of «Рішення міської ради», «24 листопада 2026 року № 15»


def build(blocks: list[Block]) -> list[Node]:
    """Return the nodes of the document in its order; a parent precedes its children."""
    return _Builder(lines_of(blocks)).build()


class _Builder:
    """The open nodes (`stack`, widest first) and the rules of what closes them."""

    def __init__(self, blocks: list[Block]) -> None:
        self.blocks = blocks
        self.markers = markers_of(blocks)
        self.nodes: list[Node] = []
        self.stack: list[Node] = []
        self.started = False  # a structural node was met: the preamble is over
        self.closing = False
        self.at = 0
        self.section: Marker | None = None  # the last one of the open annex
        self.ends = signature_places(blocks, self.markers)
        self.chapters = chapter_places(blocks, self.markers)
        self.siblings = rules_before_siblings(self.markers)

    def build(self) -> list[Node]:
        while self.at < len(self.blocks):
            block, marker = self.blocks[self.at], self.markers[self.at]
            if marker and marker.form is Form.SECTION and not self._is_section(marker):
                marker = None
            if marker and not block.heading and self._is_rule_in_capitals(marker):
                marker = self.markers[self.at] = replace(marker, form=Form.DOTTED)
            if block.rows is not None:
                self._append(Node("table", block.text, rows=block.rows), self._top())
            elif marker is None or marker.form is Form.BULLET:
                self._plain(block, marker)
            elif marker.form in (Form.ANNEX, Form.APPROVED):
                self._annex(block, marker)
            elif self._is_title(block, marker):
                self._structural(block, marker, "chapter" if self._in_section() else "section")
            elif marker.form in LISTS:
                self._listed(block, marker)
            else:
                self._structural(block, marker, _KINDS[marker.form])
            self.at += 1
        if not self.started:
            for node in self.nodes:
                node.kind = "paragraph" if node.kind == "preamble" else node.kind
        return self.nodes

    # -- the tree ---------------------------------------------------------------------------

    def _append(self, node: Node, parent: Node | None, *, opens: bool = False) -> Node:
        node.parent = parent
        node.depth = parent.depth + 1 if parent else 0
        node.quoted = node.quoted or bool(parent and parent.quoted)
        self.nodes.append(node)
        if opens:
            self.stack.append(node)
        return node

    def _node(self, kind: str, block: Block, marker: Marker | None) -> Node:
        rest = cut(block, marker.length) if marker else block
        return Node(kind, rest.text, marker, spans=rest.spans)

    def _top(self) -> Node | None:
        return self.stack[-1] if self.stack else None

    def _close(self, width: int) -> None:
        """Close every open node of the rank `width` or narrower."""
        while self.stack and rank(self.stack[-1]) >= width:
            self.stack.pop()

    def _close_to(self, node: Node | None) -> None:
        """Close the open nodes until `node` is the narrowest one."""
        while self.stack and self.stack[-1] is not node:
            self.stack.pop()

    # -- annexes, sections, articles ----------------------------------------------------------

    def _annex(self, block: Block, marker: Marker) -> None:
        node = self._node("annex", block, marker)
        self.started, self.closing, self.section = True, False, None
        take = 0
        while take < _MOST_REQUISITES and is_requisite(
            self.blocks, self.markers, self.at + 1, marker.form, node.text
        ):
            self.at += 1
            take += 1
            node.text = f"{node.text}\n{self.blocks[self.at].text}".strip()
        parent = owner_of(node, self.stack)
        self._close_to(parent)
        self._append(node, parent, opens=True)
        self._title(node)

    def _title(self, annex: Node) -> None:
        """Take the lines after the opening of an annex for its title."""
        title: Node | None = None
        last = min(self.at + _LONGEST_TITLE, len(self.blocks) - 1)
        while self.at < last:
            block, marker = self.blocks[self.at + 1], self.markers[self.at + 1]
            if marker or block.rows is not None:
                return
            if title is None and block.text[0] in "({":  # «(у редакції рішення № 5)»
                self._append(Node("paragraph", block.text, spans=block.spans), annex)
                self.at += 1
                continue
            styled_apart = title is not None and self.blocks[self.at].heading == 1 != block.heading
            if styled_apart or not title_like(block):
                return
            beyond = self.at + 2
            before_number = beyond < len(self.blocks) and (
                self.markers[beyond] is not None or self.blocks[beyond].rows is not None
            )
            if title is None:
                if not (is_capitalised(block.text) or block.heading):
                    return
                title = self._append(Node("heading", block.text, spans=block.spans), annex)
                title.title = True
            elif (
                block.text[0] not in '«"„'
                and is_capitalised(block.text)
                and not before_number
                and not is_capitals(block.text)
            ):
                return
            else:
                title.text, title.spans = f"{title.text}\n{block.text}", []
            if not annex.name and (found := TITLE_NOUN.search(block.text)):
                annex.name = found[0].capitalize()
            self.at += 1

    def _is_section(self, marker: Marker) -> bool:
        """«І. Іваненко» may be a signature: a bare Roman number must start or go on a list."""
        if not may_sign(self.blocks[self.at], marker):
            return True
        if self.section:
            return marker.follows(self.section)
        return marker.is_first and not self.ends[self.at]

    def _is_rule_in_capitals(self, marker: Marker) -> bool:
        """Whether «2. ЗАЯВКИ ПРИЙМАЮТЬСЯ» stands among rules: its capitals make it no section."""
        if not is_in_capitals(marker) or self._follows_title(marker):
            return False
        rules = [n for n in self.stack if rank(n) >= LIST_RANK]
        alone = not rules and self.at in self.siblings
        return alone or bool(self._next(rules, replace(marker, form=Form.DOTTED)))

    def _follows_title(self, marker: Marker) -> bool:
        titles = [n for n in self.stack if n.printed[:1].isdigit() and rank(n) < LIST_RANK]
        return bool(titles and titles[-1].marker and marker.follows(titles[-1].marker))

    def _in_section(self) -> bool:
        """Whether a section «І.» or «Розділ 1» is open: «1. Назва» in it is a chapter."""
        return any(n.kind == "section" and not n.printed[:1].isdigit() for n in self.stack)

    def _is_title(self, block: Block, marker: Marker) -> bool:
        """Whether «1. Назва» is a title over clauses: it looks so, or numbers start anew in it."""
        if len(marker.value) != 1:
            return False
        if marker.form is Form.SECTION:
            return marker.printed[:1].isdigit()
        if marker.form is not Form.DOTTED:
            return False
        if block.heading:
            return True
        if any(n.quoted or n.kind == "article" for n in self.stack):
            return False
        alike = self.chapters.get(self.at, 0)
        if alike > 1 or (alike and self._in_section()):
            return True
        # A later title may have nothing numbered under it.
        lists = [n for n in self.stack if rank(n) >= LIST_RANK]
        return (
            self._follows_title(marker)
            and may_be_chapter(block, marker)
            and not self._next(lists, marker)
        )

    def _structural(self, block: Block, marker: Marker, kind: str) -> None:
        self.started, self.closing = True, False
        node = self._node(kind, block, marker)
        if kind == "section":
            self.section = marker
        if (place := self._quotation(marker, kind)) is not None:
            self._close_to(place)
            node.quoted = True
        else:
            self._close(rank(node))
        self._append(node, self._top(), opens=True)
        if not node.text:
            self._name(node)

    def _quotation(self, marker: Marker, kind: str) -> Node | None:
        """The clause that puts an article (a section, a chapter) into another act, or none."""
        before = self.nodes[-1].text if self.nodes else ""
        if not marker.quoted:
            inner = next((n for n in self.stack if n.quoted and n.kind == kind), None)
            goes_on = inner and inner.marker and marker.follows(inner.marker)
            return inner.parent if inner and goes_on and not QUOTE_CLOSED.search(before) else None
        outer = [n for n in self.stack if not n.quoted]
        own = any(n.kind == kind for n in self.stack) and before[-1:] != ":"
        return outer[-1] if outer and rank(outer[-1]) >= LIST_RANK and not own else None

    def _name(self, node: Node) -> None:
        """Take the line after a bare «Розділ I» or «Стаття 4» for its name."""
        at = self.at + 1
        if at < len(self.blocks) and not self.markers[at] and self.blocks[at].rows is None:
            block = self.blocks[at]
            beyond = self.markers[at + 1] if at + 1 < len(self.blocks) else None
            sure = node.kind != "article" or beyond or block.heading or is_capitals(block.text)
            if sure and title_like(block) and is_capitalised(block.text):
                node.text, node.spans = block.text, block.spans
                self.at = at

    # -- numbered clauses ---------------------------------------------------------------------

    def _listed(self, block: Block, marker: Marker) -> None:
        parent, quoted = self._place(marker)
        nested = any(rank(n) >= LIST_RANK for n in self.stack[: self._index(parent) + 1])
        sub = nested and narrowness(marker.form) > 0
        node = self._node("subclause" if sub else "clause", block, marker)
        node.quoted = quoted
        self.started, self.closing = True, False
        self._close_to(parent)
        self._append(node, parent, opens=True)

    def _index(self, node: Node | None) -> int:
        return self.stack.index(node) if node else -1

    def _place(self, marker: Marker) -> tuple[Node | None, bool]:
        """Return the parent of a numbered line, and whether a quotation starts with it."""
        lists = [n for n in self.stack if rank(n) >= LIST_RANK]
        outer = [n for n in lists if not n.quoted]
        inner = [n for n in lists if n.quoted]
        if marker.quoted:
            return (outer[-1] if outer else self._container()), True
        if inner:
            own, quotation = self._next(outer, marker), self._next(inner, marker)
            closed = QUOTE_CLOSED.search(self.nodes[-1].text)
            chosen = (own or quotation) if closed else (quotation or own)
            if chosen:
                return chosen.parent, chosen.quoted
            if not closed and marker.is_first and not _of_form(inner, marker.form):
                return inner[-1], False
            lists = outer if closed else lists
        return self._by_number(lists, marker), False

    def _next(self, lists: list[Node], marker: Marker) -> Node | None:
        """The narrowest open node of the list that `marker` is the next number of."""
        for node in reversed(lists):
            if node.marker and node.marker.is_like(marker) and marker.follows(node.marker):
                return node
        return None

    def _by_number(self, lists: list[Node], marker: Marker) -> Node | None:
        if len(marker.value) > 1:
            return self._by_prefix(lists, marker)
        if previous := self._next(lists, marker):
            return previous.parent
        same = [n for n, known in _of_form(lists, marker.form) if len(known.value) == 1]
        same = [n for n in same if n.marker and n.marker.is_like(marker)]
        if marker.is_first:
            # «а) …:» may hold «1)» although «1)» usually holds «а)».
            if lists and not same and lists[-1].text.endswith(":"):
                return lists[-1]
            if same:
                return same[-1].parent
        else:
            later = [n for n in same if n.marker and marker.is_after(n.marker)]
            if later or same:
                return (later or same)[-1].parent
        wider = [n for n in lists if narrowness(n.form) < narrowness(marker.form)]
        return wider[-1] if wider else self._container()

    def _by_prefix(self, lists: list[Node], marker: Marker) -> Node | None:
        """The parent of «2.1» is «2», be it a clause or a section; else it stands for itself."""
        # «4.2» after «г)» of 4.1: the fourth letter is no «4».
        figures = marker.form in (Form.DOTTED, Form.CLAUSE)
        for node in reversed(self.stack):
            if node.kind == "annex":
                break
            if node.marker and node.kind in ("section", "chapter", "clause", "subclause"):
                listed = figures and narrowness(node.form) > 0
                if node.marker.value == marker.value[:-1] and not listed:
                    return node
                same = node.form is marker.form and len(node.marker.value) == len(marker.value)
                if same and node.marker.value[:-1] == marker.value[:-1]:
                    return node.parent
        wider = [n for n in lists if not (figures and n.form in (Form.LETTER, Form.ROMAN))]
        for length in range(len(marker.value) - 1, 0, -1):
            for node in reversed(wider):
                if node.marker and node.marker.value == marker.value[:length]:
                    return node
        return self._container()

    def _container(self) -> Node | None:
        """The narrowest open node that is not a numbered clause."""
        return next((n for n in reversed(self.stack) if rank(n) < LIST_RANK), None)

    # -- everything else ----------------------------------------------------------------------

    def _plain(self, block: Block, marker: Marker | None) -> None:
        if not self.started and not (self.nodes and 1 < block.heading < TITLE_BY_LOOK):
            kind = "heading" if 0 < block.heading < TITLE_BY_LOOK else "preamble"
            self._append(self._node(kind, block, marker), None)
            return
        if marker is None and self._is_heading(block):
            self.started, self.closing = True, False
            self._close(RANKS["heading"])
            self._append(self._node("heading", block, None), self._top(), opens=True)
            return
        if marker is None and self._is_closing(block):
            self.closing = True
            self._close(RANKS["section"])
        node = self._node("paragraph", block, marker)
        node.closing = self.closing
        if (beside := self._beside(block)) is not None:
            self._close_to(beside.parent)
        self._append(node, self._top())

    def _beside(self, block: Block) -> Node | None:
        """The open list after which «…:» introduces another of its form, or none."""
        following = self.markers[self.at + 1] if self.at + 1 < len(self.blocks) else None
        if not following or not following.is_first or following.quoted or block.text[-1] != ":":
            return None
        if following.form is Form.DOTTED or any(n.quoted for n in self.stack):
            return None
        lists = [n for n in self.stack if rank(n) >= LIST_RANK]
        same = [n for n, known in _of_form(lists, following.form) if len(known.value) == 1]
        return same[-1] if same else None

    def _is_heading(self, block: Block) -> bool:
        """Whether a line without a number is a heading over what follows."""
        if block.heading:
            return True
        text = block.text
        if not title_like(block) or not is_capitalised(text):
            return False
        if is_capitals(text):
            return True
        if self.closing or self.at + 1 >= len(self.blocks):
            return False
        before, after = self.nodes[-1], self.blocks[self.at + 1]
        finished = before.kind == "heading" or bool(FINISHED.search(before.text))
        speaks = len(after.text) > 150 or after.text[-1] in ".;:"
        return finished and before.text[-1:] != ":" and speaks and after.rows is None

    def _is_closing(self, block: Block) -> bool:
        """Whether the line starts what stands after the last clause: who signs, where, when."""
        before = self.nodes[-1]
        return (
            not self.closing
            and self.ends[self.at]
            and any(rank(n) > 0 for n in self.stack)
            and title_like(block)
            and block.text[:1].isupper()
            and bool(SENTENCE.search(before.text))
        )


def _of_form(nodes: list[Node], form: Form) -> list[tuple[Node, Marker]]:
    return [(n, n.marker) for n in nodes if n.marker and n.marker.form is form]
