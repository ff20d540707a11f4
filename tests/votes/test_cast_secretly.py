"""Voting in secret polls, and what is left of it in the database."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from core.domain import clock as core_clock
from core.domain.rules import Refused
from core.domain.topics import seq_of
from core.models import AuditEntry
from tests import factories as house
from tests.votes import factories
from votes import codes
from votes.actions import cast as actions
from votes.actions import electorate as electorate_actions
from votes.actions import life as life_actions
from votes.actions import seal as seal_actions
from votes.models import Poll, SealedBallot, SecretVoterRecord, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return house.department()


@pytest.fixture
def officer(department):
    return house.user("officer", role="officer", department=department)


@pytest.fixture
def secret(officer, department, olena, bohdan):
    return electorate_actions.freeze(
        factories.poll(officer, department, secrecy=Poll.Secrecy.SECRET)
    )


def test_one_vote_and_for_good(secret, olena):
    code = uuid4()
    choices = factories.choose(secret)
    assert actions.cast_secretly(secret, by=olena, code=code, choices=choices) == code
    with pytest.raises(Refused) as refused:
        actions.cast_secretly(secret, by=olena, code=uuid4(), choices=choices)
    assert refused.value.verdict.code == "vote.voted_already"
    assert SealedBallot.objects.get().code == code
    assert SecretVoterRecord.objects.filter(used=True).get().user == olena


def test_the_same_form_again_gives_the_same_receipt(secret, olena):
    code = uuid4()
    for _again in range(2):
        assert (
            actions.cast_secretly(secret, by=olena, code=code, choices=factories.choose(secret))
            == code
        )
    assert SealedBallot.objects.count() == 1


def test_a_code_of_somebody_else_does_not_use_up_the_vote(secret, olena, bohdan):
    code = uuid4()
    actions.cast_secretly(secret, by=olena, code=code, choices=factories.choose(secret))
    for bad in (code, UUID(int=7)):
        with pytest.raises(Refused) as refused:
            actions.cast_secretly(secret, by=bohdan, code=bad, choices=factories.choose(secret))
        assert refused.value.verdict.code == "ballot.code"
    actions.cast_secretly(secret, by=bohdan, code=uuid4(), choices=factories.choose(secret))


def test_a_malformed_ballot_does_not_use_up_the_vote(secret, olena):
    question = str(factories.first_question(secret).pk)
    with pytest.raises(Refused):
        actions.cast_secretly(secret, by=olena, code=uuid4(), choices={question: "nonsense"})
    assert not SecretVoterRecord.objects.filter(used=True).exists()


def test_nobody_joins_after_the_opening(secret):
    late = house.user("late")
    with pytest.raises(Refused) as refused:
        actions.cast_secretly(secret, by=late, code=uuid4(), choices=factories.choose(secret))
    assert refused.value.verdict.code == "vote.not_on_list"


def test_the_first_voter_goes_by_the_dates_of_now(officer, department, olena, clock):
    """The request read the poll before it was extended; nobody has frozen the electorate yet."""
    read = factories.poll(officer, department, State.SCHEDULED, secrecy=Poll.Secrecy.SECRET)
    later = read.closes_at + timedelta(days=2)
    life_actions.extend(read, by=officer, closes_at=later, reason="Буря")
    electorate_actions.create_partitions(read)
    clock.advance(seconds=(later - core_clock.now()).total_seconds() - 60)
    actions.cast_secretly(read, by=olena, code=uuid4(), choices=factories.choose(read))
    assert SecretVoterRecord.objects.get(used=True).user == olena


def test_it_leaves_nothing_but_mark_and_ballot(secret, olena):
    """No row of any table changes but these two."""
    before, seq = everything(), seq_of(secret.topic)
    actions.cast_secretly(secret, by=olena, code=uuid4(), choices=factories.choose(secret))
    changed = {table for table, rows in everything().items() if rows != before[table]}
    assert changed == {SecretVoterRecord._meta.db_table, SealedBallot._meta.db_table}
    assert not AuditEntry.objects.filter(actor=olena.pk).exists()
    assert seq_of(secret.topic) == seq, "what raised it before was the announcement"


def everything():
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{table}" t'  # noqa: S608
            )
            found[table] = cursor.fetchone()[0]
        return found


def test_resealing_changes_no_number(secret, olena, bohdan):
    for person in (olena, bohdan):
        actions.cast_secretly(secret, by=person, code=uuid4(), choices=factories.choose(secret))
    ballots = set(SealedBallot.objects.values_list("code", flat=True))
    voters = set(SecretVoterRecord.objects.filter(used=True).values_list("user", flat=True))
    assert seal_actions.reseal(secret) == 2
    assert set(SealedBallot.objects.values_list("code", flat=True)) == ballots
    assert set(SecretVoterRecord.objects.filter(used=True).values_list("user", flat=True)) == voters
    assert SecretVoterRecord.objects.filter(poll=secret).count() == secret.electorate
    secret.refresh_from_db()
    assert secret.sealed == 2


def test_published_codes_are_those_of_the_ballots(secret, officer, olena):
    code = uuid4()
    actions.cast_secretly(secret, by=olena, code=code, choices=factories.choose(secret))
    factories.close(secret)
    result = life_actions.publish(secret, by=officer)
    assert b"".join(codes.lines(secret)) == f"{code.hex}\n".encode()
    assert result.codes_hash == codes.hash_of(secret)
    assert result.counted["ballots"] == 1
