"""The desk of appeals over 100,000 of them: list, searches, journal, figures; and filing by 32.

Pages in one process, through all middleware, one officer after another, beside a bare SELECT of the
same machine. Filing is the action with its commit, by 32 threads in two processes, without HTTP,
beside a bare INSERT. Asked for: pages p99 at most 150 ms in at most 15 queries; filing at least
300/s, p99 at most 200 ms; numbers without a gap.

BENCH_APPEALS=5000 tries all of it at a twentieth. EXPLAIN=1 prints the plans of what a page asks.
"""

from __future__ import annotations

import html
import multiprocessing
import os
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Any

from django.db import connection, connections
from django.db.models import Count, Max, Min
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.allauth_compat import RECORDS_KEY, RECORDS_OWNER_KEY
from accounts.models import Grant, StaffRole, User
from accounts.security.proofs import FACTOR
from benchmarks import ground
from benchmarks.remarks import _floor

APPEALS = int(os.environ.get("BENCH_APPEALS", "100000"))
TIMES = int(os.environ.get("BENCH_TIMES", "100"))
CLIENTS, PROCESSES = 32, 2
#: What is asked for, in milliseconds and queries.
ASKED, QUERIES = 150, 15
_DESK = "/desk/appeals/"


def main() -> None:
    print(ground.manage("loadtest_data", "--appeals", str(APPEALS)).strip())
    office = _officer()
    _pages(_signed_in(office))
    _filing()


def _officer() -> User:
    """The head of a department that registers appeals."""
    from city.models import Department

    office, _made = Department.objects.get_or_create(
        slug="bench-office", defaults={"name": "Відділ звернень", "registers_appeals": True}
    )
    user = User.objects.create(email="bench-office@viche.example", given_name="О", is_staff=True)
    Grant.objects.create(user=user, role=StaffRole.HEAD, department=office)
    return user


def _signed_in(user: User) -> Client:
    """A client whose session has shown a second factor just now."""
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    session = client.session
    session[RECORDS_OWNER_KEY] = str(user.pk)
    session[RECORDS_KEY] = [{"method": way, "at": time.time()} for way in ("password", FACTOR)]
    session.save()
    return client


# --- Pages ----------------------------------------------------------------------------------------


def _pages(client: Client) -> None:
    from appeals.models import Appeal

    one = Appeal.objects.filter(accepted_at__isnull=False).latest("pk")
    second = _second_page(client)
    addresses = {
        "list of what waits": _DESK,
        "its second page": second,
        "overdue": f"{_DESK}?list=late",
        "answered": f"{_DESK}?list=answered",
        "all, as registered": f"{_DESK}?list=all",
        "of one kind": f"{_DESK}?list=all&kind=complaint",
        "by number": f"{_DESK}?q={one.label}",
        "by name": f"{_DESK}?q={one.name}",
        "by a misspelt name": f"{_DESK}?q={one.name[:-1]}",
        "by a word of many": f"{_DESK}?q=тротуари",
        "by three words": f"{_DESK}?q=ремонт+тротуарів+вулиця",
        "one appeal": f"{_DESK}{one.pk}/",
        "journal of a month": f"{_DESK}journal/",
        "figures": "/appeals/figures/",
    }
    rows: list[tuple[str, ...]] = [("bare SELECT 1", *_measure(_bare), "1")]
    for name, address in addresses.items():
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
            assert answer.status_code == 200, (address, answer.status_code)
        number = len(asked)  # the next request forgets what was asked
        if os.environ.get("EXPLAIN"):
            _explain(name, asked)
        rows.append((name, *_measure(lambda at=address: client.get(at)), str(number)))
    ground.table(
        f"The desk of {APPEALS} appeals ({TIMES} times each)",
        ("what", "p50 ms", "p99 ms", "queries"),
        rows,
    )
    print(f"\nasked for: lists and searches p99 at most {ASKED} ms, at most {QUERIES} queries")


def _second_page(client: Client) -> str:
    found = re.search(r'href="([^"]+)" rel="next"', client.get(_DESK).text)
    return f"{_DESK}{html.unescape(found[1])}" if found else _DESK


def _measure(way: Callable[[], Any]) -> tuple[str, str]:
    way()
    taken = []
    for _time in range(TIMES):
        began = time.perf_counter()
        way()
        taken.append(1000 * (time.perf_counter() - began))
    taken.sort()
    return f"{taken[len(taken) // 2]:.1f}", f"{taken[int(len(taken) * 0.99)]:.1f}"


def _bare() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _explain(name: str, asked: CaptureQueriesContext) -> None:
    """The plan of the page's dearest statement."""
    dearest = max(asked.captured_queries, key=lambda query: float(query["time"]))
    print(f"\n{name}: {dearest['time']} s\n{dearest['sql'][:600]}")
    if dearest["sql"].startswith("SELECT"):
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {dearest['sql'].replace('%', '%%')}")
            print("\n".join(line for (line,) in cursor.fetchall()))


# --- Filing ---------------------------------------------------------------------------------------


def _filing() -> None:
    from appeals.models import Appeal

    floor = _floor()
    before = Appeal.objects.aggregate(newest=Max("pk"))["newest"] or 0
    connections.close_all()
    connection.close_pool()  # a connection is of one process
    context = multiprocessing.get_context("fork")
    with context.Pool(PROCESSES) as pool:
        done = pool.map(_file_for_a_while, range(PROCESSES))
    taken = sorted(chain.from_iterable(done))
    ground.table(
        f"Filing by {CLIENTS} threads in {PROCESSES} processes, each committed",
        ("what", "per second", "p50 ms", "p99 ms"),
        [
            ("bare INSERT and commit, 8 connections", f"{floor:.0f}", "", ""),
            (
                "an appeal",
                f"{len(taken) / ground.SECONDS:.0f}",
                f"{1000 * taken[len(taken) // 2]:.1f}",
                f"{1000 * taken[int(len(taken) * 0.99)]:.1f}",
            ),
        ],
    )
    days = Appeal.objects.filter(pk__gt=before).values("registered_on")
    found = days.annotate(first=Min("number"), last=Max("number"), rows=Count("pk"))
    for each in found:
        gaps = each["last"] - each["first"] + 1 - each["rows"]
        print(f"{each['registered_on']}: {each['rows']} rows, {gaps} gaps")
        if gaps:
            raise SystemExit("the numbers have gaps")
    print("asked for: at least 300/s, p99 at most 200 ms")


def _file_for_a_while(number: int) -> list[float]:
    """What each filing took, by half of the threads, in a process of its own."""
    with ThreadPoolExecutor(CLIENTS // PROCESSES) as threads:
        done = threads.map(_client, range(CLIENTS // PROCESSES))
        return [taken for each in done for taken in each]


def _client(number: int) -> list[float]:
    from django.contrib.auth.models import AnonymousUser

    from appeals import actions

    taken, until = [], time.monotonic() + ground.SECONDS
    while time.monotonic() < until:
        began = time.perf_counter()
        actions.file(
            by=AnonymousUser(),
            kind="application",
            name="Коваль Олена Петрівна",
            residence="вул. Соборності, 12",
            email="bench@viche.example",
            subject="Не світять ліхтарі",
            text=f"Прошу відновити освітлення біля школи, стовп {number}-{len(taken)}.",
        )
        taken.append(time.perf_counter() - began)
    connection.close()
    return taken
