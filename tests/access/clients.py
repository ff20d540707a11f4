"""One request or one socket in somebody's name, and what is answered, as a word."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.client import ClientHandler
from django.urls import Resolver404, resolve

from realtime.watch import ANYONE, may_watch, person_of

#: Tables in which a request itself leaves a trace: counts of tries, sessions, who looked,
#: and figures that are made at the first look.
_TRACES = (
    *("core_limit", "core_cache", "django_session", "usersessions_usersession"),
    *("accounts_look", "appeals_reading", "appeals_figuresedition"),
)
#: As pg_stat_xact_user_tables, whose other columns and indexes take four times as long.
_WRITTEN = """
SELECT relname, rows FROM pg_class, LATERAL (
    SELECT pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
        + pg_stat_get_xact_tuples_deleted(oid) AS rows
) written
WHERE relkind IN ('r', 'm', 'p') AND rows > 0 AND NOT relname = ANY(%s)
    AND relnamespace <> ALL(ARRAY['pg_catalog', 'information_schema']::regnamespace[])
"""
#: The transaction, and where its server's log ends; only tables of _TRACES are not logged.
_PLACE = "SELECT pg_catalog.transaction_timestamp(), pg_current_wal_insert_lsn()::text"
_LED = {
    "account_login": "in",
    **dict.fromkeys(
        (f"account_reauthenticate{how}" for how in ("", "_mail", "_paper")),
        "again",
    ),
    **dict.fromkeys(
        (
            *("mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
            "account_factor_needed",
        ),
        "factor",
    ),
}


#: Loads the middleware once, and not for each request.
_HANDLER = ClientHandler(enforce_csrf_checks=False)

#: An address and what is sent to it.
Step = tuple[str, dict[str, Any]]


class _Asking(Client):
    """A client that copies no contexts of templates, which nobody reads here."""

    def request(self, **request: Any) -> Any:
        response = _HANDLER(self._base_environ(**request))
        self.cookies.update(response.cookies)
        return response


@dataclass(frozen=True)
class RoleClient:
    """Somebody at the routes: the cookies and headers of her requests."""

    cookies: dict[str, str]
    headers: dict[str, str]

    def ask(
        self,
        verb: str,
        address: str,
        data: Any = None,
        *,
        as_json: bool = False,
        after: Step | None = None,
    ) -> str:
        """The answer's word; everything the request stored is taken back.

        ``after``: a form that she sends before, where a route is open only to whoever came by it.
        """
        client = _Asking(headers=self.headers)
        for name, value in self.cookies.items():
            client.cookies[name] = value
        kind = {"content_type": "application/json"} if as_json else {}
        sent = json.dumps(data) if as_json and data is not None else data
        with _undone():
            if after:
                client.post(*after)
            return self._asked(client, verb, address, sent, kind)

    def watch(self, topic: str) -> str:
        """Whether a socket opens, as its consumer asks: by the session alone."""
        session = self.cookies.get(settings.SESSION_COOKIE_NAME, "")
        user = person_of(session)[0] if session else ANYONE
        return "200" if may_watch(user, topic) else "403"

    def _asked(self, client: Client, verb: str, address: str, sent: Any, kind: Any) -> str:
        with _watched() as stored:
            send = getattr(client, verb.lower())
            response = send(address, **({"data": sent} if sent is not None else {}), **kind)
        if response.streaming:
            list(response)  # reading to the end closes the file
        return f"{_word(response)}{'+' if stored else ''}"


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _watched() -> Iterator[list[str]]:
    """The tables in which something was stored meanwhile."""
    stored: list[str] = []
    before = _written()
    yield stored
    stored += _written() - before


def _written() -> Counter[str]:
    """How many rows of each table this transaction has written."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACE)
        return _written_until(cursor.fetchone())


@lru_cache(maxsize=1)
def _written_until(_place: tuple[Any, ...]) -> Counter[str]:
    """Counted anew where the server, which is this worker's own, has logged anything since."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN, [list(_TRACES)])
        return Counter(dict(cursor.fetchall()))


def _word(response: Any) -> str:
    if response.status_code not in (301, 302):
        return str(response.status_code)
    path = urlsplit(response["Location"]).path
    try:
        name = resolve(path).view_name
    except Resolver404:
        name = ""
    return _LED.get(name, str(response.status_code))


def role_client(user: Any = None, **how: Any) -> RoleClient:
    """Somebody with a session of her own (``how``: of force_login), or nobody."""
    if user is None:
        return RoleClient({}, {})
    client = Client()
    client.force_login(user, lasts=7200, **how)  # asking all routes takes minutes
    return RoleClient({name: cookie.value for name, cookie in client.cookies.items()}, {})


def program(token: str) -> RoleClient:
    """A program with a token and no cookie."""
    headers = {"Authorization": f"Bearer {token}"}
    Client(headers=headers).get("/api/v1/consultations/")  # the day of its use is written down
    return RoleClient({}, headers)
