"""The demo city's screens: one in the foyer with the agenda, one beside the press."""

from __future__ import annotations

from accounts.models import User
from core.domain import clock
from meetings.displays import actions, codes
from meetings.displays.actions import Look
from meetings.models import Meeting, Picture, Theme

_LOOKS = (
    Look(picture=Picture.AGENDA, name="Фойє, другий поверх"),
    Look(
        picture=Picture.ANNOUNCEMENT,
        words="Журналістів просимо до кімнати 214: там трансляція, розетки й чай.",
        theme=Theme.LIGHT,
        name="Біля преси",
    ),
)


def pair_displays(meeting: Meeting, *, by: User) -> None:
    """Pair them with a meeting, as if their codes had been typed."""
    for look in _LOOKS:
        code = codes.code_of(codes.new_screen(), clock.now())
        display = actions.pair(meeting, by=by, code=code)
        actions.change(display, by=by, look=look, seen_revision=display.revision)
