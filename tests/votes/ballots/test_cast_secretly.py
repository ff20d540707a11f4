"""Voting in secret polls, and what is left of it in the database."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from core.domain import clock as core_clock
from core.domain.rules import Refused
from core.domain.topics import seq_of
from core.models import AuditEntry
from tests import factories as house
from tests.votes import factories
from votes.ballots import actions, codes, slips
from votes.electorate import actions as electorate_actions
from votes.life import actions as life_actions
from votes.models import OpenedBallot, Poll, ReceiptCode, SecretVoterRecord, State

pytestmark = pytest.mark.django_db
CHANGEABLE = Poll.BallotKind.CHANGEABLE


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


@pytest.fixture
def changeable(officer, department, olena, bohdan):
    made = factories.poll(officer, department, secrecy=Poll.Secrecy.SECRET, ballot_kind=CHANGEABLE)
    return electorate_actions.freeze(made)


def code_of(refused):
    return refused.value.verdict.code


def counts(poll):
    return [each["votes"] for each in poll.result.counted["questions"][0]["options"]]


def test_one_vote_and_for_good(secret, olena):
    late = factories.slip(secret, olena)
    assert factories.cast_secretly(secret, olena)
    for slip in (late, factories.slip(secret, olena)):
        with pytest.raises(Refused) as refused:
            actions.cast_secretly(secret, slip=slip, by=olena, choices=factories.choose(secret))
        assert code_of(refused) == "vote.voted_already"
    assert SecretVoterRecord.objects.filter(used=True).get().user == olena


def test_the_same_form_again_writes_nothing_and_gives_the_same(secret, olena):
    how = {"slip": factories.slip(secret, olena), "by": olena}
    code = actions.cast_secretly(secret, choices=factories.choose(secret), **how)
    box = bytes(SecretVoterRecord.objects.get(used=True).box)
    assert actions.cast_secretly(secret, choices=factories.choose(secret, 1), **how) == code
    assert bytes(SecretVoterRecord.objects.get(used=True).box) == box


def chosen(poll, place, page, button):
    """What a browser sends from a page of theirs, with this choice and this button."""
    (slip,) = set(re.findall(r'name="slip" value="([^"]*)"', page.text))
    question, option = factories.first_question(poll).pk, factories.options(poll)[place]
    return {f"q{question}": option, "slip": slip, button: "1"}


def test_another_choice_after_an_answer_that_was_lost_is_another_vote(client, changeable, olena):
    client.force_login(olena)
    address = f"/polls/{changeable.pk}/vote/"
    review = client.post(address, chosen(changeable, 0, client.get(address), "check"))
    client.post(address, chosen(changeable, 0, review, "cast"))  # and the answer is lost
    form = client.post(address, chosen(changeable, 0, review, "change"))
    assert "новий голос замінить" in form.text.lower()
    other = client.post(address, chosen(changeable, 2, form, "check"))
    client.post(address, chosen(changeable, 2, other, "cast"))
    third = client.post(address, chosen(changeable, 1, form, "check"))  # from the history
    assert client.post(address, chosen(changeable, 1, third, "cast")).status_code == 422
    (ballot,) = factories.in_boxes(changeable)
    assert ballot.choices == factories.choose(changeable, 2)


def test_two_reviews_of_one_form_are_two_votes(client, changeable, olena):
    """In two windows: what is cast second is never taken for what was cast first."""
    client.force_login(olena)
    address = f"/polls/{changeable.pk}/vote/"
    form = client.get(address)
    one, other = (
        client.post(address, chosen(changeable, place, form, "check")) for place in (0, 2)
    )
    client.post(address, chosen(changeable, 0, one, "cast"))
    late = client.post(address, chosen(changeable, 2, other, "cast"))
    assert late.status_code == 422
    (ballot,) = factories.in_boxes(changeable)
    assert ballot.choices == factories.choose(changeable, 0)


@pytest.mark.parametrize("button", ["check", "change"])
def test_a_vote_that_is_cast_once_is_told_to_stand(client, secret, olena, button):
    client.force_login(olena)
    address = f"/polls/{secret.pk}/vote/"
    review = client.post(address, chosen(secret, 0, client.get(address), "check"))
    receipt = client.post(address, chosen(secret, 0, review, "cast"))
    again = client.post(address, chosen(secret, 2, review, button))
    assert again.context["code"] == receipt.context["code"]
    assert "не подано" in again.text
    assert "не подано" not in receipt.text


def test_what_the_server_did_not_draw_for_them_and_here_is_refused(
    secret, changeable, olena, bohdan
):
    foreign = [
        *("", "nonsense", factories.slip(secret, bohdan), factories.slip(changeable, olena)),
        factories.slip(secret, olena)[:-1],
    ]
    for slip in foreign:
        with pytest.raises(Refused) as refused:
            actions.cast_secretly(secret, slip=slip, by=olena, choices=factories.choose(secret))
        assert code_of(refused) == "ballot.form"
    assert not SecretVoterRecord.objects.filter(used=True).exists()


def test_a_changed_vote_is_counted_once_and_an_old_form_never_replaces_it(
    changeable, officer, olena
):
    old = factories.slip(changeable, olena)
    assert factories.cast_secretly(changeable, olena) is None
    factories.cast_secretly(changeable, olena, factories.choose(changeable, 2))
    with pytest.raises(Refused) as refused:
        actions.cast_secretly(changeable, slip=old, by=olena, choices=factories.choose(changeable))
    assert code_of(refused) == "ballot.form_old"
    life_actions.publish(factories.close(changeable), by=officer)
    assert counts(changeable) == [0, 0, 1]
    assert not ReceiptCode.objects.filter(poll=changeable).exists()


def test_an_account_overrides_a_code_on_paper_and_no_code_overrides(officer, department, olena):
    people = [("Олена", olena.email), ("Хтось", "")]
    poll = factories.poll(
        officer, department, people=people, secrecy=Poll.Secrecy.SECRET, ballot_kind=CHANGEABLE
    )
    poll = electorate_actions.freeze(poll)
    line = poll.invitations.get(name="Олена")
    factories.cast_secretly(poll, invitation=line)
    with pytest.raises(Refused) as refused:
        factories.cast_secretly(poll, invitation=line)
    assert code_of(refused) == "vote.code_used"
    factories.cast_secretly(poll, olena, factories.choose(poll, 1))
    with pytest.raises(Refused):
        factories.cast_secretly(poll, invitation=line, choices=factories.choose(poll, 2))
    life_actions.publish(factories.close(poll), by=officer)
    assert counts(poll) == [0, 1, 0]


def test_a_malformed_ballot_does_not_use_up_the_vote(secret, olena):
    question = str(factories.first_question(secret).pk)
    with pytest.raises(Refused):
        factories.cast_secretly(secret, olena, {question: "nonsense"})
    assert not SecretVoterRecord.objects.filter(used=True).exists()


def test_nobody_joins_after_the_opening(secret):
    late = house.user("late")
    with pytest.raises(Refused) as refused:
        factories.cast_secretly(secret, late)
    assert code_of(refused) == "vote.not_on_list"


def test_the_first_voter_goes_by_the_dates_of_now(officer, department, olena, clock):
    """The request read the poll before it was extended; nobody has frozen the electorate yet."""
    read = factories.poll(officer, department, State.SCHEDULED, secrecy=Poll.Secrecy.SECRET)
    later = read.closes_at + timedelta(days=2)
    life_actions.extend(read, by=officer, closes_at=later, reason="Буря")
    clock.advance(seconds=(later - core_clock.now()).total_seconds() - 60)
    factories.cast_secretly(Poll.objects.get(pk=read.pk), olena)
    assert SecretVoterRecord.objects.get(used=True).user == olena


def test_it_leaves_nothing_but_the_box_on_the_record(secret, olena, bohdan):
    """No row of any table changes but this one, and all boxes are of one length."""
    before, seq = everything(), seq_of(secret.topic)
    code = factories.cast_secretly(secret, olena)
    changed = {table for table, rows in everything().items() if rows != before[table]}
    assert changed == {SecretVoterRecord._meta.db_table}
    assert not AuditEntry.objects.filter(actor=olena.pk).exists()
    assert seq_of(secret.topic) == seq, "what raised it before was the announcement"
    factories.cast_secretly(secret, bohdan, factories.choose(secret, 2))
    boxes = [bytes(each.box) for each in SecretVoterRecord.objects.filter(used=True)]
    assert len({len(box) for box in boxes}) == 1
    assert not any(code.bytes in box or code.hex.encode() in box for box in boxes)


def everything():
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{table}" t'  # noqa: S608
            )
            found[table] = cursor.fetchone()[0]
        return found


def test_published_codes_are_those_of_the_ballots(secret, officer, olena, bohdan):
    found = sorted(factories.cast_secretly(secret, person) for person in (olena, bohdan))
    result = life_actions.publish(factories.close(secret), by=officer)
    assert b"".join(codes.lines(secret)) == b"".join(f"{each.hex}\n".encode() for each in found)
    assert result.codes_hash == codes.hash_of(secret)
    assert result.counted["ballots"] == OpenedBallot.objects.count() == 2
    assert not SecretVoterRecord.objects.exclude(box=None, form=None).exists()


def test_late_votes_and_boxes_that_are_being_opened(secret, officer, olena, bohdan):
    slip = factories.slip(secret, bohdan)
    factories.cast_secretly(secret, olena)
    factories.end(secret)
    with pytest.raises(Refused) as refused:
        actions.cast_secretly(secret, slip=slip, by=bohdan, choices=factories.choose(secret))
    assert code_of(refused) == "poll.closed"
    with pytest.raises(Refused) as refused:
        life_actions.publish(secret, by=officer)
    assert code_of(refused) == "poll.not_opened"
    Poll.objects.filter(pk=secret.pk).update(
        opening_at=core_clock.now(), closes_at=core_clock.now() + timedelta(hours=1)
    )
    with pytest.raises(Refused) as refused:
        actions.cast_secretly(secret, slip=slip, by=bohdan, choices=factories.choose(secret))
    assert code_of(refused) == "poll.closed", "by the database, as by the dates"
    records = SecretVoterRecord.objects.filter(poll=secret)
    for change in (
        lambda: records.filter(used=True).update(box=b"another"),
        lambda: records.filter(used=True).update(box=None, form=None),
        lambda: records.filter(used=False).update(used=True, box=b"new", form=uuid4()),
        lambda: records.filter(used=True).delete(),
        lambda: SecretVoterRecord.objects.create(
            poll=secret, number=99, user=house.user("late"), used=True, box=b"new", form=uuid4()
        ),
    ):
        with pytest.raises(IntegrityError, match="stay as they are"), transaction.atomic():
            change()


def test_a_cancelled_poll_has_no_boxes(secret, officer, olena):
    factories.cast_secretly(secret, olena)
    life_actions.cancel(secret, by=officer, reason="Питання вирішено.")
    record = SecretVoterRecord.objects.get(used=True)
    assert (record.box, record.form) == (None, None)
    assert not OpenedBallot.objects.exists()


def test_a_slip_says_nothing_of_another_poll(secret, olena):
    drawn = slips.read(factories.slip(secret, olena), secret, whose=f"user:{olena.pk}")
    assert drawn.number and drawn.before is None and drawn.code
