"""Template tags of cards of polls."""

from __future__ import annotations

from django import template

from votes import cards
from votes.models import Poll

register = template.Library()


@register.filter
def for_whom(poll: Poll) -> str:
    """People who may vote, in a few words."""
    return cards.for_whom(poll)
