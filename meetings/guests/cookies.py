"""The cookie of a guest of the hall: a random key of one meeting, and nothing else."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from meetings.guests.actions import digest_of
from meetings.models import Guest

COOKIE = "__Host-guest" if settings.SECURE else "guest"
#: Seconds: the longest meeting, with its breaks. The key is worth nothing from the close on.
_TERM = 24 * 60 * 60
#: No key of ours is longer.
_LONGEST = 64


def guest_of(request: HttpRequest, meeting_id: int) -> Guest | None:
    """The guest whose device this is, in this meeting: one query where it has the cookie at all;
    None for people with an account, who act by that."""
    key = request.COOKIES.get(COOKIE, "")
    if request.user.is_authenticated or not key or len(key) > _LONGEST:
        return None
    found = Guest.objects.filter(digest=digest_of(key), meeting=meeting_id)
    return found.select_related("meeting").first()


def give_cookie(response: HttpResponse, key: str) -> None:
    """Let the device keep the key: no script reads it, no other site sends it."""
    response.set_cookie(
        COOKIE, key, max_age=_TERM, secure=settings.SECURE, httponly=True, samesite="Lax"
    )


def take_cookie(response: HttpResponse) -> None:
    """Let the device forget it."""
    response.delete_cookie(COOKIE, samesite="Lax")
