"""What people call a clause: «п. 2.1», «ст. 5, ч. 2», «дод. 1, п. 3».

The abbreviations are those of Ukrainian legal writing; a draft is in Ukrainian whatever the
language of the page, so they are not translated.
"""

from __future__ import annotations

from collections import Counter

from drafts.importing.markers import Form
from drafts.importing.structure import Node

LONGEST = 200
_LONGEST_NAME = 40


def label(nodes: list[Node]) -> None:
    """Give every node its label."""
    annexes = _annex_names(nodes)
    repeated = _restarting(nodes)
    paragraphs: Counter[int] = Counter()
    tables: Counter[int] = Counter()
    preambles = sum(node.kind == "preamble" for node in nodes)
    preamble = 0
    for node in nodes:
        if node.kind == "preamble":
            preamble += 1
            node.label = "преамбула" if preambles == 1 else f"преамбула, абз. {preamble}"
        elif node.closing:
            node.label = _join([*_place(node.parent, annexes, repeated), "реквізити"])
        elif node.kind == "paragraph":
            owner = id(node.parent)
            base = _place(node.parent, annexes, repeated)
            if node.text.startswith("{"):
                node.label = _join([*base, "примітка"])
                continue
            paragraphs[owner] += 1
            # A numbered clause's own words are its first paragraph.
            first = 1 if _speaks(node.parent) else 0
            node.label = _join([*base, f"абз. {paragraphs[owner] + first}"])
        elif node.kind == "table":
            scope = _scope(node)
            tables[id(scope)] += 1
            base = _place(scope, annexes, repeated)
            node.label = _join([*base, f"табл. {tables[id(scope)]}"])
        elif node.title:
            node.label = _join([*_place(node.parent, annexes, repeated), "назва"])
        else:
            node.label = _join(_place(node, annexes, repeated))


def _speaks(node: Node | None) -> bool:
    return bool(node and node.text and node.kind in ("clause", "subclause"))


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


def _restarting(nodes: list[Node]) -> set[int]:
    """The scopes in which numbers start anew in each section, so a number alone is not enough."""
    seen: dict[tuple[int, str], Node | None] = {}
    restarting = set()
    for node in nodes:
        if node.kind == "clause" and not node.quoted and node.parent:
            if node.parent.kind not in ("section", "chapter"):
                continue
            key = (id(_scope(node)), node.number)
            if key in seen and seen[key] is not node.parent:
                restarting.add(key[0])
            seen.setdefault(key, node.parent)
    return restarting


def _place(node: Node | None, annexes: dict[int, str], repeated: set[int]) -> list[str]:
    """The parts of a node's label, the widest first."""
    chain = _chain(node)
    scope = id(_scope(node))
    in_article = any(n.kind == "article" and not n.quoted for n in chain)
    numbered = any(n.kind in ("clause", "subclause") for n in chain)
    parts: list[str] = []
    for at, part in enumerate(chain):
        last = part is node
        if part.kind == "annex":
            parts = [annexes[id(part)]]
        elif part.quoted:
            if part.marker:
                parts.append(_quoted(part))
        elif part.kind == "section":
            if last or (not in_article and (scope in repeated or not numbered)):
                parts.append(f"розд. {part.number}")
        elif part.kind == "chapter":
            if last or (not in_article and (scope in repeated or not numbered)):
                parts.append(f"гл. {part.number}")
        elif part.kind == "article":
            parts.append(f"ст. {part.number}")
        elif part.kind == "heading":
            if not numbered:
                parts.append(f"«{_shorten(part.text)}»")
        elif part.marker and not _is_prefix(part, chain[at + 1 :]):
            parts.append(f"{_word(part, in_article=in_article)} {_number(part)}")
    return parts


def _is_prefix(part: Node, rest: list[Node]) -> bool:
    """Whether a narrower number already says this one: «2.1» says «2»."""
    return any(
        n.form is Form.DOTTED and part.form is Form.DOTTED and len(n.marker.value) > 1
        for n in rest[:1]
        if n.marker and part.marker and n.marker.value[:-1] == part.marker.value
    )


def _word(node: Node, *, in_article: bool) -> str:
    if node.form is Form.DOTTED:
        return "ч." if in_article and len(node.marker.value) == 1 else "п."  # type: ignore[union-attr]  # a form is a marker's
    if node.form is Form.PAREN:
        return "підп." if node.kind == "subclause" and not in_article else "п."
    directly = node.parent is None or node.parent.form is not Form.PAREN
    return "п." if in_article and directly else "підп."


def _number(node: Node) -> str:
    return f"«{node.number}»" if node.form is Form.LETTER else node.number


def _quoted(node: Node) -> str:
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
