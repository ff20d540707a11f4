"""``client.force_login(user)``: signed in as people are, completely and just now.

Whoever works for the council has shown a second factor, so the desk is open to her; everybody
counts as freshly proved. ``client.force_login(mo, second_factor=False)`` is signed in by a password
alone, ``fresh=False`` an hour ago. allauth knows the session, as those of real sign-ins, with
``known=True``: its person is then read with it.
"""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts.allauth_compat import RECORDS_KEY, RECORDS_OWNER_KEY
from accounts.models import User
from accounts.security.proofs import FACTOR
from accounts.security.sessions import mark_seen

_force_login = Client.force_login


def force_login(
    client: Client,
    user: User,
    backend: str | None = None,
    *,
    second_factor: bool | None = None,
    fresh: bool = True,
    lasts: float = 0,
    known: bool = False,
) -> None:
    """``second_factor``: by default of staff alone. ``lasts``: seconds for which the proof stays
    fresh beyond its time."""
    _force_login(client, user, backend)
    shown = user.is_staff if second_factor is None else second_factor
    at = time.time() + (lasts if fresh else -3600)
    session = client.session
    session[RECORDS_OWNER_KEY] = str(user.pk)
    session[RECORDS_KEY] = [
        {"method": method, "at": at} for method in ("password", *([FACTOR] if shown else []))
    ]
    session.save()
    mark_seen(session.session_key)
    if known:
        UserSession.objects.create(user=user, session_key=session.session_key, ip="127.0.0.1")


@pytest.fixture(autouse=True, scope="session")
def complete_sign_in() -> Any:
    """All clients of all tests sign in so."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "force_login", force_login)
        yield
