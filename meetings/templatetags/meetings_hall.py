"""Template tags of the hall: what of it is the reader's own on a meeting's page."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest

from core.web.personal_parts import personal_part
from meetings.hall.queries import is_in_hall, own_hand_in

register = template.Library()


@personal_part(register, "meetings/own_hall.html")
def own_hall(request: HttpRequest, meeting_id: int, is_running: bool) -> dict[str, Any] | None:
    """The reader's presence in the hall, and their raised hand, while the meeting goes on: two
    queries for whoever is signed in. To others, that they can sign in.
    """
    user = request.user
    if not is_running:
        return None
    if not user.is_authenticated:
        return {"is_stranger": True}
    is_here, hand = is_in_hall(meeting_id, user), own_hand_in(meeting_id, user)
    if not is_here and hand is None:
        return None
    return {"is_here": is_here, "hand": hand, "meeting": {"pk": meeting_id}}
