"""Filters of pauses."""

from __future__ import annotations

from django import template

from meetings.models import Pause
from meetings.pauses import words

register = template.Library()


@register.filter
def until(pause: Pause) -> str:
    """When the meeting goes on: «до 14:30»; "" where it was not said."""
    return words.until(pause)
