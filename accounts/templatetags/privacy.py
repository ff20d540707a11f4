"""Template tags for the register of personal data (accounts/data/register.py)."""

from __future__ import annotations

from django import template

from accounts.data.queries import Chapter, named_until, register_by_purpose, words_of
from accounts.data.register import PersonalData
from core.domain.retention import period_of

register = template.Library()


@register.simple_tag
def held_by_purpose() -> list[Chapter]:
    """Each purpose with the kinds of data that are held for it."""
    return register_by_purpose()


@register.simple_tag
def kept_for(period: str) -> str:
    """A retention period in words: ``{% kept_for "unconfirmed" %}``."""
    return words_of(period_of(period))


@register.filter(name="named_until")
def _named_until(entry: PersonalData) -> str:
    """Until when what outlives the account says who it was, in words."""
    return named_until(entry)
