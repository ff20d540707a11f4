"""The memory of a process that serves pages, after 20,000 and after 200,000 mixed requests.

Pages, lists and searches in both languages, feeds and the API, of strangers and of people who are
signed in, what is not there, remarks and wrong passwords: eight connections to one worker, on
loopback. Each request is drawn with a fixed seed, so two runs ask the same. A process may grow to
its full size while it meets each page for the first time; what it grows by afterwards is a leak, or
holes between what lives. Which of the two, is told by what the allocators say of themselves.

BENCH_REQUESTS: how many in all (200,000; some 20 minutes); the first of the two is a tenth.
BENCH_MINUTES: it ends after so many (12), and says how many requests that were.
"""

from __future__ import annotations

import json
import os
import random
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import quote, urlencode, urlsplit

import psutil

from accounts.models import User
from benchmarks import ground
from benchmarks.remarks import sign_in
from consultations.models import Consultation
from newsroom.models import Article
from petitions.models import Petition
from votes.models import Poll

REQUESTS = int(os.environ.get("BENCH_REQUESTS", "200000"))
SECONDS = 60 * float(os.environ.get("BENCH_MINUTES", "12"))
CONNECTIONS = THREADS = 8
#: After the second number of requests a worker may be so many times as large as after the first.
MOST = 1.10
#: How often a kind of request comes, of 1000.
MIX = {"page": 560, "list": 160, "search": 100, "signed in": 120, "api": 40, "gone": 17}
MIX |= {"remark": 2, "password": 1}
_LISTS = ("/", "/consultations/", "/petitions/", "/polls/", "/news/", "/meetings/", "/about/")
_FEEDS = ("/consultations/feed.atom", "/petitions/feed.atom")
_FEEDS += ("/api/v1/consultations/", "/api/v1/petitions/")
_WORDS = ("парк", "тротуар", "бюджет", "школа", "маршрутка", "дерева", "вода", "ремонт", "двір")


@dataclass(frozen=True)
class Size:
    """What a worker takes, in MB, and what of it the allocators know."""

    requests: int
    rss: float
    unique: float
    #: Blocks of Python's own allocator, in thousands, and what glibc has in use and free.
    blocks: float
    used: float
    free: float

    def row(self) -> tuple[object, ...]:
        parts = (self.rss, self.unique, self.blocks, self.used, self.free)
        return (f"{self.requests:,}", *(f"{part:.0f}" for part in parts))


def main() -> None:
    """Measure, and print a table with the cause of what a worker grew by."""
    paths, people = _things(), [sign_in(user) for user in _residents()]
    with ground.pages(workers=1, threads=THREADS) as server:
        worker = server.process.children()[0]
        done, sizes, answers = 0, [], Counter[int]()
        types: list[dict[str, int]] = []
        end = time.monotonic() + SECONDS
        for number in (0, *(REQUESTS * tenth // 10 for tenth in range(1, 11))):
            answers += _ask(server, paths, people, done, number, end)
            done = number
            told = _look(server)
            types.append(told.pop("types"))
            sizes.append(_size(worker, answers.total(), told))
            if time.monotonic() > end:
                break
    ground.table(
        f"Memory of a worker ({THREADS} threads), MB",
        ("requests", "RSS", "unique", "blocks, k", "in use", "free"),
        [size.row() for size in sizes],
    )
    ground.table(
        "Answers", ("status", "number"), [(code, f"{n:,}") for code, n in sorted(answers.items())]
    )
    if answers.total() < REQUESTS:
        print(f"\nAfter {SECONDS / 60:.0f} minutes: {answers.total():,} of {REQUESTS:,} requests.")
    if len(sizes) < 3:
        print("\nToo few to judge: a process has met each page only after a tenth of them.")
        return
    _judge(sizes[1], sizes[-1], types[1], types[-1])


def _judge(first: Size, last: Size, before: dict[str, int], after: dict[str, int]) -> None:
    share = last.rss / first.rss
    print(
        f"\nRSS after {last.requests:,} requests: {share:.3f} of that after {first.requests:,} "
        f"(asked: ≤ {MOST:.2f})."
    )
    if share <= MOST:
        return
    live = (last.used - first.used) + (last.blocks - first.blocks) * 0.1  # a block has 100 bytes
    grown = last.rss - first.rss
    cause = "what lives in the process" if live > grown / 2 else "holes between what lives"
    print(f"It grew by {grown:.0f} MB, of which {live:.0f} live: {cause}. Objects more than then:")
    more = {name: after[name] - before.get(name, 0) for name in after}
    for name, number in sorted(more.items(), key=lambda each: -each[1])[:10]:
        print(f"  {number:>9,}  {name}")


def _look(server: str) -> dict[str, object]:
    with urllib.request.urlopen(f"{server}/memory/", timeout=120) as answer:  # noqa: S310 - ours
        told: dict[str, object] = json.load(answer)
    return told


def _size(worker: psutil.Process, requests: int, told: dict[str, object]) -> Size:
    memory = worker.memory_full_info()
    used, free = (float(str(told[name])) / 2**20 for name in ("used", "free"))
    blocks = float(str(told["blocks"])) / 1000
    return Size(requests, memory.rss / 2**20, memory.uss / 2**20, blocks, used, free)


def _things() -> list[str]:
    """The paths of what everybody may see."""
    rows = (
        *Consultation.objects.published().order_by("pk")[:40],
        *Petition.objects.published().order_by("pk")[:40],
        *Poll.objects.published().order_by("pk")[:40],
        *Article.objects.published().order_by("pk")[:40],
    )
    return [row.get_absolute_url() for row in rows]


def _residents() -> list[User]:
    return list(User.objects.filter(is_active=True, email__isnull=False).order_by("pk")[:20])


def _ask(
    server: str,
    paths: list[str],
    people: list[tuple[str, str]],
    done: int,
    until: int,
    end: float,
) -> Counter[int]:
    """Send the requests of these numbers, shared by the connections, but none after ``end``
    (time.monotonic); how many had which status."""
    answers = [Counter[int]() for _connection in range(CONNECTIONS)]

    def send(place: int) -> None:
        host = urlsplit(server).netloc
        connection = HTTPConnection(host, timeout=60)
        for number in range(done + place, until, CONNECTIONS):
            if time.monotonic() > end:
                return
            method, path, body, headers = _request(random.Random(number), paths, people)
            try:
                connection.request(method, path, body, headers)
                answer = connection.getresponse()
                answer.read()
                answers[place][answer.status] += 1
            except (OSError, HTTPException):
                answers[place][0] += 1
                connection.close()

    threads = [threading.Thread(target=send, args=(place,)) for place in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(answers, Counter[int]())


_Request = tuple[str, str, str | None, dict[str, str]]


def _request(draw: random.Random, paths: list[str], people: list[tuple[str, str]]) -> _Request:
    open_ones = [path for path in paths if path.startswith("/consultations/")]
    kind = draw.choices(list(MIX), list(MIX.values()))[0]
    cookies, token = draw.choice(people)
    make: dict[str, Callable[[], _Request]] = {
        "page": lambda: _get(_in_language(draw, draw.choice(paths))),
        "list": lambda: _get(_in_language(draw, draw.choice(_LISTS))),
        "search": lambda: _get(f"/search/?q={quote(_query(draw))}"),
        "signed in": lambda: _get(draw.choice((*paths, "/me/", "/")), cookies),
        "api": lambda: _get(draw.choice(_FEEDS)),
        "gone": lambda: _get(f"/consultations/{draw.randrange(10**6, 10**9)}/"),
        "remark": lambda: _post(
            f"{draw.choice(open_ones)}speak/", {"text": f"{_query(draw)}."}, cookies, token
        ),
        "password": lambda: _post(
            "/account/login/",
            {"login": f"nobody{draw.randrange(10**6)}@viche.example", "password": "wrong words"},
            cookies.partition("csrf")[1] + cookies.partition("csrf")[2],
            token,
        ),
    }
    return make[kind]()


def _query(draw: random.Random) -> str:
    return f"{draw.choice(_WORDS)} {draw.choice(_WORDS)} {draw.randrange(10**6)}"


def _in_language(draw: random.Random, path: str) -> str:
    return f"/en{path}" if draw.random() < 0.2 else path


def _get(path: str, cookies: str = "") -> _Request:
    return "GET", path, None, {"Cookie": cookies} if cookies else {}


def _post(path: str, fields: dict[str, str], cookies: str, token: str) -> _Request:
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    return "POST", path, urlencode({**fields, "csrfmiddlewaretoken": token}), headers
