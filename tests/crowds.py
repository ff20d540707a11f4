"""A crowd at once: in threads with connections of their own, or over HTTP before real servers."""

from __future__ import annotations

import http.client
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection

from accounts.models import User
from accounts.security.store import SessionStore
from core.domain import clock
from core.domain.rules import Refused

_TOKEN = "a" * 32


def at_once(deeds: Iterable[Callable[[], Any]], threads: int = 10) -> list[Any]:
    """What each deed gave, or the exception that it raised; ``threads`` of them begin together."""
    deeds = list(deeds)
    start = Barrier(min(threads, len(deeds)))

    def run(number: int) -> Any:
        if number < start.parties:
            start.wait(20)
        try:
            return deeds[number]()
        except Exception as error:  # the tests look at every one
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(start.parties) as pool:
        return list(pool.map(run, range(len(deeds))))


def and_close[Made](deed: Callable[[], Made]) -> Callable[[], Made]:
    """The deed of a thread, whose connection is given back afterwards."""

    def run() -> Made:
        try:
            return deed()
        finally:
            connection.close()

    return run


def codes(outcomes: Iterable[Any]) -> Counter[str]:
    """The codes of the refusals; whatever else was raised fails."""
    outcomes = list(outcomes)
    unexpected = [o for o in outcomes if isinstance(o, Exception) and not isinstance(o, Refused)]
    assert unexpected == []
    return Counter(o.verdict.code for o in outcomes if isinstance(o, Refused))


def crowd(number: int) -> list[User]:
    """So many people."""
    return User.objects.bulk_create(
        User(email=f"crowd{n}@viche.example", given_name=f"Людина {n}", password="!")
        for n in range(number)
    )


def sessions(people: list[User]) -> list[str]:
    """The key of a session for each."""
    store, expires = SessionStore(), clock.now().replace(year=clock.now().year + 1)
    rows = [
        Session(
            session_key=f"{place:032}",
            session_data=store.encode(
                {
                    SESSION_KEY: str(person.pk),
                    BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: person.get_session_auth_hash(),
                }
            ),
            expire_date=expires,
        )
        for place, person in enumerate(people)
    ]
    return [each.session_key for each in Session.objects.bulk_create(rows)]


def post(port: int, path: str, session: str, form: Mapping[str, Any]) -> int | None:
    """The status of the answer of a server of this machine; None when none came."""
    headers = {
        "Cookie": f"{settings.CSRF_COOKIE_NAME}={_TOKEN}; {settings.SESSION_COOKIE_NAME}={session}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode({"csrfmiddlewaretoken": _TOKEN, **form})
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        asking.request("POST", path, body, headers)
        answer = asking.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return None
    else:
        return answer.status
    finally:
        asking.close()


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something that others do; fails after so many seconds."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)
