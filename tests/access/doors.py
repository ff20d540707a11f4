"""Knocking: one request or one socket in somebody's name, and what is answered, as a word."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve

#: Tables in which the knocking itself leaves a trace: counts of tries, sessions.
_TRACES = ("core_limit", "core_cache", "django_session", "usersessions_usersession")
_WRITTEN = """
SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables
WHERE n_tup_ins + n_tup_upd + n_tup_del > 0 AND NOT relname = ANY(%s)
"""
_LED = {"account_login": "in", "account_reauthenticate": "again"}


@dataclass(frozen=True)
class Knocker:
    """Somebody at the doors: the cookies and headers of her requests; ``user`` for sockets,
    to which a token opens nothing."""

    user: Any
    cookies: dict[str, str]
    headers: dict[str, str]

    def ask(self, verb: str, address: str, data: Any = None, *, as_json: bool = False) -> str:
        """The answer's word; everything the request stored is taken back."""
        client = Client(raise_request_exception=False, headers=self.headers)
        for name, value in self.cookies.items():
            client.cookies[name] = value
        kind = {"content_type": "application/json"} if as_json else {}
        sent = json.dumps(data) if as_json and data is not None else data
        with _undone(), _watched() as stored:
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
    return _LED.get(name, "factor" if name.startswith("mfa_") else str(response.status_code))


def knocker(user: Any = None, *, token: str = "") -> Knocker:
    """Somebody with a session of her own, with a token, or nobody."""
    cookies = {}
    if user is not None and not token:
        client = Client()
        client.force_login(user)
        cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    if token:  # the day of its use is written down at the first one
        Client(headers=headers).get("/api/v1/consultations/")
    return Knocker(None if token else user, cookies, headers)
