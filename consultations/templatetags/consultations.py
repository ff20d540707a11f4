"""The draft's text with where remarks gather, and the pager of remarks."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from consultations.models import Consultation
from consultations.reading import Filters
from core.paging import Page
from core.templatetags.components import heat, icon
from drafts.models import Clause

register = template.Library()

#: (clause id, language) -> the clause's text before its margin. Published clauses never change.
_drawn: dict[tuple[int, str | None], SafeString] = {}
_MOST_DRAWN = 20_000


@register.simple_tag
def draft_text(
    consultation: Consultation, clauses: list[tuple[Clause, int]], most: int
) -> SafeString:
    """The text, clause by clause, each with its count of remarks and the way to speak of it.

    Built without a template: hundreds of clauses stand on a page, and all but the counts is the
    same for every reader of a version. ``clauses``: (clause, remarks about it); ``most``: those of
    the fullest clause.
    """
    page = consultation.get_absolute_url()
    speak = reverse("consultations:speak", args=[consultation.pk])
    remarks = reverse("consultations:remarks", args=[consultation.pk])
    is_open = consultation.state == "open"
    parts = ['<div class="draft-text">']
    for clause, count in clauses:
        parts.append(_text(clause))
        if clause.text:
            parts.append(_margin(clause, count, most, page, remarks, speak if is_open else ""))
        parts.append("</div></section>")
    parts.append("</div>")
    return mark_safe("".join(parts))


def _text(clause: Clause) -> SafeString:
    key = (clause.pk, get_language())
    drawn = _drawn.get(key)
    if drawn is None:
        if len(_drawn) >= _MOST_DRAWN:
            _drawn.clear()
        marker = format_html('<span class="clause__marker">{}</span>', clause.marker)
        drawn = _drawn[key] = format_html(
            '<section class="clause clause--{} clause--depth-{}" id="c-{}" aria-label="{}">'
            '<div class="clause__row"><div class="clause__body">{}'
            '<div class="clause-text" data-clause="{}">{}</div></div>',
            clause.kind,
            clause.depth,
            clause.key,
            clause.label or clause.get_kind_display(),
            marker if clause.marker else "",
            clause.key,
            mark_safe(clause.html) if clause.html else clause.text,
        )
    return drawn


def _margin(
    clause: Clause, count: int, most: int, page: str, remarks: str, speak: str
) -> SafeString:
    shown = format_html(
        '<a class="govuk-link clause__count" href="{}?clause={}#remarks-region"'
        ' data-clause-count="{}"{}>{}<span data-count-clause="{}">{}</span></a>',
        page,
        clause.key,
        clause.key,
        mark_safe("") if count else mark_safe(" hidden"),
        _heat(count, most),
        clause.key,
        _counted(count),
    )
    say = (
        format_html(
            '<a class="govuk-link" href="{0}?clause={1}" hx-get="{0}?clause={1}"'
            ' hx-target="#speak-{1}" data-remark-open="{1}">{2} {3}</a>',
            speak,
            clause.key,
            icon("remark"),
            _("Comment"),
        )
        if speak
        else ""
    )
    return format_html(
        '<div class="clause__margin">{}{}</div><div class="speak-place" id="speak-{}"></div>',
        shown,
        say,
        clause.key,
    )


def _counted(count: int) -> str:
    return ngettext("%(count)d remark", "%(count)d remarks", count) % {"count": count}


def _heat(count: int, most: int) -> SafeString:
    drawn = heat(count, most)
    bars = "".join(
        f'<rect class="heat__{"on" if on else "off"}" x="{x}" width="6" height="8"/>'
        for x, on in drawn["marks"]
    )
    return mark_safe(
        f'<svg class="heat" viewBox="0 0 38 8" width="38" height="8" aria-hidden="true"'
        f' focusable="false" data-level="{drawn["level"]}">{bars}</svg>'
    )


@register.inclusion_tag("components/pager.html")
def remark_pager(consultation: Consultation, filters: Filters, page: Page[Any]) -> dict[str, str]:
    """Next and previous remarks, as addresses of the whole page."""

    def address(cursor: str) -> str:
        if not cursor:
            return ""
        query = filters.query(after=cursor)
        return f"{consultation.get_absolute_url()}?{query}#remarks-region"

    return {
        "previous_url": address(page.previous_cursor),
        "next_url": address(page.next_cursor),
        "label": _("Remarks"),
    }
