"""The desk of appeals over 100,000 of them: list, searches, journal, figures; and filing.

Pages in one process, through all middleware, one after the other, beside a bare SELECT of the same
machine. Asked for: lists and searches p99 at most 150 ms in at most 15 queries. Then filing among
so many (benchmarks/filing.py).

BENCH_APPEALS=5000 tries all of it at a twentieth. EXPLAIN=1 prints the plans of what a page asks.
"""

from __future__ import annotations

import html
import os
import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Grant, StaffRole, User
from benchmarks import filing, ground
from benchmarks.inside import measure_with_cpu, select_one, sign_in

APPEALS = int(os.environ.get("BENCH_APPEALS", "100000"))
TIMES = int(os.environ.get("BENCH_TIMES", "100"))
#: What is asked for, in milliseconds and queries.
ASKED, QUERIES = 150, 15
_DESK = "/desk/appeals/"


def main() -> None:
    print(ground.manage("loadtest_data", "--appeals", str(APPEALS)).strip())
    office = _officer()
    _measure_pages(sign_in(office))
    filing.main()


def _officer() -> User:
    """The head of a department that registers appeals."""
    from city.models import Department

    office, _made = Department.objects.get_or_create(
        slug="bench-office", defaults={"name": "Відділ звернень", "registers_appeals": True}
    )
    user = User.objects.create(email="bench-office@viche.example", given_name="О", is_staff=True)
    Grant.objects.create(user=user, role=StaffRole.HEAD, department=office)
    return user


# --- Pages ----------------------------------------------------------------------------------------


def _measure_pages(client: Client) -> None:
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
    rows: list[tuple[str, ...]] = [("bare SELECT 1", *measure_with_cpu(select_one, TIMES), "1")]
    for name, address in addresses.items():
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
            assert answer.status_code == 200, (address, answer.status_code)
        number = len(asked)  # the next request forgets what was asked
        if os.environ.get("EXPLAIN"):
            _explain(name, asked)
        rows.append(
            (name, *measure_with_cpu(lambda at=address: client.get(at), TIMES), str(number))
        )
    ground.table(
        f"The desk of {APPEALS} appeals ({TIMES} times each)",
        ("what", "p50 ms", "p99 ms", "CPU ms", "PostgreSQL's", "queries"),
        rows,
    )
    print(f"\nasked for: lists and searches p99 at most {ASKED} ms, at most {QUERIES} queries")


def _second_page(client: Client) -> str:
    found = re.search(r'href="([^"]+)" rel="next"', client.get(_DESK).text)
    return f"{_DESK}{html.unescape(found[1])}" if found else _DESK


def _explain(name: str, asked: CaptureQueriesContext) -> None:
    """The plan of the page's dearest statement."""
    dearest = max(asked.captured_queries, key=lambda query: float(query["time"]))
    print(f"\n{name}: {dearest['time']} s\n{dearest['sql'][:600]}")
    if dearest["sql"].startswith("SELECT"):
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {dearest['sql'].replace('%', '%%')}")
            print("\n".join(line for (line,) in cursor.fetchall()))
