"""Template tags of guests of the hall."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template

from meetings.guests.cookies import guest_of
from meetings.guests.queries import ShownSignal, signals_context
from meetings.models import Meeting

register = template.Library()


@register.inclusion_tag("meetings/guest_way.html", takes_context=True)
def guest_way(context: dict[str, Any], meeting: Meeting, has_scanned: bool) -> dict[str, Any]:
    """Participation without an account, on the page of the hall: the code typed, the cookie given,
    or the way back for who has it. One query for who has a cookie.
    """
    request = context["request"]
    is_stranger = not request.user.is_authenticated
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "meeting": meeting,
        "has_scanned": has_scanned,
        "is_stranger": is_stranger,
        "guest": guest_of(request, meeting.pk) if is_stranger else None,
    }


@register.simple_tag
def guest_signals(meeting: Meeting, now: datetime) -> list[ShownSignal]:
    """Present signals of guests: one query."""
    return [each for each in signals_context(meeting, now) if each.number]
