"""The HTML of a clause. Its text content is exactly the clause's text, so that the place of a
selection in the page is its place in the text."""

from __future__ import annotations

from html import escape

import nh3

from drafts.importing.blocks import Cell, Span

TAGS = {"b", "i", "u", "sub", "sup", "br", "table", "thead", "tbody", "tr", "th", "td"}
_MANY = 300  # marks in one paragraph: noise of an editor, not emphasis
_ATTRIBUTES = {"th": {"colspan", "rowspan", "scope"}, "td": {"colspan", "rowspan"}}


def of_text(text: str, spans: list[Span]) -> str:
    """Return the marked-up text; a line break stays in it, after a `<br>`."""
    if len(spans) > _MANY:
        spans = []
    edges = sorted({0, len(text), *(s.start for s in spans), *(s.end for s in spans)})
    parts = []
    for start, end in zip(edges, edges[1:], strict=False):
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
