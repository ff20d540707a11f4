"""Share links of public pages in networks and messengers: addresses, and the card."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from core.export.prints.card import Card, draw_card


def share_context(page: str, card: str, *args: Any) -> dict[str, str]:
    """``page_url`` and ``card_url`` for templates/components/social.html, in the active language.

    ``page``: the path of the page; ``card``: the route of its card, with its arguments.
    """
    return {
        "page_url": settings.SITE_URL + page,
        "card_url": settings.SITE_URL + reverse(card, args=args),
    }


def card_response(card: Card) -> HttpResponse:
    """The card as PNG, 1200 × 630, in the active language."""
    return HttpResponse(draw_card(card, get_language() or ""), content_type="image/png")
