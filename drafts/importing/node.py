"""Nodes of the imported tree, and how wide the kinds of clauses are."""

from __future__ import annotations

from dataclasses import dataclass, field

from drafts.importing.blocks import Cell, Span
from drafts.importing.markers import LISTS, Form, Marker


@dataclass(slots=True, eq=False)
class Node:
    """A clause to be. `kind` is a value of `drafts.models.Clause.Kind`."""

    kind: str
    text: str = ""
    marker: Marker | None = None
    parent: Node | None = None
    depth: int = 0
    spans: list[Span] = field(default_factory=list)
    rows: list[list[Cell]] | None = None
    quoted: bool = False  # inside words that an amending act puts into another act
    closing: bool = False  # signatures and the like, after the last clause
    title: bool = False  # the title of an annex: what follows is not part of it
    name: str = ""  # what an approved document calls itself: «Програма»
    label: str = ""

    @property
    def number(self) -> str:
        """The number alone: «2.1», «13-1», «а», «IV»."""
        return self.marker.number if self.marker else ""

    @property
    def printed(self) -> str:
        """The number as printed: «2.1.», «Стаття 13-1.»."""
        return self.marker.printed if self.marker else ""

    @property
    def form(self) -> Form | None:
        """The form of its printed number."""
        return self.marker.form if self.marker else None

    @property
    def is_numbered_clause(self) -> bool:
        """Whether it is a rule with a number, not a title over rules."""
        return self.kind in ("clause", "subclause")


#: From the widest; a node closes all that are as wide or narrower.
RANKS = {"annex": 0, "section": 10, "chapter": 20, "article": 30, "heading": 40}
LIST_RANK = 50
_NARROWNESS = {form: at - LISTS.index(Form.DOTTED) for at, form in enumerate(LISTS)}
#: What a chapter calls itself: how its label says so, and where it stands among chapters.
_CHAPTERS = {"підрозділ": ("підрозд.", -5), "§": ("§", 5), "параграф": ("§", 5)}


def chapter_word(printed: str) -> str:
    """Return what a chapter's label says before its number: «гл.», «підрозд.» or «§»."""
    return _chapter(printed)[0]


def _chapter(printed: str) -> tuple[str, int]:
    start = printed.lstrip('"«„“” ').lower()
    return next((known for word, known in _CHAPTERS.items() if start.startswith(word)), ("гл.", 0))


def rank(node: Node) -> int:
    """Return how wide an open node is: the wider, the less."""
    if node.quoted:
        return LIST_RANK
    if node.kind == "chapter":
        return RANKS["chapter"] + _chapter(node.printed)[1]
    return RANKS.get(node.kind, LIST_RANK)


def narrowness(form: Form | None) -> int:
    """Return how narrow a form of numbers is in lists: «1.» holds «1)», that holds «а)»."""
    return _NARROWNESS.get(form, 0) if form else 0
