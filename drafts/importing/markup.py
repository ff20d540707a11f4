"""The HTML of a clause.

Its text content is exactly the clause's text, so that the place of a selection in the page is its
place in the text.
"""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser
from itertools import pairwise

import nh3

from drafts.importing.blocks import Cell, Span, join_spans

TAGS = {"b", "i", "u", "sub", "sup", "br", "table", "thead", "tbody", "tr", "th", "td"}
_MANY = 300  # marks in one paragraph: noise of an editor, not emphasis
_ATTRIBUTES = {"th": {"colspan", "rowspan", "scope"}, "td": {"colspan", "rowspan"}}


def of_text(text: str, spans: list[Span]) -> str:
    """Return the marked-up text; a line break stays in it, after a `<br>`."""
    if len(spans) > _MANY:
        spans = []
    edges = sorted({0, len(text), *(s.start for s in spans), *(s.end for s in spans)})
    parts = []
    for start, end in pairwise(edges):
        tags = sorted({s.tag for s in spans if s.start <= start and end <= s.end})
        piece = escape(text[start:end], quote=False).replace("\n", "<br>\n")
        parts.append(
            "".join(f"<{tag}>" for tag in tags)
            + piece
            + "".join(f"</{tag}>" for tag in reversed(tags))
        )
    return _clean("".join(parts))


def of_table(rows: list[list[Cell]]) -> str:
    """Return the table; the tabs and line breaks of its text stand between cells and rows."""
    headers = 0
    while headers < len(rows) and all(cell.header for cell in rows[headers]):
        headers += 1
    if headers == len(rows):
        headers = 0
    head = "\n".join(_row(row, in_head=True) for row in rows[:headers])
    body = "\n".join(_row(row, in_head=False) for row in rows[headers:])
    head = f"<thead>{head}\n</thead>" if head else ""
    return _clean(f"<table>{head}<tbody>{body}</tbody></table>")


def _row(row: list[Cell], *, in_head: bool) -> str:
    cells = []
    for cell in row:
        tag = "th" if cell.header else "td"
        size = "".join(
            f' {name}="{value}"'
            for name, value in (("colspan", cell.colspan), ("rowspan", cell.rowspan))
            if value > 1
        )
        scope = f' scope="{"col" if in_head else "row"}"' if cell.header else ""
        text = escape(cell.text, quote=False).replace("\n", "<br>\n")
        cells.append(f"<{tag}{scope}{size}>{text}</{tag}>")
    return "<tr>" + "\t".join(cells) + "</tr>"


def _clean(html: str) -> str:
    return nh3.clean(html, tags=TAGS, attributes=_ATTRIBUTES, link_rel=None)


class _Marks(HTMLParser):
    """Reads the marks back from what `of_text` wrote."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.spans: list[Span] = []
        self.open: list[tuple[str, int]] = []
        self.length = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "br":
            self.open.append((tag, self.length))

    def handle_endtag(self, tag: str) -> None:
        if self.open:
            opened, start = self.open.pop()
            self.spans.append(Span(start, self.length, opened))

    def handle_data(self, data: str) -> None:
        self.length += len(data)


def spans_of(html: str) -> list[Span]:
    """Return the marks of a clause's HTML as spans over its text."""
    reader = _Marks()
    reader.feed(html)
    reader.close()
    return join_spans(reader.spans)
