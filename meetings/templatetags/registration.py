"""Template tags of registration: what of a meeting's page is the reader's own."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest

from core.web.personal_parts import personal_part
from meetings.registration import queries

register = template.Library()


@personal_part(register, "meetings/own_registration.html")
def own_registration(request: HttpRequest, meeting_id: int) -> dict[str, Any] | None:
    """The reader's registration: one query for whoever is signed in, one more for who waits for a
    place.
    """
    user = request.user
    own = queries.own_registration(meeting_id, user) if user.is_authenticated else None
    return {"own": own, "meeting": {"pk": meeting_id}} if own else None
