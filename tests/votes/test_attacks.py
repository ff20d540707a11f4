"""What somebody with the database, or with an old form, tries on a secret poll, and how it ends:
each is a coded refusal or a public number."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import connection

from core.audit_log.beginning import begin_record
from core.audit_log.comparing import find_faults
from core.domain.rules import Refused
from core.models import AuditEntry, AuditRecord
from tests import factories as house
from tests.crowds import crowd
from tests.votes import factories
from votes.ballots import actions as casting
from votes.ballots.boxes import Ballot, seal
from votes.electorate import actions as electorate_actions
from votes.keepers import actions as keepers_actions
from votes.life import actions as life_actions
from votes.models import Keeper, OpenedBallot, Poll, ReceiptCode, SecretVoterRecord, State
from votes.opening import actions as opening_actions
from votes.opening.numbers import numbers_of
from votes.record import things_of

pytestmark = pytest.mark.django_db
CHANGEABLE = Poll.BallotKind.CHANGEABLE


@pytest.fixture
def officer():
    return house.user("officer", role="officer", department=house.department())


@pytest.fixture
def keys():
    return [X25519PrivateKey.generate(), X25519PrivateKey.generate()]


@pytest.fixture
def kept(officer, keys):
    """Makes an open poll whose keys two people keep; its voters are made before."""

    def make(**fields) -> Poll:
        how = {"secrecy": Poll.Secrecy.SECRET, "keeping": Poll.Keeping.PEOPLE}
        department = officer.grants.get().department
        poll = factories.poll(officer, department, State.DRAFT, **how, **fields)
        # A key belongs to one poll alone.
        own = keys if not Keeper.objects.exists() else [X25519PrivateKey.generate() for _ in keys]
        for key in own:
            public_key = key.public_key().public_bytes_raw()
            keepers_actions.add_keeper(poll, by=officer, name="Секретар", public_key=public_key)
        Keeper.objects.filter(poll=poll).update(proved_at="2026-11-01T10:00Z")
        return electorate_actions.freeze(life_actions.schedule(poll, by=officer))

    return make


def refusal(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.verdict.code


def by_force(sql: str, *values: object) -> None:
    """As somebody does who owns the tables: no trigger keeps them from it."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET session_replication_role = DEFAULT")
    casting._keys.cache_clear()


def test_both_files_are_lost_nothing_is_published_and_all_are_told(
    client, kept, officer, olena, bohdan
):
    poll = kept()
    for person in (olena, bohdan):
        factories.cast_secretly(poll, person)
    factories.end(poll)
    assert refusal(lambda: opening_actions.open_boxes(poll, X25519PrivateKey.generate())) == (
        "keeper.other_key"
    )
    assert refusal(lambda: life_actions.publish(poll, by=officer)) == "poll.not_opened"
    why = "Обидва файли втрачено: голоси ніхто не відкриє."
    assert refusal(lambda: life_actions.publish(poll, by=officer, unopened_reason=why)) == (
        "poll.not_opened"
    )
    assert client.get(f"/polls/{poll.pk}/results/").status_code == 404
    life_actions.cancel(poll, by=officer, reason=why)
    assert why in client.get(f"/polls/{poll.pk}/").text
    assert client.get(f"/polls/{poll.pk}/results/").status_code == 404
    assert not OpenedBallot.objects.exists()
    assert not SecretVoterRecord.objects.exclude(box=None).exists()


def test_boxes_that_were_moved_cut_or_sealed_otherwise_are_a_public_number(
    client, kept, officer, keys
):
    voters = crowd(8)
    poll, other = kept(), kept()
    for voter in voters:
        factories.cast_secretly(poll, voter)
        factories.cast_secretly(other, voter)
    own = SecretVoterRecord.objects.filter(poll=poll)
    first, *_rest = (own.get(user=voter) for voter in voters)
    of_other = SecretVoterRecord.objects.get(poll=other, user=voters[1])
    number, asked = own.get(user=voters[3]).number, factories.choose(poll)
    foreign = [X25519PrivateKey.generate().public_key().public_bytes_raw() for _ in keys]
    true = casting.keys_of(poll)
    no_ballot = [
        *(Ballot({"0": 1}, UUID(int=7)), Ballot(asked, None)),  # no question; no receipt
    ]
    changed = {
        voters[1]: bytes(of_other.box),  # of another poll
        voters[2]: bytes(first.box),  # of another record
        voters[3]: seal(poll, foreign, number, Ballot(asked, UUID(int=1))),
        voters[4]: bytes(first.box)[:-1],  # a cut one
        voters[5]: seal(poll, true, own.get(user=voters[5]).number, no_ballot[0]),
        voters[6]: seal(poll, true, own.get(user=voters[6]).number, no_ballot[1]),
    }
    for voter, box in changed.items():
        own.filter(user=voter).update(box=box)
    factories.end(poll)
    opening_actions.open_boxes(poll, keys[1])
    assert (numbers_of(poll).used, numbers_of(poll).opened, poll.unopened) == (8, 2, 0)
    poll.refresh_from_db()
    assert poll.unopened == 6
    assert refusal(lambda: life_actions.publish(poll, by=officer)) == "poll.unopened"
    life_actions.publish(poll, by=officer, unopened_reason="Шість записів змінено в базі даних.")
    page = client.get(f"/polls/{poll.pk}/results/").text
    assert "Шість записів змінено в базі даних." in page


def test_a_foreign_key_in_the_row_is_found_by_the_record_and_opens_nothing(
    kept, officer, keys, olena, bohdan
):
    """Somebody puts a key of their own into the rows for a time, to read what is cast then."""
    poll = kept()
    assert begin_record() == 0
    assert list(find_faults(poll.topic, things_of(poll.pk))) == []
    factories.cast_secretly(poll, olena)
    thief = X25519PrivateKey.generate().public_key().public_bytes_raw()
    keeper = poll.keepers.first()
    true = bytes(keeper.public_key)
    by_force("UPDATE votes_keeper SET public_key = %s WHERE id = %s", thief, keeper.pk)
    (fault,) = find_faults(poll.topic, things_of(poll.pk))
    assert fault == f"{poll.topic}: keeper {keeper.pk}: it is not what was recorded"
    factories.cast_secretly(poll, bohdan)
    by_force("UPDATE votes_keeper SET public_key = %s WHERE id = %s", true, keeper.pk)
    factories.end(poll)
    opened = opening_actions.open_boxes(poll, keys[0])
    assert opened.unopened == 1, "what was sealed to the foreign key"
    assert refusal(lambda: life_actions.publish(poll, by=officer)) == "poll.unopened"


def test_fingerprints_stand_in_the_audit_and_in_rows_of_record(kept, keys):
    poll = kept()
    fingerprints = [keeper.fingerprint for keeper in poll.keepers.all()]
    added = AuditEntry.objects.filter(event="KeeperAdded").order_by("pk")
    assert [entry.ids["fingerprint"] for entry in added] == fingerprints
    rows = [json.loads(row.line) for row in AuditRecord.objects.filter(of=poll.topic)]
    assert [row["facts"]["fingerprint"] for row in rows] == fingerprints
    assert {row["facts"]["suite"] for row in rows} == {poll.suite}


def test_a_code_of_two_voters_is_said_and_counted_twice(client, kept, officer, keys):
    """The server draws each code; who changes the program may give two people the same."""
    voters = crowd(3)
    poll = kept()
    for voter in voters:
        factories.cast_secretly(poll, voter)
    code, record = UUID(int=7), SecretVoterRecord.objects.filter(poll=poll)
    for voter in voters[:2]:
        ballot = Ballot(factories.choose(poll), code)
        number = record.get(user=voter).number
        box = seal(poll, casting.keys_of(poll), number, ballot)
        record.filter(user=voter).update(box=box)
    factories.end(poll)
    opening_actions.open_boxes(poll, keys[0])
    assert ReceiptCode.objects.filter(poll=poll, code=code).count() == 2
    assert numbers_of(poll).repeated == 1
    life_actions.publish(poll, by=officer)
    assert "трапляються більше ніж раз" in client.get(f"/polls/{poll.pk}/results/").text


@pytest.mark.parametrize(
    "times",
    [
        pytest.param(300, marks=pytest.mark.short),
        pytest.param(10_000, marks=[pytest.mark.nightly, pytest.mark.timeout(1200)]),
    ],
)
def test_many_replacements_are_one_vote_the_last(kept, officer, keys, olena, times):
    """Each is a box of the same length, and nothing says how many there were."""
    poll = kept(ballot_kind=CHANGEABLE)
    first = factories.slip(poll, olena)
    lengths = set()
    for number in range(times):
        factories.cast_secretly(poll, olena, factories.choose(poll, number % 3))
        if number in (0, 1, times - 1):
            record = SecretVoterRecord.objects.get(poll=poll, user=olena)
            lengths.add(len(record.box))
    old = {"slip": first, "by": olena, "choices": factories.choose(poll)}
    assert refusal(lambda: casting.cast_secretly(poll, **old)) == "ballot.form_old"
    assert len(lengths) == 1
    factories.end(poll)
    opening_actions.open_boxes(poll, keys[0])
    last = factories.choose(poll, (times - 1) % 3)
    assert OpenedBallot.objects.get(poll=poll).choices == last
    assert life_actions.publish(poll, by=officer).counted["ballots"] == 1
