"""Labels of clauses as people cite them: «п. 2.1», «ст. 5, ч. 2», «дод. 1, п. 3».

The abbreviations are those of Ukrainian legal writing; a draft is in Ukrainian whatever the
language of the page, so they are not translated.

No two clauses of a text have one label. Where numbers start anew, the label names what they
start anew in: the section and chapter, the heading, the list («ст. 92, перший перелік, п. 1»).
What the text itself does not tell apart is counted: «п. 1 (друга нумерація)».
"""

from __future__ import annotations

from collections import Counter, defaultdict

from drafts.importing.markers import LISTS, Form
from drafts.importing.node import Node, chapter_word

_STEMS = ["перш", "друг", "трет", "четверт", "п’ят", "шост", "сьом", "восьм", "дев’ят", "десят"]


def masculine(number: int) -> str:
    """Return «перший», «другий», «третій»…, from eleven on «11-й»."""
    if number > len(_STEMS):
        return f"{number}-й"
    return _STEMS[number - 1] + ("ій" if number == 3 else "ий")


def feminine(number: int) -> str:
    """Return «перша», «друга», «третя»…, from eleven on «11-та»."""
    if number > len(_STEMS):
        return f"{number}-та"
    return _STEMS[number - 1] + ("я" if number == 3 else "а")


LONGEST = 200
_LONGEST_NAME = 40
_CONTAINERS = ("annex", "section", "chapter", "heading")


def label(nodes: list[Node]) -> None:
    """Give every node its label."""
    labels = _Labels(nodes)
    for node in nodes:
        node.label = labels.next(node)


class _Labels:
    """The labels of one text; ask for them in document order."""

    def __init__(self, nodes: list[Node]) -> None:
        self.annexes = _annex_names(nodes)
        self.by_section, self.by_heading = _restarting(nodes)
        self.lists = _lists(nodes)
        self.again: dict[int, str] = {}  # what tells a node from an earlier one of its name
        self.taken: dict[str, int] = {}
        self.places: dict[int, list[str]] = {}  # of the parents asked for
        self.counted: Counter[tuple[str, int]] = Counter()
        self.totals = Counter(("closing", id(node.parent)) for node in nodes if node.closing)
        self.totals["preamble", 0] = sum(node.kind == "preamble" for node in nodes)

    def next(self, node: Node) -> str:
        """Return the label of the next node; nothing before it has the same."""
        parts = self._parts(node)
        text = _join(parts)
        if text not in self.taken:
            self.taken[text] = 1
            return text
        while True:
            self.taken[text] += 1
            again = f" ({_count_label(node, self.taken[text])})"
            distinct = text[: LONGEST - len(again)] + again
            if distinct not in self.taken:
                self.taken[distinct] = 1
                self.again[id(node)] = again
                return distinct

    def _parts(self, node: Node) -> list[str]:
        if node.kind == "preamble":
            count = self._count("preamble", None)
            return ["преамбула"] + ([f"абз. {count}"] if self.totals["preamble", 0] > 1 else [])
        if node.closing:
            count, of = self._count("closing", node.parent), self.totals["closing", id(node.parent)]
            return [*self._parent(node), "реквізити"] + ([f"рядок {count}"] if of > 1 else [])
        if node.kind == "paragraph" and node.text.startswith("{"):
            count = self._count("note", node.parent)
            return [*self._parent(node), "примітка" if count == 1 else f"примітка {count}"]
        if node.kind == "paragraph":
            # A numbered clause's own words are its first paragraph.
            first = 1 if _speaks(node.parent) else 0
            return [*self._parent(node), f"абз. {self._count('paragraph', node.parent) + first}"]
        if node.kind == "table":
            scope = _scope(node)
            return [*self._place(scope), f"табл. {self._count('table', scope)}"]
        if node.title:
            return [*self._parent(node), "назва"]
        return self._place(node) or ["текст"]

    def _count(self, what: str, owner: Node | None) -> int:
        self.counted[what, id(owner)] += 1
        return self.counted[what, id(owner)]

    def _parent(self, node: Node) -> list[str]:
        """The parts of the parent's label; it is asked for once for each of its children."""
        known = self.places.get(id(node.parent))
        if known is None:
            known = self.places[id(node.parent)] = self._place(node.parent)
        return known

    def _place(self, node: Node | None) -> list[str]:
        """The parts of a node's label, the widest first."""
        chain = _chain(node)
        scope = id(_scope(node))
        in_article = any(n.kind == "article" and not n.quoted for n in chain)
        last_number = max((at for at, n in enumerate(chain) if n.is_numbered_clause), default=-1)
        parts: list[str] = []
        for at, part in enumerate(chain):
            before = len(parts)
            over = at < last_number  # it stands over a number
            if part.kind == "annex":
                parts, before = [self.annexes[id(part)]], 0
            elif part.quoted:
                if part.marker:
                    parts.append(_quote_node(part))
            elif part.kind in ("section", "chapter"):
                if part is node or (not in_article and (scope in self.by_section or not over)):
                    word = "розд." if part.kind == "section" else chapter_word(part.printed)
                    parts.append(f"{word} {part.number}")
            elif part.kind == "article":
                parts.append(f"ст. {part.number}")
            elif part.kind == "heading":
                if not over or scope in self.by_heading:
                    parts.append(f"«{_shorten(part.text)}»")
            elif part.marker and not _is_prefix(part, chain[at + 1 :]):
                if at and (named := self.lists.get(id(part))):
                    parts.append(named)
                parts.append(f"{_word(part, in_article=in_article)} {_number(part)}")
            if len(parts) > before and (again := self.again.get(id(part))):
                parts[-1] += again
        return parts


def _count_label(node: Node, count: int) -> str:
    """Say which one of its name a node is."""
    if node.kind == "annex":
        return f"{masculine(count)} {'додаток' if node.form is Form.ANNEX else 'документ'}"
    if node.kind == "heading":
        return f"{masculine(count)} заголовок"
    if node.number:
        return f"{feminine(count)} нумерація"
    return f"{masculine(count)} фрагмент"


def _speaks(node: Node | None) -> bool:
    return bool(node and node.text and node.is_numbered_clause)


def _scope(node: Node | None) -> Node | None:
    """The annex that a node is in; None: the document itself."""
    while node and node.kind != "annex":
        node = node.parent
    return node


def _chain(node: Node | None) -> list[Node]:
    chain = []
    while node:
        chain.append(node)
        node = node.parent
    return chain[::-1]


def _annex_names(nodes: list[Node]) -> dict[int, str]:
    """Name each annex; a number that two of them share gets the name of its owner before it."""
    annexes = [node for node in nodes if node.kind == "annex"]
    numbers = Counter(node.number for node in annexes if node.form is Form.ANNEX)
    names: dict[int, str] = {}
    for node in annexes:
        if node.form is Form.APPROVED:
            names[id(node)] = node.name or "затверджений документ"
            continue
        name = f"дод. {node.number}" if node.number else "додаток"
        if numbers[node.number] > 1 and node.parent:
            name = f"{names[id(node.parent)]}, {name}"
        names[id(node)] = name
    return names


def _restarting(nodes: list[Node]) -> tuple[set[int], set[int]]:
    """The scopes where numbers start anew in each section or chapter, and in each heading."""
    seen: dict[tuple[int, str], Node] = {}
    seen_under: dict[tuple[int, str], Node] = {}
    by_section, by_heading = set(), set()
    for node in nodes:
        if node.kind != "clause" or node.quoted or not node.parent:
            continue
        above: Node | None = node.parent
        if above and above.kind == "heading":
            while above and above.kind == "heading":
                above = above.parent
            first = seen_under.setdefault((id(above), node.number), node.parent)
            if first is not node.parent:
                by_heading.add(id(_scope(node)))
        if above and above.kind in ("section", "chapter"):
            scope = id(_scope(node))
            if seen.setdefault((scope, node.number), above) is not above:
                by_section.add(scope)
    return by_section, by_heading


def _lists(nodes: list[Node]) -> dict[int, str]:
    """Name the lists of a clause or an article that has several with the same numbers."""
    children: dict[tuple[int, Form], list[Node]] = defaultdict(list)
    for node in nodes:
        listed = node.form in LISTS and node.is_numbered_clause and not node.quoted
        if listed and node.form and node.parent and node.parent.kind not in _CONTAINERS:
            children[id(node.parent), node.form].append(node)
    names: dict[int, str] = {}
    for items in children.values():
        if len({node.number for node in items}) == len(items):
            continue
        at = 1
        for before, node in zip([None, *items], items, strict=False):
            if before and not _goes_on(node, before):
                at += 1
            names[id(node)] = f"{masculine(at)} перелік"
    return names


def _goes_on(node: Node, before: Node) -> bool:
    return bool(node.marker and before.marker and node.marker.is_after(before.marker))


def _is_prefix(part: Node, rest: list[Node]) -> bool:
    """Whether a narrower number already says this one: «2.1» says «2»."""
    return any(
        n.form is Form.DOTTED and part.form is Form.DOTTED and len(n.marker.value) > 1
        for n in rest[:1]
        if n.marker and part.marker and n.marker.value[:-1] == part.marker.value
    )


def _word(node: Node, *, in_article: bool) -> str:
    if node.form is Form.CAPITAL:
        return "п."
    if node.marker and node.form in (Form.CLAUSE, Form.DOTTED):
        inside = node.parent is not None and node.parent.is_numbered_clause
        single = len(node.marker.value) == 1
        return "ч." if in_article and single and not inside else "п."
    if node.form is Form.PAREN:
        return "підп." if node.kind == "subclause" and not in_article else "п."
    directly = node.parent is None or node.parent.form is not Form.PAREN
    return "п." if in_article and directly else "підп."


def _number(node: Node) -> str:
    lettered = node.form in (Form.CAPITAL, Form.LETTER, Form.ROMAN)
    return f"«{node.number}»" if lettered else node.number


def _quote_node(node: Node) -> str:
    printed = node.printed.lstrip('"«„“” ')
    return f"«ст. {node.number}»" if node.kind == "article" else f"«{printed}»"


def _shorten(text: str) -> str:
    text = text.replace("\n", " ")
    if len(text) <= _LONGEST_NAME:
        return text
    return text[:_LONGEST_NAME].rsplit(" ", 1)[0] + "…"


def _join(parts: list[str]) -> str:
    text = ", ".join(parts)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
