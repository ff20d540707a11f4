"""The template tag of what a card says to its reader."""

from __future__ import annotations

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.for_whom import DONE, ForReader, PageCards, own
from core.templatetags.components import icon
from core.web.personal_parts import personal_part

register = template.Library()


@personal_part(register)
def own_card(request: HttpRequest, kind: str, pk: int, cards: PageCards) -> SafeString | None:
    """The card's text for its reader; ``cards``: all of the page, asked at once."""
    user = request.user
    if not user.is_authenticated or not cards:
        return None
    told = getattr(request, "own_cards", None)
    if told is None:
        told = own(user, cards, request.get_full_path())
        request.own_cards = told  # type: ignore[attr-defined]  # ours
    reader = told.get(kind, {}).get(pk)
    return _render_card(reader) if reader else None


def _render_card(reader: ForReader) -> SafeString:
    """Without a template: a page has a dozen of them, and each reader gets their own."""
    sign = icon("done") if reader.kind == DONE else ""
    link = ""
    if reader.url:
        link = format_html(' <a class="govuk-link" href="{}">{}</a>', reader.url, reader.link)
    return format_html(
        '<p class="for-reader for-reader--{}">{} {}{}</p>', reader.kind, sign, reader.words, link
    )
