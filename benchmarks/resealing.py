"""How long the re-seal of a large secret poll locks it, and how long votes wait meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Any
from uuid import uuid4

from django.db import connection

from accounts.models import User
from benchmarks import ground
from votes.actions import cast as actions
from votes.actions import seal as seal_actions
from votes.models import Option, Poll, Question, cast_ballots, voter_records

_TIMES = 3


class Voters(Thread):
    """People who vote in one poll, one after the other; keeps how long each took."""

    def __init__(self, poll: Poll, done: Event) -> None:
        super().__init__(daemon=True)
        self.poll, self.done = poll, done
        self.spent: list[float] = []

    def run(self) -> None:
        question = Question.objects.get(poll=self.poll)
        options = Option.objects.filter(question=question).values_list("pk", flat=True)
        choices = {str(question.pk): list(options)}
        unused = voter_records(self.poll).filter(used=False).values("user")
        people = list(User.objects.filter(pk__in=unused).order_by("?")[:20_000])
        try:
            while not self.done.is_set():
                voter = people.pop()
                begun = time.perf_counter()
                actions.cast_secretly(self.poll, by=voter, code=uuid4(), choices=choices)
                self.spent.append(time.perf_counter() - begun)
                time.sleep(0.005)
        finally:
            connection.close()


class LockTime:
    """The moment in which the statement that locks the poll had its lock."""

    at = 0.0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        result = execute(sql, params, many, context)
        if "FOR NO KEY UPDATE" in sql:
            self.at = time.perf_counter()
        return result


def tell(poll: Poll, other: Poll) -> None:
    """Re-seal ``poll`` some times while people vote in it and in ``other``, and print it."""
    done = Event()
    voters, others = Voters(poll, done), Voters(other, done)
    for thread in (voters, others):
        thread.start()
    while not (voters.spent and others.spent):
        time.sleep(0.1)
    rows = []
    try:
        for _time in range(_TIMES):
            before = len(voters.spent), len(others.spent)
            lock = LockTime()
            begun = time.perf_counter()
            with connection.execute_wrapper(lock):
                sealed = seal_actions.reseal(poll)
            ended = time.perf_counter()
            time.sleep(0.2)  # so that those who waited are counted
            waited = [
                max(thread.spent[first:], default=0.0)
                for thread, first in zip((voters, others), before, strict=True)
            ]
            rows.append((sealed, ended - begun, ended - lock.at, *waited))
    finally:
        done.set()
        for thread in (voters, others):
            thread.join()
    ground.table(
        f"Re-sealing a secret poll of {voter_records(poll).count():,} voters while people vote",
        ("ballots", "whole, s", "its lock, s", "longest vote in it, s", "in another poll, s"),
        [(f"{row[0]:,}", *(f"{seconds:.2f}" for seconds in row[1:])) for row in rows],
    )
    if voter_records(poll).used().count() != cast_ballots(poll).count():
        raise SystemExit("ballots and used voter records are not as many")
