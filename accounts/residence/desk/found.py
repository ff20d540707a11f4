"""People whom an officer has just looked up: only their pages may be opened.

Their addresses hold a number, which could be counted up; so a search leaves in the session whom it
found, for half an hour.
"""

from __future__ import annotations

import time
from collections.abc import Iterable

from django.http import Http404, HttpRequest

from accounts.models import User
from accounts.residence import queries

_KEY = "people_found"
_SECONDS = 30 * 60
_MOST = 50


def remember(request: HttpRequest, people: Iterable[User]) -> None:
    """Let the officer open the pages of these people for half an hour from now."""
    until = int(time.time()) + _SECONDS
    found = _load_found(request) | {str(user.pk): until for user in people}
    request.session[_KEY] = dict(sorted(found.items(), key=lambda item: item[1])[-_MOST:])


def person_or_404(request: HttpRequest, pk: int) -> User:
    """The person, if the officer has looked them up; Http404 for whoever was not looked up."""
    if str(pk) not in _load_found(request):
        raise Http404
    user = queries.person(pk)
    if user is None:
        raise Http404
    return user


def _load_found(request: HttpRequest) -> dict[str, int]:
    now = time.time()
    kept = request.session.get(_KEY) or {}
    return {pk: until for pk, until in kept.items() if until > now}
