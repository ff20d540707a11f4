"""A storm of sign-ins while the home page is read; and whether time tells who has an account.

50 sign-ins a second arrive whether or not the ones before are answered, each from an address of
its own, with right passwords of the demo's residents. Argon2id is dear on purpose: what the
machine cannot hash in time is answered with 503 and Retry-After, and the readers' pages must not
feel it. Then, on the idle server, wrong passwords and requests for codes, in turns for addresses
that have an account and for addresses that have none.
"""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from django.conf import settings
from django.middleware.csrf import get_token
from django.test import RequestFactory

from accounts.models import User
from benchmarks import ground
from demo.city import PASSWORD

RATE = 50
READERS = 2
#: Seconds between two readings of one reader.
PAUSE = 0.05
#: Pairs of tries whose times are compared.
PAIRS = 150


@dataclass
class Tally:
    """What was answered, and when it had come (s)."""

    answers: Counter[int] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)

    def add(self, status: int, seconds: float) -> None:
        self.answers[status] += 1
        self.times.append(seconds)

    def percentile(self, of: float) -> str:
        times = sorted(self.times)
        return f"{times[int(len(times) * of)] * 1000:.1f}" if times else "–"


def main() -> None:
    residents = list(
        User.objects.filter(is_active=True, is_staff=False)
        .exclude(password__startswith="!")
        .values_list("email", flat=True)
    )
    # As bin/serve: a thread waits while a password is hashed or PostgreSQL flushes a commit.
    with ground.pages(threads=8, TRUSTED_PROXIES="127.0.0.1") as base:
        idle, storm, signed_in = asyncio.run(_storm(base, residents))
        differences = {
            "wrong password": asyncio.run(_compare(base, residents, "/account/login/", _wrong)),
            "asking for a code": asyncio.run(
                _compare(base, residents, "/account/login/code/", lambda mail: {"email": mail})
            ),
        }
    rows = [
        ("home page, nobody signs in", *_row(idle)),
        (f"home page, {RATE} sign-ins/s", *_row(storm)),
        (f"sign-ins, {RATE}/s", *_row(signed_in)),
    ]
    ground.table(
        f"A storm of sign-ins (granian, 2 workers × 8 threads; Argon2id, {_at_once()} at once)",
        ("what", "answers", "p50 ms", "p95 ms", "accepted", "503", "other"),
        rows,
    )
    ground.table(
        "Does time tell who has an account? (medians, idle server)",
        ("form", "known ms", "unknown ms", "difference ms"),
        [
            (
                name,
                f"{known * 1000:.2f}",
                f"{unknown * 1000:.2f}",
                f"{(known - unknown) * 1000:+.2f}",
            )
            for name, (known, unknown) in differences.items()
        ],
    )


def _at_once() -> int:
    return int(settings.PASSWORD_HASHES_AT_ONCE)


def _row(tally: Tally) -> tuple[object, ...]:
    accepted = tally.answers[200] + tally.answers[302]
    busy = tally.answers[503]
    total = tally.answers.total()
    return (
        total,
        tally.percentile(0.5),
        tally.percentile(0.95),
        accepted,
        busy,
        total - accepted - busy,
    )


async def _storm(base: str, residents: list[str]) -> tuple[Tally, Tally, Tally]:
    await _read_for(base, ground.WARM_UP)
    idle = await _read_for(base, ground.SECONDS)
    signed_in = Tally()

    async def arrivals() -> None:
        begun, coming = time.monotonic(), []
        for number in range(RATE * ground.SECONDS):
            await asyncio.sleep(max(0.0, begun + number / RATE - time.monotonic()))
            mail = residents[number % len(residents)]
            fields = {"login": mail, "password": PASSWORD}
            coming.append(asyncio.create_task(_post(base, "/account/login/", fields, signed_in)))
        await asyncio.gather(*coming)

    storm, _done = await asyncio.gather(_read_for(base, ground.SECONDS), arrivals())
    return idle, storm, signed_in


async def _read_for(base: str, seconds: float) -> Tally:
    """Readers of the home page without a session, each at an easy pace."""
    tally, until = Tally(), time.monotonic() + seconds

    async def reader() -> None:
        while time.monotonic() < until:
            begun = time.perf_counter()
            status = await _ask(base, "GET / HTTP/1.1", "")
            tally.add(status, time.perf_counter() - begun)
            await asyncio.sleep(PAUSE)

    await asyncio.gather(*(reader() for _ in range(READERS)))
    return tally


async def _compare(
    base: str, residents: list[str], path: str, fields_for: Callable[[str], dict[str, str]]
) -> tuple[float, float]:
    """The medians for known and for unknown addresses, asked in turns and in a random order."""
    known, unknown = Tally(), Tally()
    for number in range(PAIRS):
        pair = [
            (residents[number % len(residents)], known),
            (f"{uuid4().hex}@viche.example", unknown),
        ]
        random.shuffle(pair)
        for mail, tally in pair:
            await _post(base, path, fields_for(mail), tally)
    for name, tally in (("known", known), ("unknown", unknown)):
        if set(tally.answers) - {200, 302}:
            raise SystemExit(f"{path}, {name}: {dict(tally.answers)}: nothing was measured")
    return median(known.times), median(unknown.times)


def _wrong(mail: str) -> dict[str, str]:
    return {"login": mail, "password": "not the right pass-phrase"}


async def _post(base: str, path: str, fields: dict[str, str], tally: Tally) -> None:
    request = RequestFactory().get("/")
    token = get_token(request)
    body = urlencode({"csrfmiddlewaretoken": token, **fields})
    head = (
        f"POST {path} HTTP/1.1",
        f"Cookie: {settings.CSRF_COOKIE_NAME}={request.META['CSRF_COOKIE']}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
    )
    begun = time.perf_counter()
    status = await _ask(base, "\r\n".join(head), body)
    tally.add(status, time.perf_counter() - begun)


async def _ask(base: str, head: str, body: str) -> int:
    """One request on a connection of its own, from an address of its own; the status."""
    address = urlsplit(base)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    client = f"198.{random.randint(18, 19)}.{random.randint(0, 255)}.{random.randint(1, 254)}"
    line, _break, rest = head.partition("\r\n")
    headers = [line, f"Host: {address.netloc}", f"X-Forwarded-For: {client}", "Connection: close"]
    lines = [*headers, *filter(None, [rest]), "", body]
    writer.write("\r\n".join(lines).encode())
    answer = await reader.read()
    writer.close()
    found = re.match(rb"HTTP/1\.1 (\d{3})", answer)
    return int(found[1]) if found else 0
