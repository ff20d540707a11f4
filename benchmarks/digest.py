"""Digests of five days to 20,000 followers: 100,000 mails over SMTP, beside bare hand-over.

Followers follow a theme, a district and a street each and are told daily. A server in a process of
its own takes the mails and keeps only whose they are. The batches are those of the worker, one
after the other in this process; on the second day one is cut off amid its mails and begun again, as
after a worker was killed. Asked for: at least 200 mails/s, none missing, no query per recipient but
the write of a mail, at most 1 double.

    BENCH_FOLLOWERS=1000 bin/bench digest     a twentieth of it
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import socketserver
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from time import perf_counter, process_time
from typing import Any

from benchmarks import ground

FOLLOWERS = int(os.environ.get("BENCH_FOLLOWERS", "20000"))
DAYS = int(os.environ.get("BENCH_DAYS", "5"))
#: What happens in a day, spread over the themes, districts and streets.
HAPPENING = 60
THEMES, DISTRICTS, STREETS = 10, 6, 100
BARE = 2000
ASKED_RATE = 200


def main() -> None:
    from django.conf import settings

    with _sink() as (port, pipe):
        settings.MAILERS = {
            "default": {
                "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
                "OPTIONS": {"host": ground.HOST, "port": port},
            }
        }
        began = _prepare()
        bare = _hand_over_bare()
        _received(pipe)
        say = ground.lines(
            f"Digests of {DAYS} days to {FOLLOWERS} followers",
            ("what", "mails", "mails/s", "of the bare", "CPU ms", "queries a mail", "MB"),
            (26, 8, 9, 11, 8, 14, 6),
        )
        say("bare hand-over", BARE, f"{bare:.0f}", "", "", "", "")
        missing = double = 0
        for day in range(DAYS):
            _measure(began + timedelta(days=day + 1), say, bare, cut=day == 1)
            got = _received(pipe)
            missing += FOLLOWERS - len(got)
            double += sum(got.values()) - len(got)
    print(f"\nmissing {missing}, double {double}; asked for: {ASKED_RATE} mails/s, 0 and at most 1")


def _measure(until: datetime, say: Any, bare: float, *, cut: bool) -> None:
    from django.db import connection

    from notifications.digests import sending

    queries = 0

    def count(execute: Any, *of: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*of)

    mails, after = 0, 0
    began, cpu = perf_counter(), process_time()
    with connection.execute_wrapper(count):
        while True:
            if cut and after:
                cut = False
                _cut_off(until, after)
            done = sending.send_batch("daily", until, after=after)
            mails += done.mails
            if done.last is None:
                break
            after = done.last
    seconds = perf_counter() - began
    rate = FOLLOWERS / seconds
    each = 1000 * (process_time() - cpu) / FOLLOWERS
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    say(
        f"day until {until:%d.%m.}",
        mails,
        f"{rate:.0f}",
        f"{rate / bare:.2f}",
        f"{each:.2f}",
        f"{queries / FOLLOWERS:.2f}",
        memory,
    )


class _Killed(BaseException):
    """The worker ends here."""


def _cut_off(until: datetime, after: int) -> None:
    """Send a batch until its tenth mail is taken, and end before that is recorded: what a killed
    worker leaves."""
    from notifications.digests import sending

    original, taken = sending.hand_over, 0

    def hand_over(*of: Any) -> bool:
        nonlocal taken
        done = original(*of)
        taken += 1
        if taken == 10:
            raise _Killed
        return done

    sending.hand_over = hand_over
    try:
        sending.send_batch("daily", until, after=after)
    except _Killed:
        pass
    finally:
        sending.hand_over = original


def _prepare() -> datetime:
    """Followers, what they follow, and what happened; returns since when they are told."""
    from django.db import connection

    from city.models import District, Street, Theme
    from consultations.models import Consultation
    from core.domain import clock
    from notifications.models import Activity, Follower, Following, FrequencySetting

    now = clock.now()
    began = now - timedelta(days=DAYS)
    themes = Theme.objects.bulk_create(
        Theme(name=f"Тема {n}", slug=f"bench-{n}") for n in range(THEMES)
    )
    districts = District.objects.bulk_create(
        District(name=f"Район {n}", slug=f"bench-{n}") for n in range(DISTRICTS)
    )
    streets = Street.objects.bulk_create(
        Street(name=f"вулиця Виміряна {n}", slug=f"bench-{n}", district=districts[n % DISTRICTS])
        for n in range(STREETS)
    )
    followers = Follower.objects.bulk_create(
        (
            Follower(email=f"f{n}@bench.example", daily_until=began, weekly_until=began)
            for n in range(FOLLOWERS)
        ),
        batch_size=1000,
    )
    Following.objects.bulk_create(
        (
            Following(follower=each, kind=kind, since=began, **{kind: of[n % len(of)]})
            for n, each in enumerate(followers)
            for kind, of in (("theme", themes), ("district", districts), ("street", streets))
        ),
        batch_size=1000,
    )
    FrequencySetting.objects.bulk_create(
        (
            FrequencySetting(follower=each, kind=kind, frequency="daily")
            for each in followers
            for kind in ("theme", "district", "street")
        ),
        batch_size=1000,
    )
    things = list(Consultation.objects.published().filter(withdrawn_at=None)[:HAPPENING])
    Activity.objects.bulk_create(
        Activity(
            verb=("opened", "changed", "decided")[n % 3],
            about=f"{('consultation', 'version', 'decision')[n % 3]}:{10**6 + day * HAPPENING + n}",
            at=began + timedelta(days=day, hours=1),
            topics=[
                f"theme:{themes[n % THEMES].pk}",
                f"district:{districts[n % DISTRICTS].pk}",
                f"street:{streets[n % STREETS].pk}",
            ],
            consultation=things[n % len(things)],
        )
        for day in range(DAYS)
        for n in range(HAPPENING)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return began


def _hand_over_bare() -> float:
    """A digest that is composed once, given to the server again and again on one connection."""
    from django.core.mail import mailers

    from notifications.digests.letter import compose_digest
    from notifications.digests.queries import load_batch

    mailer: Any = mailers.default
    from core.domain import clock

    digest = load_batch("daily", clock.now()).digests[0]
    message = compose_digest(digest, "daily", clock.now())
    words = message.message().as_bytes()
    mailer.open()
    began = perf_counter()
    for _ in range(BARE):
        mailer.connection.sendmail("bench@bench.example", message.to, words)
    seconds = perf_counter() - began
    mailer.close()
    return BARE / seconds


class _Taking(socketserver.StreamRequestHandler):
    """Says yes to everything that a client of SMTP says; keeps whom each mail is for."""

    taken: Counter[str] = Counter()

    def handle(self) -> None:
        self._say(b"220 sink")
        receiver = ""
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self._say(b"354 go on")
                while self.rfile.readline() != b".\r\n":
                    pass
                self.taken[receiver] += 1
            elif verb == b"RCPT":
                receiver = line.decode().partition("<")[2].partition(">")[0]
            elif verb == b"QUIT":
                self._say(b"221 bye")
                return
            self._say(b"250 yes")

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


def _serve(port: int, pipe: Connection) -> None:
    with _Server((ground.HOST, port), _Taking) as server:
        from threading import Thread

        Thread(target=server.serve_forever, daemon=True).start()
        while pipe.recv():
            pipe.send(dict(_Taking.taken))
            _Taking.taken.clear()


def _received(pipe: Connection) -> Counter[str]:
    """Whom mails have come for since it was asked last."""
    pipe.send(True)
    return Counter(pipe.recv())


@contextmanager
def _sink() -> Iterator[tuple[int, Connection]]:
    """A server that takes mails, in a process of its own: its port, and a pipe to ask it."""
    port = ground.free_port()
    ours, its = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_serve, args=(port, its), daemon=True
    )
    process.start()
    ground.wait_for(port)
    try:
        yield port, ours
    finally:
        ours.send(False)
        process.join(10)
