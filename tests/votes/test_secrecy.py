"""An attack by whoever holds the whole database: who cast which ballot of a secret poll?

Most strategies pair each voter who has voted with one ballot, by what SQL tells; another one reads
the tables' files. Guessing finds one pair on average however many there are; before the re-seal the
same strategies find them all, so they have teeth.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from uuid import UUID, uuid4

import pytest
from django.db import connection

from accounts.models import User
from core.models import AuditEntry
from tests import factories as house
from tests.votes import factories, files
from votes import partitions
from votes.actions import cast as cast_actions
from votes.actions import electorate as actions
from votes.actions import life as life_actions
from votes.actions import seal
from votes.actions.seal import numbers_of
from votes.models import Poll, SealedBallot

pytestmark = pytest.mark.django_db(transaction=True)

MOST_FOUND = 10

#: What a row of each table can be sorted by, besides what it says.
_RECORDS = {
    "place": "ctid",
    "transaction": "xmin::text::bigint",
    "number": "number",
    "voter": "user_id",
}
_BALLOTS = {"place": "ctid", "transaction": "xmin::text::bigint", "code": "code"}


@pytest.fixture
def number():
    """How many voters."""
    return 50


@pytest.fixture
def poll(number):
    department = house.department()
    officer = house.user("officer", role="officer", department=department)
    User.objects.bulk_create(
        User(email=f"voter{number}@viche.example", given_name="Віра", family_name="Виборча")
        for number in range(number)
    )
    return actions.freeze(factories.poll(officer, department, secrecy=Poll.Secrecy.SECRET))


def vote(poll: Poll, voters: list[User], random: Random) -> dict[int, UUID]:
    """Let them vote one after the other; returns whose code is whose, which nobody else knows."""
    truth = {}
    for voter in voters:
        truth[voter.pk] = uuid4()
        choices = factories.choose(poll, random.randrange(3))
        cast_actions.cast_secretly(poll, by=voter, code=truth[voter.pk], choices=choices)
    return truth


def guesses(poll: Poll) -> Iterator[tuple[str, dict[int, UUID]]]:
    """Each strategy with the pairs that it finds: the n-th voter in one order, the n-th ballot in
    another, from the front and from the back."""
    with connection.cursor() as cursor:
        for by_record, record_order in _RECORDS.items():
            cursor.execute(
                f"SELECT user_id FROM votes_secretvoterrecord"  # noqa: S608
                f" WHERE poll_id = %s AND used ORDER BY {record_order}",
                [poll.pk],
            )
            voters = [row[0] for row in cursor.fetchall()]
            for by_ballot, ballot_order in _BALLOTS.items():
                cursor.execute(
                    f"SELECT code FROM votes_sealedballot WHERE poll_id = %s ORDER BY {ballot_order}",  # noqa: S608, E501
                    [poll.pk],
                )
                codes = [row[0] for row in cursor.fetchall()]
                name = f"{by_record} × {by_ballot}"
                yield name, dict(zip(voters, codes, strict=True))
                yield f"{name}, reversed", dict(zip(voters, reversed(codes), strict=True))


def found(poll: Poll, truth: dict[int, UUID]) -> dict[str, int]:
    """How many pairs of each strategy are right."""
    strategies = [*guesses(poll), ("files", files.pairs(poll))]
    return {
        name: sum(truth.get(voter) == code for voter, code in pairs.items())
        for name, pairs in strategies
    }


@pytest.mark.parametrize(
    "number",
    [pytest.param(100, marks=pytest.mark.short), pytest.param(1000, marks=pytest.mark.long)],
)
@pytest.mark.cpu(12)
def test_nothing_in_the_database_leads_from_a_voter_to_a_ballot(poll, number):
    random = Random(4711)
    voters = list(User.objects.filter(email__startswith="voter"))
    random.shuffle(voters)
    truth = vote(poll, voters[: number // 2], random)
    open_book = found(poll, truth)
    assert max(open_book.values()) == open_book["files"] == len(truth), "before the re-seal"
    former = {path for table in partitions.TABLES for path in files.heap_paths(poll, table)}
    codes = random.sample(sorted(truth.values()), 2)

    assert seal.reseal(poll) == len(truth)
    nothing_is_found(poll, truth, codes)
    for path in former:
        assert not files.read(path), "the former files are empty, or gone"

    truth |= vote(poll, voters[number // 2 :], random)
    factories.close(poll)
    assert seal.reseal_what_waits() == 1
    nothing_is_found(poll, truth, codes)
    assert numbers_of(poll) == (number, number)
    nothing_else_knows(truth)


def nothing_is_found(poll: Poll, truth: dict[int, UUID], codes: list[UUID]) -> None:
    """By any strategy, and of two ballots no file holds a copy but those in use."""
    matched = found(poll, truth)
    assert max(matched.values()) <= MOST_FOUND, matched
    for code in codes:
        assert files.paths_with(code) == files.leaf_paths(poll)


#: How the first release re-sealed: VACUUM leaves the bytes of deleted rows where they were.
_FORMER_RESEAL = """
WITH gone AS (DELETE FROM votes_sealedballot WHERE poll_id = {poll} RETURNING *)
INSERT INTO votes_sealedballot SELECT * FROM gone ORDER BY code;
WITH gone AS (DELETE FROM votes_secretvoterrecord WHERE poll_id = {poll} AND used RETURNING *)
INSERT INTO votes_secretvoterrecord SELECT * FROM gone ORDER BY number;
"""


@pytest.mark.parametrize("number", [160])
def test_the_files_tell_what_a_plain_vacuum_leaves(poll, number):
    """So this attack would have felled the first release."""
    truth = vote(poll, list(User.objects.filter(email__startswith="voter")), Random(1))
    with connection.cursor() as cursor:
        cursor.execute(_FORMER_RESEAL.format(poll=poll.pk))
        cursor.execute("VACUUM votes_sealedballot, votes_secretvoterrecord")
    matched = found(poll, truth)
    assert matched.pop("files") > len(truth) // 4
    assert max(matched.values()) <= MOST_FOUND, "SQL tells nothing"


def nothing_else_knows(truth: dict[int, UUID]) -> None:
    """No other table holds a code, and none got a row while people voted: no audit entry, no job,
    no count of tries, no seq."""
    codes = {str(code) for code in truth.values()} | {code.hex for code in truth.values()}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table == SealedBallot._meta.db_table:
                continue
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608
            for (row,) in cursor.fetchall():
                assert not any(code in row for code in codes), table
    voters = list(truth)
    assert not AuditEntry.objects.filter(actor__in=voters).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_limit")
        assert cursor.fetchone()[0] == 0


def test_records_and_ballots_share_one_transaction_after_the_seal(poll):
    truth = vote(poll, list(User.objects.filter(email__startswith="voter")[:30]), Random(1))
    seal.reseal(poll)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM votes_sealedballot")
        assert cursor.fetchone()[0] == 1
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM votes_secretvoterrecord")
        assert cursor.fetchone()[0] == 1
        cursor.execute("SELECT code FROM votes_sealedballot ORDER BY ctid")
        assert [row[0] for row in cursor.fetchall()] == sorted(truth.values())


def test_the_job_seals_what_has_enough_new_ballots(poll):
    voters = list(User.objects.filter(email__startswith="voter")[:45])
    vote(poll, voters[:19], Random(1))
    assert seal.reseal_what_waits() == 0
    vote(poll, voters[19:20], Random(2))
    assert seal.reseal_what_waits() == 1
    poll.refresh_from_db()
    assert poll.sealed == 20
    assert seal.reseal_what_waits() == 0
    vote(poll, voters[20:45], Random(3))
    factories.close(poll)
    assert seal.reseal_what_waits() == 1
    poll.refresh_from_db()
    assert poll.sealed == 45


def test_a_poll_that_was_called_off_is_sealed_as_well(poll):
    voters = list(User.objects.filter(email__startswith="voter")[:5])
    vote(poll, voters, Random(1))
    life_actions.cancel(poll, by=poll.made_by, reason="Питання вже вирішено.")
    assert seal.reseal_what_waits() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM votes_sealedballot")
        assert cursor.fetchone()[0] == 1
    assert seal.reseal_what_waits() == 0
