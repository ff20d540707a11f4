"""Re-sealing beside people who vote, and beside those who copy or read the database."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction

from accounts.models import User
from core.domain.actions import action
from core.domain.rules import Refused
from tests import factories as house
from tests.cli.conftest import environment
from tests.cli.test_restore import empty, programs  # noqa: F401
from tests.cli.test_serve import database_url
from tests.votes import factories
from votes import partitions, reading
from votes.actions import cast as cast_actions
from votes.actions import electorate as electorate_actions
from votes.actions import life as life_actions
from votes.actions import seal as actions
from votes.actions.seal import (
    BACKUP_LOCK,
    PutOff,
    numbers_of,
    require_no_older_snapshot,
    reseal_what_waits,
)
from votes.models import Poll, cast_ballots, voter_records

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def voters(transactional_db):
    User.objects.bulk_create(
        User(email=f"voter{number}@viche.example", given_name="Віра", family_name="Виборча")
        for number in range(60)
    )
    return list(User.objects.filter(email__startswith="voter"))


@pytest.fixture
def polls(voters):
    """Two secret polls that are open."""
    department = house.department()
    officer = house.user("officer", role="officer", department=department)
    return [
        electorate_actions.freeze(factories.poll(officer, department, secrecy=Poll.Secrecy.SECRET))
        for _each in range(2)
    ]


def cast(poll: Poll, voters: list[User]) -> None:
    for voter in voters:
        choices = factories.choose(poll)
        cast_actions.cast_secretly(poll, by=voter, code=uuid4(), choices=choices)


def in_a_thread(deed: Callable[[], object], *, patience: str = "200ms") -> object:
    """Do it on another connection, where whoever waits for a lock for so long fails."""

    def run() -> object:
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET lock_timeout = '{patience}'")
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(run).result()


@pytest.mark.parametrize("has_snapshot", [True, False], ids=["dump", "lock alone"])
def test_people_vote_while_a_dump_is_open_and_the_reseal_is_tried_again(
    polls, voters, has_snapshot
):
    """An open pg_dump holds ACCESS SHARE on every table from its first second."""
    poll, other = polls
    cast(poll, voters[:20])
    with psycopg.connect(database_url()) as dump:
        if has_snapshot:
            dump.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            dump.execute("SELECT 1")
        for table in partitions.TABLES:
            dump.execute(f"LOCK TABLE {table.name} IN ACCESS SHARE MODE")  # type: ignore[arg-type]
        assert reseal_what_waits() == 0
        for each in polls:
            in_a_thread(lambda each=each: cast(each, voters[20:23]))
        poll.refresh_from_db()
        assert poll.sealed == 0
        held = dump.execute("SELECT count(*) FROM votes_sealedballot WHERE poll_id = %s", [poll.pk])
        assert held.fetchone() == ((20 if has_snapshot else 23),), "its snapshot's"
    assert reseal_what_waits() == 1
    assert numbers_of(poll) == (23, 23)
    assert numbers_of(other) == (3, 3)


def test_a_snapshot_that_has_locked_nothing_yet_puts_it_off_too(polls, voters):
    """Between the snapshot of a dump and its locks: it would find the new leaf empty."""
    cast(polls[0], voters[:20])
    with psycopg.connect(database_url()) as dump:
        dump.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        dump.execute("SELECT 1")
        with pytest.raises(PutOff, match="older snapshot"):
            actions.reseal(polls[0])
        found = dump.execute("SELECT count(*) FROM votes_sealedballot").fetchone()
        assert found == (20,)
    assert actions.reseal(polls[0]) == 20


def test_of_another_roles_session_any_transaction_counts(transactional_db):
    """PostgreSQL hides from Viche's role what a superuser's session does."""
    with psycopg.connect(database_url(), autocommit=True) as other, transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("CREATE ROLE viche_of_a_test")
            cursor.execute("SET LOCAL ROLE viche_of_a_test")
        require_no_older_snapshot()
        other.execute("BEGIN")
        with pytest.raises(PutOff, match="older snapshot"):
            require_no_older_snapshot()
        transaction.set_rollback(True)


def test_a_backup_and_a_reseal_exclude_each_other(polls, voters):
    poll = polls[0]
    cast(poll, voters[:20])
    with psycopg.connect(database_url(), autocommit=True) as backup:
        backup.execute("SELECT pg_advisory_lock_shared(%s)", [BACKUP_LOCK])
        with pytest.raises(PutOff, match="backup"):
            actions.reseal(poll)
        factories.close(poll)
        with pytest.raises(Refused) as refused:
            life_actions.publish(poll, by=poll.made_by)
        assert refused.value.verdict.code == "poll.seal_put_off"
        backup.execute("SELECT pg_advisory_unlock_shared(%s)", [BACKUP_LOCK])
        with action():
            actions.reseal(poll)
            taken = "SELECT pg_try_advisory_lock_shared(%s)"
            assert backup.execute(taken, [BACKUP_LOCK]).fetchone() == (False,)
    life_actions.publish(poll, by=poll.made_by)


def test_whoever_votes_or_reads_in_other_polls_does_not_wait(polls, voters):
    """Often enough for PostgreSQL to plan each statement once for all its values."""
    poll, other = polls
    cast(poll, voters[:20])
    with action():
        actions.reseal(poll)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT DISTINCT mode FROM pg_locks WHERE pid = pg_backend_pid() AND relation IN"
                " ('votes_sealedballot'::regclass, 'votes_secretvoterrecord'::regclass)"
            )
            modes = {mode for (mode,) in cursor.fetchall()}
        assert modes <= {"AccessShareLock", "RowExclusiveLock"}, "of the tables that polls share"

        def use() -> None:
            cast(other, voters[:15])
            for _again in range(15):
                numbers_of(other)
                list(reading.ballots_of(other))
                voter_records(other).filter(user=voters[0]).values_list("used").first()
            User(email="new@viche.example").save()
            officer = User.objects.get(email__startswith="officer")
            factories.poll(officer, other.department, secrecy=Poll.Secrecy.SECRET)

        in_a_thread(use)
        with pytest.raises(OperationalError, match="lock timeout"):  # as its own voters would
            in_a_thread(lambda: cast(poll, voters[20:21]))
    assert numbers_of(other) == (15, 15)
    assert numbers_of(poll) == (20, 20)


def test_who_votes_during_the_copy_is_left_to_the_next_reseal(polls, voters):
    """The copy, then votes and a voter whose account was joined to another, then the exchange."""
    poll = polls[0]
    cast(poll, voters[:20])
    with action():
        made = [partitions.Replacement(table, poll) for table in partitions.TABLES]
        assert [each.fill() for each in made] == [User.objects.count(), 20]
        in_a_thread(lambda: cast(poll, voters[20:25]))
        in_a_thread(lambda: voter_records(poll).filter(number=1).update(on_paper=False))
        partitions.lock(poll, milliseconds=200)
        for each in made:
            assert each.catch_up()
            each.put_in_place()
    assert numbers_of(poll) == (25, 25)
    with connection.cursor() as cursor:
        for table in partitions.TABLES:
            cursor.execute("SELECT to_regclass(%s)", [f"{table.of_poll(poll)}_1"])
            assert cursor.fetchone() == (None,)


def test_a_row_that_was_deleted_during_the_copy_puts_it_off(polls, voters):
    poll = polls[0]
    with action():
        made = partitions.Replacement(partitions.RECORDS, poll)
        made.fill()
        in_a_thread(lambda: voter_records(poll).filter(user=voters[0]).delete())
        partitions.lock(poll, milliseconds=200)
        assert not made.catch_up()


@pytest.mark.long
def test_backups_amid_votes_and_reseals_are_whole(polls, voters, programs, empty, tmp_path):  # noqa: F811
    """Each copy holds as many ballots as used records, and no fewer than were there before it."""
    poll, done = polls[0], Event()
    cast(poll, voters[:20])

    def reseal_all_the_time() -> int:
        times = 0
        while not done.is_set():
            try:
                actions.reseal(poll)
                times += 1
            except PutOff:
                done.wait(0.02)
        connection.close()
        return times

    env = environment(PATH=programs, DATABASE_URL=database_url(), MEDIA_ROOT="")
    with ThreadPoolExecutor(1) as thread:
        sealing = thread.submit(reseal_all_the_time)
        try:
            for number in range(2):
                before = cast_ballots(poll).count()
                folder = tmp_path / str(number)
                folder.mkdir()
                command = [settings.BASE_DIR / "deploy/backup", folder]
                with subprocess.Popen(command, env=env) as backup:
                    cast(poll, voters[20 + 10 * number : 30 + 10 * number])
                    assert backup.wait(60) == 0
                (dump,) = folder.glob("*.dump")
                with psycopg.connect(empty) as restored:
                    restored.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
                    restored.execute("DROP SCHEMA IF EXISTS audit, baseline CASCADE")
                restore = ["pg_restore", "--exit-on-error", "--no-owner"]
                subprocess.run(
                    [*restore, f"--dbname={empty}", dump], env=env, check=True, timeout=60
                )
                with psycopg.connect(empty) as restored:
                    ((ballots, used),) = restored.execute(
                        "SELECT (SELECT count(*) FROM votes_sealedballot),"
                        " (SELECT count(*) FROM votes_secretvoterrecord WHERE used)"
                    ).fetchall()
                assert ballots == used >= before
        finally:
            done.set()
        assert sealing.result() > 2


# --- Before it opens ------------------------------------------------------------------------------


@pytest.fixture
def unprepared(voters):
    """A secret poll that was announced and opened before a job made its partitions."""
    department = house.department()
    officer = house.user("officer", role="officer", department=department)
    draft = factories.poll(officer, department, "draft", secrecy=Poll.Secrecy.SECRET)
    return life_actions.schedule(draft, by=officer)


def test_a_poll_without_partitions_opens_in_a_moment(unprepared, voters, client):
    choices = {"choices": factories.choose(unprepared)}
    form = {f"q{factories.first_question(unprepared).pk}": factories.options(unprepared)[0]}
    client.force_login(voters[0])
    address = f"/polls/{unprepared.pk}/vote/"
    assert client.get(address).status_code == 200
    page = client.post(address, form | {"cast": 1, "code": uuid4()})
    assert page.status_code == 422
    assert page.context["form"].has_error("__all__", "poll.opening")
    assert page.context["form"].data[next(iter(form))] == str(next(iter(form.values())))
    api = f"/api/v1/polls/{unprepared.pk}/secret-ballot/"
    answer = client.post(api, choices, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (503, "poll.opening")
    assert life_actions.tell_what_passed() == 1, "a job makes them within a minute at the latest"
    assert client.post(api, choices, content_type="application/json").status_code == 201


def test_announcing_a_secret_poll_leaves_a_job_that_makes_its_partitions(unprepared):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->'poll_id' FROM procrastinate_jobs"
            " WHERE task_name = 'votes.jobs.create_partitions'"
        )
        assert cursor.fetchall() == [(str(unprepared.pk),)]
    assert not partitions.exist(unprepared)
    for _twice in range(2):
        electorate_actions.create_partitions(unprepared)
    assert partitions.exist(unprepared)
