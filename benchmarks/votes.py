"""Casting ballots by a crowd, openly and secretly, beside a bare insert; each person votes once.

A ballot puts twelve options in order. The same is measured in polls that hold 200,000 ballots
already; and so are counting these, opening the boxes of the secret ones, and the pages of
their results.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

from django.db import connection

from accounts.models import User
from benchmarks import ground
from benchmarks.crowd import CLIENTS, Crowd, bare_insert
from core.domain import clock
from portal.demo.scale import Scale
from portal.demo.scale_polls import ScaleOfPolls
from votes import queries
from votes.ballots import slips
from votes.counting.count import count
from votes.counting.ties import TieBreak
from votes.keepers import server_keys
from votes.life import actions
from votes.models import (
    Option,
    Poll,
    Question,
    SecretVoterRecord,
    cast_ballots,
    voter_records,
)
from votes.opening import actions as opening_actions
from votes.results import result

#: Rounds of a few seconds each, in turn, so that nothing else of the machine favours one of them.
ROUNDS = 3
CAST = int(os.environ.get("BENCH_BALLOTS", "200000"))
#: Voters that the fastest machine could need in all rounds of one poll.
VOTERS = int(os.environ.get("BENCH_VOTERS", str(1500 * (ground.SECONDS + 2) * ROUNDS)))
_COUNTS = 3


@dataclass
class Case:
    """One poll and what was measured of casting in it."""

    name: str
    poll: Poll
    form: str
    crowd: Crowd
    used: int = 0
    before: int = 0
    acknowledged: float = 0
    rounds: list[dict[str, float]] = field(default_factory=list)

    def cast(self, base: str, *, seconds: int = ground.SECONDS) -> dict[str, float]:
        path = f"/polls/{self.poll.pk}/vote/"
        measured = self.crowd.send(base, path, self.form, first=self.used, seconds=seconds)
        # What was under way when wrk stopped has been written too.
        self.used += int(measured["asked"]) + 2 * CLIENTS
        self.acknowledged += measured["asked"] - measured["errors"]
        return measured

    def ballots(self) -> int:
        if self.poll.is_secret:
            boxes = SecretVoterRecord.objects.filter(poll=self.poll, box__isnull=False)
            return boxes.count() - self.before
        return cast_ballots(self.poll).count() - self.before

    def used_records(self) -> int:
        return voter_records(self.poll).used().count() - self.before

    def row(self) -> tuple[str, ...]:
        return (
            f"casting {self.name}, {CLIENTS} clients",
            f"{self.rate:.0f}",
            f"{statistics.mean(each['p50'] for each in self.rounds):.1f}",
            f"{statistics.median(each['p99'] for each in self.rounds):.1f}",
            f"{sum(each['errors'] for each in self.rounds):.0f}",
        )

    @property
    def rate(self) -> float:
        return statistics.mean(each["rate"] for each in self.rounds)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        crowd = Crowd(Path(folder), [""] * VOTERS)
        scale = Scale()
        few, many = (ScaleOfPolls(scale, str(ballots)).make(ballots) for ballots in (0, CAST))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        cases = [
            _case("openly, nobody before", few.open, 0, crowd),
            _case("secretly, nobody before", few.secret, 0, crowd),
            _case(f"openly, {CAST:,} before", many.open, CAST, crowd),
            _case(f"secretly, {CAST:,} before", many.secret, CAST, crowd),
        ]
        floor = bare_insert(Path(folder))
        with ground.pages(TRUSTED_PROXIES=ground.HOST) as base:
            for case in cases:  # so that both workers have begun
                case.cast(base, seconds=ground.WARM_UP)
            for _round in range(ROUNDS):
                for case in cases:
                    case.rounds.append(case.cast(base))
        _tell_casting(floor, cases)
        _tell_opening(many.secret)
        _tell_counting(many.open)
        _tell_pages(many.open)


def _case(name: str, poll: Poll, before: int, crowd: Crowd) -> Case:
    question = Question.objects.get(poll=poll)
    places = "&".join(
        f"q{question.pk}-{option}={place}"
        for place, option in enumerate(
            Option.objects.filter(question=question).values_list("pk", flat=True), 1
        )
    )
    if poll.is_secret:
        crowd = crowd.with_own(f"voters-of-{poll.pk}", _slips(poll, crowd.people))
    return Case(name, poll, f"{places}&cast=1&slip=", crowd, before=before)


def _slips(poll: Poll, people: Sequence[User]) -> list[str]:
    """What was drawn with the form of each."""
    records = SecretVoterRecord.objects.filter(poll=poll, user__in=people)
    numbers = dict(records.values_list("user", "number"))
    drawn = (
        slips.Slip(poll.pk, f"user:{each.pk}", numbers[each.pk], None, uuid4(), uuid4())
        for each in people
    )
    return [quote(slip.signed(), safe="") for slip in drawn]


def _tell_casting(floor: float, cases: list[Case]) -> None:
    rows = [("bare INSERT and commit, pgbench, 8 connections", f"{floor:.0f}", "", "", "")]
    ground.table(
        "Casting ballots (granian, 2 workers × 1 thread)",
        ("what", "per second", "p50 ms", "p99 ms", "refused"),
        [*rows, *(case.row() for case in cases)],
    )
    for few, many in zip(cases[:2], cases[2:], strict=True):
        print(f"{many.name} beside {few.name}: {many.rate / few.rate:.2f}")
    ground.table(
        f"Afterwards (up to {CLIENTS} answers a round were cut off by its end)",
        ("poll", "acknowledged", "ballots", "used records"),
        [
            (case.name, f"{case.acknowledged:.0f}", case.ballots(), case.used_records())
            for case in cases
        ],
    )
    for case in cases:
        cut_off = case.ballots() - case.acknowledged
        if case.used_records() != case.ballots() or not 0 <= cut_off <= CLIENTS * (ROUNDS + 1):
            raise SystemExit(f"answered and written do not agree: {case.name}")


def _tell_opening(poll: Poll) -> None:
    """How long it takes to open all boxes once the poll has closed."""
    _end(poll)
    begun = time.perf_counter()
    opened = opening_actions.open_boxes(poll, server_keys.load(poll))
    seconds = time.perf_counter() - begun
    ground.table(
        "Opening the boxes of a secret poll",
        ("boxes", "s", "not opened"),
        [(f"{opened.told_turnout:,}", f"{seconds:.1f}", opened.unopened)],
    )


def _tell_counting(poll: Poll) -> None:
    (asked,) = queries.questions_of(poll)
    answers = [choices[str(asked.id)] for choices in queries.ballots_of(poll)]
    ties = TieBreak(poll.tie_rule, poll.lot)
    ground.table(
        f"Counting {len(answers):,} ballots over {len(asked.options)} options",
        ("what", "s"),
        [
            ("Schulze", f"{_seconds(lambda: count(asked, answers, ties)):.2f}"),
            ("with reading them", f"{_seconds(lambda: result.count_ballots(poll)):.2f}"),
        ],
    )


def _seconds(deed: Callable[[], object]) -> float:
    """The median of some."""
    spent = []
    for _time in range(_COUNTS):
        begun = time.perf_counter()
        deed()
        spent.append(time.perf_counter() - begun)
    return statistics.median(spent)


def _tell_pages(poll: Poll) -> None:
    """The page of the results, once they are published."""
    _end(poll)
    actions.publish(poll, by=Scale().officer)
    rows = []
    for name, kept in (("cold", "0"), ("warm", "1")):
        with ground.pages(SHARED_PAGE_SECONDS=kept) as base:
            url = f"{base}/polls/{poll.pk}/results/"
            with urllib.request.urlopen(url) as answer:  # noqa: S310 - our own server
                size = len(answer.read())
            got = ground.load(url)
            rows.append(
                (name, f"{got['rate']:.0f}", f"{got['p50']:.1f}", f"{got['p99']:.1f}", size)
            )
    ground.table(
        "Reading the results (wrk, 8 connections)",
        ("page", "pages/s", "p50 ms", "p99 ms", "bytes"),
        rows,
    )


def _end(poll: Poll) -> None:
    """Let its last moment be over."""
    moved = clock.now() - timedelta(seconds=1)
    Poll.objects.filter(pk=poll.pk).update(opens_at=moved - timedelta(hours=1), closes_at=moved)
