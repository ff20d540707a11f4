"""Sessions: who one brings and with which rights, where one is signed in, and ending them."""

from __future__ import annotations

from collections import OrderedDict
from time import monotonic
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import get_user
from django.db.models.functions import Now
from django.http import HttpRequest

from accounts.models import Anybody, User
from accounts.security import actions
from accounts.security.proofs import is_second_factored
from accounts.security.store import NOTED_FOR

_MOST_NOTED = 20_000
#: The attribute of a request in which Django, too, keeps whom its session brings.
_LOADED = "_cached_user"
#: The only one: whoever signs in, by whatever means, is signed in by it.
_BACKEND = settings.AUTHENTICATION_BACKENDS[0]
_noted: OrderedDict[str, float] = OrderedDict()


def with_verified_rights[Person](user: Person, session: Any) -> Person:
    """The user of a session, with the rights of staff only if the session has proved them."""
    if isinstance(user, User):
        user.second_factored = is_second_factored(session, user)
    return user


class _Holder:
    def __init__(self, session: Any) -> None:
        self.session = session


def user_from_session(session: Any) -> Anybody:
    """The user of a session, for code without a request (sockets)."""
    # get_user asks of a request for its session alone.
    user = session.pop_user(_BACKEND) or get_user(_Holder(session))  # type: ignore[arg-type]
    return with_verified_rights(user, session)


def load_user(request: HttpRequest) -> Anybody:
    """Load the user of a request's session; read once."""
    user: Anybody | None = getattr(request, _LOADED, None)
    if user is None:
        user = user_from_session(request.session)
        setattr(request, _LOADED, user)
    return user


def touch(request: HttpRequest) -> None:
    """Note that a session is in use: once in ten minutes, whatever process it comes to."""
    user: Anybody | None = getattr(request, _LOADED, None)
    if user is None or not user.is_authenticated or not request.session.session_key:
        return
    key = request.session.session_key
    is_noted = getattr(request.session, "is_noted", False)
    if is_noted or monotonic() - _noted.get(key, -NOTED_FOR) < NOTED_FOR:
        return
    mark_seen(key)
    UserSession.objects.filter(session_key=key).update(last_seen_at=Now())


def mark_seen(session_key: str) -> None:
    """The session begins now: it need not be noted before ten minutes have passed."""
    _noted[session_key] = monotonic()
    _noted.move_to_end(session_key)
    if len(_noted) > _MOST_NOTED:
        _noted.popitem(last=False)


def new_device(request: HttpRequest, user: User) -> None:
    """Somebody has just signed in where the account was not used before: its owner is told."""
    row = UserSession.objects.filter(session_key=request.session.session_key).first()
    if row is not None:
        actions.new_device_seen(user, row.pk)
