"""Template tags of consultations: the draft's text with its counts, remarks and their pager."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.eligibility import Requirement, meets
from consultations import cards, pages
from consultations.costs.rules import can_cost
from consultations.models import Consultation, State
from consultations.presenters import ShownAnswer, ShownConsultation, ShownRemark
from consultations.remarks.filters import Filters
from consultations.remarks.participation import eligibility_for
from consultations.reports import documents
from consultations.reports.queries import ShownRow
from core.db.paging import Page
from core.templatetags import languages
from core.templatetags.components import heat_level, shorten
from core.web.personal_parts import personal_part
from core.web.render_cache import key_of_row, render_part
from drafts.clauses.contents import Part, PartKind, parts_of
from drafts.clauses.keys import anchor_of, short_key_of
from drafts.models import Clause
from drafts.versions.published import Text, text_of
from organisations.models import Organisation

register = template.Library()

#: From how many clauses on a text is long: its untouched annexes are folded.
LONG_TEXT = 40


@personal_part(register, "consultations/taking_part.html")
def taking_part(
    request: HttpRequest, requirement: Requirement, who: str, age: str, back: str
) -> dict[str, Any] | None:
    """People who may take part, for a reader who is not signed in; else the requirements that they
    lack.

    ``back``: the page to which they come back from where they get it. A query for a reader, where
    organisations take part two.
    """
    user = request.user
    if not user.is_authenticated:
        return {"who": who, "age": age}
    verdict = meets(eligibility_for(user, requirement), requirement)
    return None if verdict else {"verdict": verdict, "back": back}


@register.simple_tag
def draft_text(
    shown: ShownConsultation, text: Text, counts: dict[UUID, int], most: int
) -> SafeString:
    """The text, clause by clause, each with its count of remarks and the way to speak of it.

    Built without a template: hundreds of clauses stand on a page, and all but the counts is the
    same for every reader. ``counts``: remarks by clause key; ``most``: those of the fullest one.
    """
    is_open = shown.state == State.OPEN
    asks_costs = is_open and shown.consultation.procedure.is_about_business
    parts = ['<div class="draft-text">']
    word = _("Remarks:")
    pieces = _pieces(text.version_id, is_open, asks_costs, get_language() or "")
    opening, closing = _folds(text, counts)
    for at, (key, before, after) in enumerate(pieces):
        if at in opening:
            parts.append(opening[at])
        parts.append(before)
        if after and (count := counts.get(key)):
            parts.append(_count(word, key, count, most))
        parts.append(after)
        if at + 1 in closing:
            parts.append("</div></details>")
    parts.append("</div>")
    return mark_safe("".join(parts))


def _folds(text: Text, counts: dict[UUID, int]) -> tuple[dict[int, SafeString], set[int]]:
    """Folds of the text where nobody has spoken: the opening markup by position, and the positions
    at which they end.

    A preamble is; an annex where people spoke of other clauses of a long text, so that the first
    to read a draft has all of its annexes before them.
    """
    opening, closing = {}, set()
    is_long = len(text.clauses) >= LONG_TEXT and any(counts.get(key) for key in text.by_key)
    for part in parts_of(text.version_id):
        within = text.clauses[part.start : part.end]
        is_untouched = not any(counts.get(clause.key) for clause in within)
        if is_untouched and (is_long or part.kind == PartKind.PREAMBLE):
            opening[part.start] = _summary(part, len(within))
            closing.add(part.end)
    return opening, closing


def _summary(part: Part, clauses: int) -> SafeString:
    """A folded part's line: what it is, and how much of it there is."""
    said = ngettext("%(number)d clause", "%(number)d clauses", clauses) % {"number": clauses}
    is_annex = part.kind == PartKind.ANNEX
    return format_html(
        '<details class="fold fold--{}"><summary class="fold__summary"><span class="fold__title">{}'
        '</span> <span class="fold__note">{}</span></summary><div class="fold__text">',
        part.kind,
        languages.wrapped(shorten(f"{part.label}. {part.title}", 90))
        if is_annex
        else _("Preamble"),
        _("%(clauses)s, no remarks yet") % {"clauses": said}
        if is_annex
        else languages.wrapped(shorten(part.title, 60)),
    )


@lru_cache(maxsize=128)
def _pieces(
    version_id: int, is_open: bool, asks_costs: bool, language: str
) -> tuple[tuple[UUID, str, str], ...]:
    """Each clause's key and its HTML before and after its count.

    A published version never changes, so this is drawn once a process, version and language.
    """
    return tuple(
        (clause.key, *_clause(clause, is_open, asks_costs))
        for clause in text_of(version_id).clauses
    )


@register.simple_tag
def clause_alone(clause: Clause) -> SafeString:
    """A clause of a text that is read without its remarks: its printed number and its words."""
    return format_html(
        '<div class="clause clause--{} clause--depth-{}"><div class="clause__row">'
        '<div class="clause__body"{}>{}<div class="clause-text">{}</div></div></div></div>',
        clause.kind,
        clause.depth,
        mark_safe(' tabindex="0"') if clause.kind == Clause.Kind.TABLE else "",
        format_html('<span class="clause__marker">{}</span>', clause.marker)
        if clause.marker
        else "",
        mark_safe(clause.html) if clause.html else clause.text,
    )


def _clause(clause: Clause, is_open: bool, asks_costs: bool) -> tuple[str, str]:
    """On a long draft each character weighs: addresses are relative to the consultation's page, and
    what scripts need to know of a clause is the id of its element."""
    marker = format_html('<span class="clause__marker">{}</span>', clause.marker)
    before = format_html(
        '<div class="clause clause--{} clause--depth-{}" id="{}">'
        '<div class="clause__row"><div class="clause__body"{}{}>{}'
        '<div class="clause-text">{}</div></div>',
        clause.kind,
        clause.depth,
        anchor_of(clause.key),
        # A wide table scrolls in its place, by keyboard too.
        mark_safe(' tabindex="0"') if clause.kind == Clause.Kind.TABLE else "",
        languages.attribute(clause.text),
        marker if clause.marker else "",
        mark_safe(clause.html) if clause.html else clause.text,
    )
    if not clause.text or _is_letterhead(clause):
        return f"{before}</div></div>", ""
    after = format_html(
        '{}{}</div><div class="speak-place"></div></div></div>',
        _speak(clause) if is_open else "",
        _ask_cost(clause) if asks_costs and can_cost(clause) else "",
    )
    return f'{before}<div class="clause__margin">', after


def _is_letterhead(clause: Clause) -> bool:
    """«МІСЬКА РАДА», «РІШЕННЯ»: printed above a decision, and nothing to speak of."""
    return clause.kind == Clause.Kind.PREAMBLE and clause.text.isupper()


def _speak(clause: Clause) -> SafeString:
    """One quiet sign, drawn by css/text.css; its words are for who does not see it."""
    label = clause.label or clause.get_kind_display()
    return format_html(
        '<a class="clause__speak" href="speak/?clause={}" data-remark-open>'
        '<span class="govuk-visually-hidden">{}: {}</span></a>',
        clause.short_key,
        _("Have your say"),
        languages.wrapped(label),
    )


def _ask_cost(clause: Clause) -> SafeString:
    return format_html(
        '<a class="govuk-link" href="costs/say/?clause={}" data-remark-open>{}'
        '<span class="govuk-visually-hidden">: {}</span></a>',
        clause.short_key,
        _("What would it cost you?"),
        languages.wrapped(clause.label or clause.get_kind_display()),
    )


def _count(word: str, key: UUID, count: int, most: int) -> str:
    """A clause's count, where there is one: js/clause-remarks.js keeps its number."""
    return (
        f'<a class="govuk-link clause__count" href="?clause={short_key_of(key)}#remarks-region">'
        f"{heat_bars(heat_level(count, most))}{word} <span>{count}</span></a>"
    )


@register.filter
def short_key(key: UUID) -> str:
    """The clause's short key in pages and URLs."""
    return short_key_of(key)


@cache
def heat_bars(level: int) -> SafeString:
    """Five marks, so many of them full; a picture beside a number, which says the same."""
    bars = "".join(
        f'<rect class="heat__{"on" if index < level else "off"}" x="{index * 8}"'
        ' width="6" height="8"/>'
        for index in range(5)
    )
    return mark_safe(
        '<svg class="heat" viewBox="0 0 38 8" width="38" height="8" aria-hidden="true"'
        f' focusable="false" data-level="{level}">{bars}</svg>'
    )


@register.simple_tag
def kept_remark(remark: ShownRemark, consultation: Consultation) -> SafeString:
    """A remark in the list. The hub draws the same part."""
    return render_part(
        "consultations/consultation_detail.html#remark",
        _key_of_remark(remark),
        lambda: {**pages.remark_part_context(remark), "consultation": consultation},
    )


def _key_of_remark(shown: ShownRemark) -> tuple[Any, ...]:
    """All that its part shows: its rows, what those who spoke are called, and which versions."""
    comment = shown.comment
    return (
        shown.text_number,
        shown.newest_text,
        shown.repeats,
        shown.place,
        shown.full_name,
        key_of_row(shown.remark),
        key_of_row(comment),
        comment.author and comment.author.public_name,
        key_of_row(comment.organisation),
        key_of_row(shown.remark.clause),
        shown.disposition
        and (key_of_row(shown.disposition.disposition), shown.disposition.resulting_label),
        tuple(_key_of_answer(each) for each in shown.official_answers),
    )


def _key_of_answer(shown: ShownAnswer) -> tuple[Any, ...]:
    answer = shown.answer
    return (
        key_of_row(answer),
        shown.department_name,
        answer.author and answer.author.public_name,
        answer.standing_in_for and answer.standing_in_for.public_name,
        tuple((key_of_row(each), each.by and each.by.public_name) for each in shown.earlier),
    )


@register.simple_tag
def size_name(size: str) -> str:
    """A size class of business in words; "" are all of them."""
    return str(Organisation.Size(size).label) if size else _("all sizes")


@register.inclusion_tag("components/pager.html")
def remark_pager(consultation: Consultation, filters: Filters, page: Page[Any]) -> dict[str, str]:
    """Next and previous remarks, as addresses of the whole page."""

    def url_of(cursor: str) -> str:
        if not cursor:
            return ""
        query = filters.query(after=cursor)
        return f"{consultation.get_absolute_url()}?{query}#remarks-region"

    return {
        "previous_url": url_of(page.previous_cursor),
        "next_url": url_of(page.next_cursor),
        "label": _("Remarks"),
    }


@register.filter
def report_cells(row: ShownRow) -> list[dict[str, str]]:
    """The cells of a row of a report, each with what its column is called."""
    titles = [column.title for column in documents.columns()]
    cells = zip(titles, documents.cells_of(row), strict=True)
    return [{"label": title, "text": text} for title, text in cells]


@register.filter
def for_whom_consulted(consultation: Consultation) -> str:
    """People who may take part, in a few words; "" where it is everybody."""
    return cards.for_whom(consultation)
