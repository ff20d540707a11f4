"""A crowd at once: one person votes once, a close is a close, no fault loses or doubles a vote.

Real transactions and, where it says so, real servers. Numbers of the promises (docs/votes.md) run
with ``--long``; the same with fewer people always.
"""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Any
from uuid import UUID

import psutil
import psycopg
import pytest
from django.db import OperationalError, connection
from django.test import Client

from accounts.models import User
from core.domain import clock
from tests import factories as house
from tests.crowds import at_once, codes, crowd, post, until
from tests.crowds import sessions as sessions_of
from tests.servers import Server, database_url, free_port, start_web
from tests.votes import factories
from votes.ballots import actions
from votes.ballots import slips as slips_of
from votes.electorate import actions as electorate_actions
from votes.keepers import server_keys
from votes.life import actions as life_actions
from votes.models import (
    OpenBallot,
    OpenedBallot,
    Poll,
    ReceiptCode,
    SecretVoterRecord,
    cast_ballots,
    voter_records,
)
from votes.opening import actions as opening_actions
from votes.results.recounting import differences

pytestmark = pytest.mark.django_db(transaction=True)

OPEN, SECRET = Poll.Secrecy.NAMELESS, Poll.Secrecy.SECRET
both = pytest.mark.parametrize("secrecy", [OPEN, SECRET])


@pytest.fixture
def department(transactional_db):
    return house.department()


@pytest.fixture
def officer(department):
    return house.user("officer", role="officer", department=department)


def voting(poll: Poll, person: User, place: int = 0, **given: Any) -> Callable[[], Any]:
    """The deed of one who votes; secretly with a form of her own, which is read anew."""
    choices = factories.choose(poll, place)
    if poll.is_secret:
        slip = given.pop("slip", None) or factories.slip(poll, person)
        return lambda: actions.cast_secretly(poll, by=person, slip=slip, choices=choices, **given)
    return lambda: actions.cast(poll, by=person, choices=choices, **given)


def ballots(poll: Poll) -> int:
    if poll.is_secret and not Poll.objects.get(pk=poll.pk).opened_at:
        return SecretVoterRecord.objects.filter(poll=poll, box__isnull=False).count()
    return cast_ballots(poll).count()


def used_records(poll: Poll) -> int:
    return voter_records(poll).used().count()


def frozen(officer: User, secrecy: str, **fields: Any) -> Poll:
    """An open poll whose electorate is written down; make its voters before."""
    department = officer.grants.get().department
    return electorate_actions.freeze(factories.poll(officer, department, secrecy=secrecy, **fields))


# --- One voter ------------------------------------------------------------------------------------


def test_fifty_secret_votes_of_one_person_are_one_and_49_are_told(officer, bohdan):
    poll = frozen(officer, SECRET)
    outcomes = at_once([voting(poll, bohdan) for _try in range(50)])
    assert codes(outcomes) == {"vote.voted_already": 49}
    (receipt,) = (each for each in outcomes if isinstance(each, UUID))
    assert used_records(poll) == 1
    factories.close(poll)
    assert ReceiptCode.objects.get().code == receipt


def test_one_secret_ballot_sent_fifty_times_is_one_and_each_is_given_its_receipt(officer, bohdan):
    poll = frozen(officer, SECRET)
    outcomes = at_once([voting(poll, bohdan, slip=factories.slip(poll, bohdan))] * 50)
    assert len(set(outcomes)) == 1 and isinstance(outcomes[0], UUID)
    assert (ballots(poll), used_records(poll)) == (1, 1)


def test_fifty_open_votes_of_one_person_are_one_mark_and_one_ballot(officer, bohdan):
    """Each of them votes anew; what stands is one of those that were sent."""
    poll = factories.poll(officer, officer.grants.get().department)  # nobody has voted yet
    outcomes = at_once([voting(poll, bohdan, number % 3) for number in range(50)])
    assert codes(outcomes) == {}
    assert (ballots(poll), used_records(poll)) == (1, 1)
    assert OpenBallot.objects.get().choices in [factories.choose(poll, n) for n in range(3)]


@both
@pytest.mark.with_all
@pytest.mark.cpu(6)  # fifty requests of ten threads
def test_the_same_through_the_page(officer, bohdan, secrecy):
    poll = frozen(officer, secrecy)
    address, choice = f"/polls/{poll.pk}/vote/", f"q{factories.first_question(poll).pk}"

    slips = [factories.slip(poll, bohdan) for _try in range(50)]

    def send() -> int:
        client = Client(raise_request_exception=False)
        client.force_login(bohdan)
        form = {choice: factories.options(poll)[0], "slip": slips.pop(), "cast": "1"}
        return client.post(address, form).status_code

    found = Counter(at_once([send] * 50))
    assert found == ({200: 1, 422: 49} if secrecy == SECRET else {200: 50})
    assert (ballots(poll), used_records(poll)) == (1, 1)


@both
def test_two_representatives_of_an_organisation_are_one_vote(officer, firm, bohdan, secrecy):
    company = house.organisation("ТОВ «Тераса»", firm, bohdan)
    for _again in range(10):
        poll = frozen(officer, secrecy, voters=Poll.Voters.ORGANISATIONS)
        outcomes = at_once(
            [voting(poll, person, organisation_id=company.pk) for person in (firm, bohdan)],
            threads=2,
        )
        assert codes(outcomes) == {"vote.organisation_voted": 1}
        assert (ballots(poll), used_records(poll)) == (1, 1)


@both
def test_the_first_voters_write_the_electorate_down_once(officer, secrecy):
    people = crowd(20)
    poll = factories.poll(officer, officer.grants.get().department, secrecy=secrecy)
    assert codes(at_once([voting(poll, person) for person in people], threads=20)) == {}
    assert (ballots(poll), used_records(poll)) == (20, 20)
    listed = User.objects.count() if secrecy == SECRET else 20
    assert voter_records(poll).count() == listed


# --- The close ------------------------------------------------------------------------------------


def closes_amid(officer: User, people: list[User], secrecy: str) -> None:
    """The last moment comes, and the results are published, while they vote: whoever was told that
    her vote is cast is counted, and nobody else."""
    poll = frozen(officer, secrecy)
    acknowledged: list[Any] = []

    def vote(deed: Callable[[], Any]) -> Callable[[], Any]:
        def run() -> Any:
            made = deed()
            acknowledged.append(made)
            return made

        return run

    def close() -> Any:
        until(lambda: len(acknowledged) >= len(people) // 3)
        Poll.objects.filter(pk=poll.pk).update(closes_at=clock.now())
        if poll.is_secret:
            opening_actions.open_boxes(poll, server_keys.load(poll))
        return life_actions.publish(poll, by=officer).counted["ballots"]

    deeds = [vote(voting(poll, person, place % 3)) for place, person in enumerate(people)]
    published, *outcomes = at_once([close, *deeds], threads=12)
    assert isinstance(published, int), published
    assert set(codes(outcomes)) <= {"poll.closed"}
    assert len(acknowledged) == ballots(poll) == used_records(poll) == published
    assert differences(Poll.objects.get(pk=poll.pk)) == []


@both
def test_nobody_votes_after_the_close_and_nobody_is_lost(officer, secrecy):
    closes_amid(officer, crowd(90), secrecy)


@pytest.mark.long
@pytest.mark.timeout(1800)
@both
def test_eight_closes_amid_three_hundred_votes(officer, secrecy):
    _close_amid(officer, secrecy, times=8, voters=300)


@pytest.mark.nightly
@pytest.mark.timeout(1800)
@both
def test_closes_amid_five_hundred_votes(officer, secrecy):
    _close_amid(officer, secrecy, times=25, voters=500)


def _close_amid(officer, secrecy, *, times, voters):
    people = crowd(voters)
    for _again in range(times):
        closes_amid(officer, people, secrecy)


def test_fifty_changes_of_one_vote_are_one_box_and_the_last_form_stands(officer, bohdan):
    """Forms drawn at the same moment, at two servers: one is cast, the others are told."""
    poll = frozen(officer, SECRET, ballot_kind=Poll.BallotKind.CHANGEABLE)
    outcomes = at_once([voting(poll, bohdan, number % 3) for number in range(50)])
    assert codes(outcomes) == {"ballot.form_old": 49}
    assert (ballots(poll), used_records(poll)) == (1, 1)


@pytest.mark.parametrize(
    "boxes",
    [pytest.param(10, marks=pytest.mark.short), pytest.param(10_000, marks=pytest.mark.long)],
)
def test_an_opening_keeps_nobody_waiting(officer, bohdan, boxes, monkeypatch):
    """Late votes are refused before any lock, and other polls share none with it: also while what
    was found is being written. (How long they take beside 200,000: ``bin/bench opening``.)"""
    late = crowd(boxes + 5)[boxes:]
    poll, other = (
        factories.poll(officer, officer.grants.get().department, secrecy=SECRET) for _ in "12"
    )
    electorate_actions.freeze(other)
    poll = electorate_actions.freeze(poll)
    records = list(SecretVoterRecord.objects.filter(poll=poll).exclude(user__in=late))
    SecretVoterRecord.objects.filter(poll=poll).exclude(user__in=late).delete()
    for record in records:
        record.used = True
    factories.put(poll, records, factories.choose(poll))
    too_late = [voting(poll, person) for person in late]
    in_time = [voting(other, person) for person in (*late, bohdan)]
    factories.end(poll)
    key, written, told = server_keys.load(poll), Event(), Event()
    original = opening_actions.empty_boxes

    def wait(opened: Poll) -> None:
        original(opened)
        written.set()
        assert told.wait(20), "somebody waited for the opening"

    monkeypatch.setattr(opening_actions, "empty_boxes", wait)

    def vote() -> list[Any]:
        assert written.wait(60)
        try:
            return at_once([*too_late, *in_time], threads=1)
        finally:
            told.set()

    _opened, outcomes = at_once([lambda: opening_actions.open_boxes(poll, key), vote], threads=2)
    assert codes(outcomes) == {"poll.closed": len(late)}
    assert ballots(other) == len(late) + 1
    poll.refresh_from_db()
    assert (poll.opened_at is not None, ballots(poll)) == (True, len(records))


@pytest.mark.long
def test_an_old_form_replaces_no_newer_vote_at_another_server(officer, bohdan):
    poll = frozen(officer, SECRET, ballot_kind=Poll.BallotKind.CHANGEABLE)
    (key,), old = sessions_of([bohdan]), factories.slip(poll, bohdan)
    question = f"q{factories.first_question(poll).pk}"

    def send(server: Server, place: int, slip: str = "") -> int | None:
        form = {question: factories.options(poll)[place], "cast": "1"}
        form["slip"] = slip or factories.slip(poll, bohdan)
        return post(server.port, f"/polls/{poll.pk}/vote/", key, form)

    env = {"DJANGO_SETTINGS_MODULE": "tests.served"}
    with start_web(**env) as one, start_web(**env) as other:
        assert [send(one, 1), send(other, 2), send(one, 0, old), send(other, 0, old)] == [
            *(200, 200, 422, 422)
        ]
    factories.close(poll)
    assert OpenedBallot.objects.get(poll=poll).choices == factories.choose(poll, 2)


# --- Faults ---------------------------------------------------------------------------------------


def survives(
    officer: User, secrecy: str, number: int, faults: int, *, of_database: bool = False
) -> None:
    """So many vote over HTTP, each trying the same form until she has her receipt, while the web
    process is killed, or PostgreSQL, so many times."""
    people = crowd(number)
    poll = frozen(officer, secrecy)
    keys, port, received = sessions_of(people), free_port(), Counter[int]()
    address, choice = f"/polls/{poll.pk}/vote/", f"q{factories.first_question(poll).pk}"
    options, stop = factories.options(poll), Event()
    slips = [factories.slip(poll, person) for person in people]

    def vote(place: int) -> None:
        form = {choice: options[place % 3], "slip": slips[place], "cast": "1"}
        while not stop.is_set():
            status = post(port, address, keys[place], form)
            if status == 200:
                received[place] += 1
                return
            # The connection broke, or the page said that the database is away: never a 500.
            assert status in (None, 503), status
            time.sleep(0.05)

    def enough(round_: int) -> bool:
        return len(received) >= (round_ + 1) * number // (faults + 2)

    with ThreadPoolExecutor(8) as pool:
        running: list[Future[None]] = []
        rounds = 1 if of_database else faults + 1
        try:
            for round_ in range(rounds):
                with start_web(port=port, workers=2, DJANGO_SETTINGS_MODULE="tests.served") as web:
                    running = running or [pool.submit(vote, place) for place in range(number)]
                    if of_database:
                        for fault in range(faults):
                            until(lambda fault=fault: enough(fault))
                            crash_database()
                    elif round_ < faults:
                        until(lambda round_=round_: enough(round_))
                        web.kill()
                        continue
                    for each in running:
                        each.result(120)
        finally:
            stop.set()
    assert len(received) == ballots(poll) == used_records(poll) == number
    if secrecy == SECRET:
        drawn = {
            slips_of.read(slip, poll, whose=f"user:{person.pk}").code
            for slip, person in zip(slips, people, strict=True)
        }
        factories.close(poll)
        assert set(ReceiptCode.objects.values_list("code", flat=True)) == drawn


def crash_database() -> None:
    """End one of PostgreSQL's processes by force: it throws all others out and begins anew from
    what it has written down, as after an immediate stop."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    if not psutil.pid_exists(pid) or "postgres" not in psutil.Process(pid).name():
        pytest.skip("PostgreSQL runs elsewhere")
    with psycopg.connect(database_url(), autocommit=True) as witness:
        os.kill(pid, signal.SIGKILL)
        until(lambda: not is_alive(witness))
    until(answers)


def is_alive(witness: psycopg.Connection) -> bool:
    try:
        witness.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


def answers() -> bool:
    try:
        connection.close()
        connection.close_pool()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        return False
    return True


@pytest.mark.long
@both
def test_a_killed_server_loses_and_doubles_none(officer, secrecy):
    survives(officer, secrecy, 60, faults=1)


@pytest.mark.long
@both
def test_a_crashed_database_loses_and_doubles_none(officer, secrecy):
    survives(officer, secrecy, 60, faults=1, of_database=True)


@pytest.mark.long
@pytest.mark.timeout(1200)
@both
@pytest.mark.parametrize("of_database", [False, True])
def test_a_thousand_votes_and_three_faults(officer, secrecy, of_database):
    survives(officer, secrecy, 1000, faults=3, of_database=of_database)
