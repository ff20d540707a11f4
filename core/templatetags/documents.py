"""Blocks of a document on a page (core/export/document.py); its files say the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.export.document import Block, Heading, List, Mark, Table, Words, step_headings, to_runs
from core.templatetags.languages import lang_parts

register = template.Library()


@register.inclusion_tag("components/document.html")
def document_blocks(blocks: Iterable[Block]) -> dict[str, Any]:
    """The blocks of a document, or some of them; headings begin at level 2 of the page."""
    return {"blocks": (_block_context(block) for block in step_headings(blocks))}


def _block_context(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level + 1, "text": _html(block.text)}
    if isinstance(block, List):
        items = [_html(item) for item in block.items]
        return {"kind": "list", "items": items, "is_ordered": block.is_ordered}
    if isinstance(block, Table):
        titles = [column.title for column in block.columns]
        rows = (
            [(title, _html(cell)) for title, cell in zip(titles, row, strict=True)]
            for row in block.rows
        )
        return {"kind": "table", "caption": block.caption, "titles": titles, "rows": rows}
    return {"kind": "paragraph", "text": _html(block.text)}


def _html(words: Words) -> SafeString:
    """A text as HTML. What is put in and taken out is said in words too, because assistive
    technology passes over ins and del."""
    return format_html_join("", "{}", ((_mark_text(run.text, run.mark),) for run in to_runs(words)))


def _mark_text(text: str, mark: Mark) -> SafeString:
    lines = [str(lang_parts(conditional_escape(line))) for line in text.split("\n")]
    inner = mark_safe("<br>".join(lines))  # each is escaped
    if mark == Mark.STRONG:
        return format_html("<strong>{}</strong>", inner)
    if mark == Mark.PLAIN:
        return inner
    said = _("[added:") if mark == Mark.INSERTED else _("[removed:")
    return format_html(
        '<{tag}><span class="govuk-visually-hidden">{said} </span>{inner}'
        '<span class="govuk-visually-hidden"> {end}</span></{tag}>',
        tag=mark,
        said=said,
        inner=inner,
        end=_("end]"),
    )
