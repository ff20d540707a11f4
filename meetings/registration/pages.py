"""Contexts of registration on the page of a meeting. No request, no user."""

from __future__ import annotations

from typing import Any

from meetings.presenters import ShownMeeting
from meetings.registration.queries import registration_of


def registration_context(shown: ShownMeeting) -> dict[str, Any]:
    """Whether people register, and how many places are left: one query where they are counted."""
    return shown.context(registration=registration_of(shown.meeting, shown.now))
