"""Measure in this process, through all middleware: a client, its queries, its percentiles."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter, process_time, time
from typing import Any

import psutil
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.allauth_compat import RECORDS_KEY, RECORDS_OWNER_KEY
from accounts.models import User
from accounts.security.proofs import FACTOR


def sign_in(user: User) -> Client:
    """A client whose session has shown a second factor just now."""
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    session = client.session
    session[RECORDS_OWNER_KEY] = str(user.pk)
    session[RECORDS_KEY] = [{"method": way, "at": time()} for way in ("password", FACTOR)]
    session.save()
    return client


def count_queries(client: Client, path: str) -> int:
    """How many queries a page makes once it is warm. Counted within: the next request empties
    Django's log of them."""
    load_page(client, path)
    with CaptureQueriesContext(connection) as asked:
        load_page(client, path)
        return len(asked)


def load_page(client: Client, path: str) -> str:
    """What a page says, which must be there."""
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.text


def measure(way: Callable[[], Any], times: int) -> tuple[str, str]:
    """p50 and p99 in milliseconds, after one that is not counted."""
    way()
    taken = []
    for _time in range(times):
        began = perf_counter()
        way()
        taken.append(1000 * (perf_counter() - began))
    taken.sort()
    return f"{taken[len(taken) // 2]:.1f}", f"{taken[int(len(taken) * 0.99)]:.1f}"


def measure_with_cpu(way: Callable[[], Any], times: int) -> tuple[str, str, str, str]:
    """The same, and the milliseconds of processor time of this process and of PostgreSQL, which
    other work on the machine changes little."""
    way()
    own, database = process_time(), postgres_seconds()
    measured = measure(way, times)
    spent = process_time() - own, postgres_seconds() - database
    return (*measured, *(f"{1000 * each / (times + 1):.1f}" for each in spent))


def select_one() -> None:
    """A bare SELECT, to set what is measured beside."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def postgres_seconds() -> float:
    """Of PostgreSQL, which runs on this machine: its processes, and those that have ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = psutil.Process(cursor.fetchone()[0]).parent()
    assert server is not None
    family = (server, *server.children())
    ended = server.cpu_times()
    alive = sum(sum(each.cpu_times()[:2]) for each in family)
    return alive + ended.children_user + ended.children_system
