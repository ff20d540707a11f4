"""Markdown: headings, lists and tables, with the numbers that are written, not recounted ones."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from drafts.importing.blocks import Block, Cell, paragraph, table, tidy
from drafts.importing.markers import recognise

_MARKS = {"strong": "b", "em": "i"}
#: Marks whose ends are looked for through the whole paragraph: more of them than this are noise.
_MANY = 2_000
_RULES = {"[": ("link", "image", "reference"), "*": ("emphasis",), "_": ("emphasis",)}
_RULES |= {"`": ("backticks",), "<": ("autolink",)}


def read(text: str) -> list[Block]:
    """Return the blocks of the document."""
    blocks: list[Block] = []
    number = ""
    heading = 0
    rows: list[list[Cell]] = []
    for token in _parser(text).parse(text):
        kind = token.type
        if kind == "list_item_open":
            number = f"{token.info}{token.markup}" if token.info else "•"
        elif kind == "heading_open":
            heading = int(token.tag[1])
        elif kind == "tr_open":
            rows.append([])
        elif kind in ("th_open", "td_open"):
            rows[-1].append(Cell("", header=kind == "th_open"))
        elif kind == "table_close":
            blocks.extend(table(rows))
            rows = []
        elif kind in ("code_block", "fence", "html_block"):
            # An indented line is deeper in an act, not a piece of code.
            for line in tidy(token.content).split("\n"):
                blocks.extend(paragraph([(_with_number(number, line), frozenset())]))
                number = ""
        elif kind == "inline" and rows:
            rows[-1][-1].text = tidy("".join(piece for piece, _ in _pieces(token)))
        elif kind == "inline":
            pieces = list(_pieces(token))
            if number:
                pieces.insert(0, (f"{number} ", frozenset()))
            blocks.extend(paragraph(pieces, heading))
            number, heading = "", 0
    return blocks


def _parser(text: str) -> MarkdownIt:
    """Return a parser without the rules that would take too long over this text."""
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 40}).enable("table")
    for mark, rules in _RULES.items():
        if text.count(mark) > _MANY:
            parser.disable(list(rules))
    return parser


def _with_number(number: str, line: str) -> str:
    return f"{number} {line}" if number else line


def _pieces(token: Token) -> Iterator[tuple[str, frozenset[str]]]:
    """The texts of a paragraph with their marks; a line that starts with a number stays one."""
    marks: list[str] = []
    children = token.children or []
    for at, child in enumerate(children):
        name = child.type.removesuffix("_open").removesuffix("_close")
        if name in _MARKS:
            if child.nesting > 0:
                marks.append(_MARKS[name])
            else:
                marks.pop()
        elif child.type == "softbreak":
            following = children[at + 1].content if at + 1 < len(children) else ""
            yield ("\n" if recognise(following.lstrip()) else " "), frozenset()
        elif child.type == "hardbreak":
            yield "\n", frozenset()
        elif child.content:
            yield child.content, frozenset(marks)
