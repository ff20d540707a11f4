"""Posting remarks on one hot consultation by 32 signed-in clients.

Beside a bare insert, and beside a form that does nothing: session, user, CSRF and all middleware.
"""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import count
from urllib.parse import urlencode, urlsplit

import psycopg
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.middleware.csrf import get_token
from django.test import RequestFactory

from accounts.models import User
from accounts.security.store import SessionStore
from benchmarks import ground
from consultations.models import Remark, RemarkCount
from discussions.models import Comment

CLIENTS = 32
#: Of what is said, over all clients and the warm-up.
_numbers = count(1)
WORDS = "Просимо передбачити у цьому пункті безбар’єрний доступ і місце для візочків, бо зараз "


@dataclass
class Tally:
    """What the clients saw."""

    accepted: int = 0
    acknowledged: int = 0  # with those of the warm-up
    refused: Counter[str] = field(default_factory=Counter)  # by the answer's first line
    times: list[float] = field(default_factory=list)
    until: float = 0.0

    def row(self, name: str) -> tuple[object, ...]:
        """What it says, as a row of the table."""
        times = sorted(self.times)
        return (
            name,
            f"{self.accepted / ground.SECONDS:.0f}",
            f"{times[len(times) // 2] * 1000:.1f}",
            f"{times[int(len(times) * 0.99)] * 1000:.1f}",
            self.refused.total(),
        )


def main() -> None:
    floor = _floor()
    number = ground.consultation_with(50)
    before = Remark.objects.filter(consultation=number).count()
    clauses = list(
        Remark.objects.filter(consultation=number, clause_key__isnull=False)
        .values_list("clause_key", flat=True)
        .distinct()[:20]
    )
    people = [
        sign_in(user) for user in User.objects.filter(is_active=True, mandates=None)[:CLIENTS]
    ]
    with ground.pages() as base:
        nothing = asyncio.run(_post(f"{base}/empty/", people))
        speak = f"{base}/consultations/{number}/speak/"
        tally = asyncio.run(_post(speak, people, [str(key) for key in clauses]))
    rows = [
        ("bare INSERT and commit, 8 connections", f"{floor:.0f}", "", "", ""),
        nothing.row(f"a form that does nothing, {CLIENTS} clients"),
        tally.row(f"remarks, {CLIENTS} clients"),
    ]
    ground.table(
        "Posting remarks on one consultation (granian, 2 workers × 1 thread)",
        ("what", "per second", "p50 ms", "p99 ms", "refused"),
        rows,
    )
    written = Remark.objects.filter(consultation=number).count() - before
    total = RemarkCount.objects.get(consultation=number, clause_key=None).remarks
    shown = Comment.objects.filter(
        remark__consultation=number, hidden_at=None, deleted_at=None
    ).count()
    for line, times_seen in tally.refused.items():
        print(f"refused: {times_seen} × {line}")
    print(
        f"\nacknowledged {tally.acknowledged} = rows {written};"
        f" count {total} = visible rows {shown}"
    )
    if tally.acknowledged != written or total != shown:
        raise SystemExit("the counts do not agree")


def _floor() -> float:
    """One-row inserts a second, each committed, by 8 connections: the machine's own limit."""
    seconds = min(ground.SECONDS, 4)

    async def insert(connection: psycopg.AsyncConnection) -> int:
        done, until = 0, time.monotonic() + seconds
        while time.monotonic() < until:
            await connection.execute("INSERT INTO bench_floor (words) VALUES ('x')")
            done += 1
        return done

    async def run() -> int:
        url = os.environ["DATABASE_URL"]
        connections = [
            await psycopg.AsyncConnection.connect(url, autocommit=True) for _ in range(8)
        ]
        await connections[0].execute(
            "CREATE TABLE IF NOT EXISTS bench_floor (id bigserial PRIMARY KEY, words text)"
        )
        done = await asyncio.gather(*(insert(connection) for connection in connections))
        for connection in connections:
            await connection.close()
        return sum(done)

    return asyncio.run(run()) / seconds


def sign_in(user: User) -> tuple[str, str]:
    """The Cookie header of a session of the person, and the token of its forms."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    UserSession.objects.create(user=user, session_key=session.session_key, ip=ground.HOST)
    request = RequestFactory().get("/")
    token = get_token(request)
    cookies = SimpleCookie(
        {
            settings.SESSION_COOKIE_NAME: session.session_key,
            settings.CSRF_COOKIE_NAME: request.META["CSRF_COOKIE"],
        }
    )
    return "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items()), token


async def _post(url: str, people: list[tuple[str, str]], clauses: Sequence[str] = ()) -> Tally:
    """All people sending forms to the address: remarks on clauses, or nothing at all."""
    tally = Tally()
    warm = Tally(until=time.monotonic() + ground.WARM_UP)
    await asyncio.gather(*(_client(url, one, clauses, warm, i) for i, one in enumerate(people)))
    tally.until = time.monotonic() + ground.SECONDS
    await asyncio.gather(*(_client(url, one, clauses, tally, i) for i, one in enumerate(people)))
    tally.acknowledged = tally.accepted + warm.accepted
    return tally


async def _client(
    url: str, person: tuple[str, str], clauses: Sequence[str], tally: Tally, seat: int
) -> None:
    """One person posting as fast as the server answers, on one connection."""
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    cookie, token = person
    # Each says something else each time: the same words twice in a day are asked about (ADR 116).
    for said in _numbers:
        if time.monotonic() >= tally.until:
            break
        fields = {"csrfmiddlewaretoken": token}
        if clauses:
            fields |= {
                "kind": "remark",
                "text": f"{WORDS}{seat}.{said}",
                "clause": clauses[(seat + said) % len(clauses)],
            }
        body = urlencode(fields).encode()
        head = (
            f"POST {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\n"
            f"Cookie: {cookie}\r\nHX-Request: true\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        begun = time.perf_counter()
        writer.write(head.encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", answer)
        await reader.readexactly(int(length[1]) if length else 0)
        tally.times.append(time.perf_counter() - begun)
        if answer.startswith((b"HTTP/1.1 200", b"HTTP/1.1 302")):
            tally.accepted += 1
        else:
            tally.refused[answer.partition(b"\r\n")[0].decode()] += 1
    writer.close()
