"""The opening of a large secret poll, while people vote in another one and others come too late.

Somebody votes in another poll and reads its page some times a second, first while nothing else
happens, then while BENCH_BALLOTS boxes (200,000) are opened by a process of its own and LATE people
send their ballots of the poll that is being opened.
"""

from __future__ import annotations

import http.client
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from urllib.parse import unquote, urlencode, urlsplit

import psutil
from django.conf import settings
from django.db import connection
from django.utils.crypto import get_random_string

from accounts.models import User
from benchmarks import ground
from benchmarks.crowd import people, sign_in
from benchmarks.votes import CAST, _end, _slips
from demo.scale import Scale
from demo.scale_polls import ScaleOfPolls
from sealing.key_files import write_key_file
from votes.keepers import server_keys
from votes.models import Option, Poll, Question, SecretVoterRecord

LATE = int(os.environ.get("BENCH_LATE", "100"))
#: Votes and pages a second in the other poll.
EVERY = 1 / 20


@dataclass
class Voters:
    """People who have signed in, each with a form of a poll."""

    poll: Poll
    base: str
    sent: list[tuple[str, str]]
    statuses: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        question = Question.objects.get(poll=self.poll)
        options = Option.objects.filter(question=question).values_list("pk", flat=True)
        self.order = {f"q{question.pk}-{pk}": place for place, pk in enumerate(options, 1)}

    def vote(self, number: int) -> float:
        """Send the form of one of them; the seconds that it took."""
        session, slip = self.sent[number]
        token = get_random_string(32)
        form = self.order | {"cast": "1", "slip": slip, "csrfmiddlewaretoken": token}
        names = settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME
        headers = {
            "Cookie": f"{names[0]}={token}; {names[1]}={session}",
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": f"10.0.{number // 250}.{number % 250 + 1}",
        }
        return self.ask("POST", f"/polls/{self.poll.pk}/vote/", urlencode(form), headers)

    def ask(self, *request: object) -> float:
        begun = time.perf_counter()
        server = http.client.HTTPConnection(urlsplit(self.base).netloc, timeout=60)
        server.request(*request)
        answer = server.getresponse()
        answer.read()
        server.close()
        self.statuses[answer.status] += 1
        return time.perf_counter() - begun


def main() -> None:
    scale = Scale()
    people(4000 + LATE)  # on both lists
    other, large = (ScaleOfPolls(scale, str(n)).make(n).secret for n in (0, CAST))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    voters, late = _listed(other, 4000), _listed(large, LATE)
    with ground.pages(TRUSTED_PROXIES=ground.HOST) as base:
        there, here = Voters(other, base, voters), Voters(large, base, late)
        quiet, begun = [], time.perf_counter()
        while time.perf_counter() - begun < ground.SECONDS:
            quiet.append(_turn(there, len(quiet)))
        _end(large)
        amid, refused, seconds, cost = _open(large, there, here, len(quiet))
    ground.table(
        f"Votes in another poll, {1 / EVERY:.0f} a second",
        ("when", "votes", "p50 ms", "p95 ms", "answers"),
        [
            ("before", len(quiet), *_percentiles(quiet), ""),
            ("amid the opening", len(amid), *_percentiles(amid), dict(there.statuses)),
            (
                "late, in the poll that is opened",
                len(refused),
                *_percentiles(refused),
                dict(here.statuses),
            ),
        ],
    )
    large.refresh_from_db()
    ground.table(
        "The opening",
        ("boxes", "not opened", "s", "CPU s of its process", "CPU s of PostgreSQL"),
        [(f"{large.told_turnout:,}", large.unopened, f"{seconds:.1f}", *cost)],
    )


def _listed(poll: Poll, number: int) -> list[tuple[str, str]]:
    """Sessions and slips of so many who are on the list and have not voted."""
    records = SecretVoterRecord.objects.filter(poll=poll, user__isnull=False, used=False)
    users = list(User.objects.filter(pk__in=records.values("user")[:number]))
    sessions = sign_in(users)
    slips = _slips(poll, users)
    return [(sessions[user.pk], unquote(slip)) for user, slip in zip(users, slips, strict=True)]


def _turn(there: Voters, number: int) -> float:
    begun = time.perf_counter()
    spent = there.vote(number)
    time.sleep(max(0.0, EVERY - (time.perf_counter() - begun)))
    return spent


def _open(
    poll: Poll, there: Voters, here: Voters, first: int
) -> tuple[list[float], list[float], float, tuple[str, str]]:
    """Open it in a process of its own; what the votes there and here took meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        database = psutil.Process(cursor.fetchone()[0]).parent()
    assert database is not None
    before, own = ground.spent_by(database), resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as folder:
        key = Path(folder) / "key"
        key.write_text(write_key_file(server_keys.load(poll), poll.pk, ""))
        command = [sys.executable, "manage.py", "open_boxes", str(poll.pk)]
        begun = time.perf_counter()
        with key.open("rb") as file:
            process = subprocess.Popen(command, cwd=ground.ROOT, stdin=file, stdout=subprocess.PIPE)
    done, amid, refused = Event(), list[float](), list[float]()

    def go_on() -> None:
        while not done.is_set():
            amid.append(_turn(there, first + len(amid)))

    def come_late() -> None:
        for number in range(LATE):
            if done.is_set():
                break
            refused.append(here.vote(number))
            time.sleep(EVERY)

    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(go_on), pool.submit(come_late)]
        said, _nothing = process.communicate()
        seconds = time.perf_counter() - begun
        done.set()
        for each in running:
            each.result()
    if said.strip() != b"opened":
        raise SystemExit(f"not opened: {said!r}")
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = now.ru_utime + now.ru_stime - own.ru_utime - own.ru_stime
    return amid, refused, seconds, (f"{spent:.1f}", f"{ground.spent_by(database) - before:.1f}")


def _percentiles(spent: list[float]) -> tuple[str, str]:
    cut = statistics.quantiles(spent, n=20)
    return f"{cut[9] * 1000:.1f}", f"{cut[18] * 1000:.1f}"
