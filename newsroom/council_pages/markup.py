"""Markdown of the council's pages, made into safe HTML.

More than what people write may hold (core/web/markup.py): headings, tables, links to pages of the
site, to mailboxes and telephones. Pictures and raw HTML stay the text that they are. The page's
title is its only heading of the first level, so ``#`` begins a section.
"""

from __future__ import annotations

from functools import lru_cache
from html import unescape

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from core.db.search import document

_TAGS = {
    *("h2", "h3", "h4", "p", "br", "hr", "em", "strong", "ul", "ol", "li", "blockquote", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
# "*": nh3 would otherwise let titles and languages through on every tag.
_ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "ol": {"start"}, "th": {"scope"}, "*": set()}
_SCHEMES = {"http", "https", "mailto", "tel"}
_DEEPEST = 12  # lists and quotations inside each other
# A wide table scrolls in its own place, which the keyboard reaches.
_TABLE = '<div class="scroll" tabindex="0"><table>'


def html(text: str) -> SafeString:
    """Safe HTML of a page's text."""
    cleaned = nh3.clean(
        _parser().render(text),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener",
    ).strip()
    framed = cleaned.replace("<table>", _TABLE).replace("</table>", "</table></div>")
    return mark_safe(framed)


def plain(text: str) -> str:
    """The words of a page's text alone, for the search."""
    return unescape(nh3.clean(_parser().render(text).replace("<", " <"), tags=set()))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST}).enable("table")
    parser.disable(["image", "code", "fence", "html_block", "html_inline"])
    parser.core.ruler.push("levels", _set_levels)
    return parser


def _set_levels(state: StateCore) -> None:
    """A rule for the parser: headings begin at the second level and skip none; cells that head a
    column say so."""
    level = 1
    for token in state.tokens:
        if token.type == "heading_open":
            level = min(int(token.tag[1]) + 1, level + 1, 4)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{level}"
        elif token.type == "th_open":
            token.attrs = {"scope": "col"}
        elif token.type == "td_open":
            token.attrs = {}


def words_of(title: str, text: str, title_en: str, text_en: str) -> str:
    """The words of a page in both languages, for ``Page.search``."""
    return document(A=f"{title}\n{title_en}", D=f"{plain(text)}\n{plain(text_en)}")
