"""What becomes of votes when two accounts are one person's, and when one is erased."""

from __future__ import annotations

import pytest

from accounts.data import actions as data
from accounts.data.register import all_entries
from accounts.identity import joining
from accounts.models import PersonKey
from tests import factories as house
from tests.accounts.identity.conftest import person_code
from tests.votes import factories
from votes.ballots import actions
from votes.electorate import actions as electorate_actions
from votes.life import actions as life_actions
from votes.models import OpenBallot, OpenedBallot, Poll, SecretVoterRecord, VoterRecord
from votes.opening.numbers import numbers_agree
from votes.results import result

pytestmark = pytest.mark.django_db

CODE = person_code()


@pytest.fixture
def officer(department):
    return house.user("officer", role="officer", department=department)


@pytest.fixture
def poll(officer, department):
    return factories.poll(officer, department)


@pytest.fixture
def secret(officer, department, bohdan, charlie):
    return electorate_actions.freeze(
        factories.poll(officer, department, secrecy=Poll.Secrecy.SECRET)
    )


@pytest.fixture(params=["joined", "back"])
def one_person(request, verified, bohdan, charlie):
    """Call it, and charlie's account is bohdan's too: joined to it, or erased before he came."""

    def join() -> None:
        if request.param == "joined":
            joining.merge(bohdan, charlie)
        else:
            verified(charlie, person_code=CODE)
            data.erase(charlie, by=charlie)
            assert verified(bohdan, person_code=CODE).came_back

    return join


def cast(poll, by, place=0, **more):
    return actions.cast(poll, by=by, choices=factories.choose(poll, place), **more)


def cast_secretly(poll, by):
    return factories.cast_secretly(poll, by)


def used_records(poll):
    found = VoterRecord.objects.filter(poll=poll, user__isnull=False).order_by("pk")
    return list(found.values_list("user__email", "used"))


def votes(poll):
    return [each["votes"] for each in result.count_ballots(poll)["questions"][0]["options"]]


# --- Open polls -----------------------------------------------------------------------------------


def test_a_vote_is_hers_in_the_account_that_stays(poll, bohdan, charlie, one_person):
    cast(poll, charlie, 1)
    one_person()
    assert VoterRecord.objects.get().user == bohdan
    cast(poll, bohdan, 2)
    assert votes(poll) == [0, 0, 1]


def test_of_two_votes_that_of_the_account_that_stays_does(poll, bohdan, charlie, olena, one_person):
    for place, person in enumerate((bohdan, charlie, olena)):
        cast(poll, person, place)
    one_person()
    assert votes(poll) == [1, 0, 1]
    assert VoterRecord.objects.filter(used=True).count() == OpenBallot.objects.count() == 2


@pytest.mark.parametrize("on_paper", ["bohdan", "charlie"])
def test_a_sheet_of_paper_stays(poll, bohdan, charlie, one_person, on_paper):
    """It lies among the others, and nobody knows which it is."""
    cast(poll, bohdan), cast(poll, charlie)
    sheet = VoterRecord.objects.get(user__email__startswith=on_paper)
    OpenBallot.objects.filter(voter_record=sheet).delete()
    VoterRecord.objects.filter(pk=sheet.pk).update(on_paper=True)
    one_person()
    record = VoterRecord.objects.get()
    assert (record, record.user, record.on_paper) == (sheet, bohdan, True)
    assert not OpenBallot.objects.exists()


def test_a_result_stands(poll, officer, bohdan, charlie, one_person):
    cast(poll, bohdan, 0), cast(poll, charlie, 1)
    factories.close(poll)
    life_actions.publish(poll, by=officer)
    published = poll.result.counted
    one_person()
    assert result.count_ballots(poll) == published
    assert votes(poll) == [1, 1, 0]


def test_a_closed_poll_that_is_not_counted_yet_stands_too(poll, bohdan, charlie, one_person):
    cast(poll, bohdan, 0), cast(poll, charlie, 1)
    factories.close(poll)
    one_person()
    assert votes(poll) == [1, 1, 0]


def test_what_was_cast_for_an_organisation_may_be_changed(officer, department, bohdan, charlie):
    company = house.organisation("ТОВ «Тераса»", charlie)
    poll = factories.poll(officer, department, voters=Poll.Voters.ORGANISATIONS)
    cast(poll, charlie, 0, organisation_id=company.pk)
    joining.merge(bohdan, charlie)
    cast(poll, bohdan, 2, organisation_id=company.pk)
    assert votes(poll) == [0, 0, 1]


# --- Secret polls ---------------------------------------------------------------------------------


def test_the_record_of_the_account_that_is_gone_goes_with_its_box(
    secret, bohdan, charlie, one_person, refused
):
    cast_secretly(secret, charlie)
    one_person()
    assert not SecretVoterRecord.objects.get(user=bohdan).used
    assert not SecretVoterRecord.objects.filter(user=charlie).exists()
    cast_secretly(secret, bohdan)
    with refused("vote.voted_already"):
        cast_secretly(secret, bohdan)
    factories.close(secret)
    assert numbers_agree(secret)
    assert OpenedBallot.objects.count() == 1


def test_of_two_that_are_not_used_one_is_left(secret, bohdan, charlie, one_person):
    one_person()
    assert not SecretVoterRecord.objects.filter(user=charlie).exists()
    cast_secretly(secret, bohdan)
    assert SecretVoterRecord.objects.filter(used=True).count() == 1


def test_of_two_secret_votes_that_of_the_account_that_stays_does(
    secret, bohdan, charlie, one_person
):
    cast_secretly(secret, bohdan), cast_secretly(secret, charlie)
    one_person()
    assert SecretVoterRecord.objects.get(used=True).user == bohdan
    factories.close(secret)
    assert OpenedBallot.objects.count() == 1
    assert numbers_agree(secret)


def test_what_has_closed_stands_though_nobody_has_opened_it(secret, bohdan, charlie, one_person):
    cast_secretly(secret, bohdan), cast_secretly(secret, charlie)
    factories.end(secret)
    one_person()
    assert SecretVoterRecord.objects.filter(used=True).count() == 2


def test_an_account_that_came_after_the_opening_gets_the_vote(
    secret, bohdan, charlie, olena, one_person
):
    SecretVoterRecord.objects.filter(user=bohdan).delete()
    one_person()
    cast_secretly(secret, bohdan)
    assert SecretVoterRecord.objects.get(user=bohdan).used


# --- Erasing --------------------------------------------------------------------------------------


def test_counts_do_not_change_when_somebody_goes(poll, bohdan, charlie, verified):
    verified(charlie, person_code=CODE)
    cast(poll, bohdan, 0), cast(poll, charlie, 1)
    data.erase(charlie, by=charlie)
    assert votes(poll) == [1, 1, 0]
    assert PersonKey.objects.get().user == charlie


def test_what_she_cast_for_an_organisation_does_not_come_back(
    officer, department, bohdan, charlie, verified
):
    """The vote is the organisation's: nothing leads from it to her new account."""
    poll = factories.poll(officer, department, voters=Poll.Voters.ORGANISATIONS)
    company = house.organisation("ТОВ «Тераса»", bohdan, charlie)
    cast(poll, charlie, organisation_id=company.pk)
    verified(charlie, person_code=CODE)
    data.erase(charlie, by=charlie)
    verified(bohdan, person_code=CODE)
    assert VoterRecord.objects.get().user == charlie


def test_her_download_says_in_words_how_she_voted(poll, bohdan):
    actions.cast(poll, by=bohdan, choices=factories.choose(poll, 1))
    (holding,) = (each for each in all_entries() if each.model is OpenBallot)
    (row,) = holding.collect(bohdan)
    assert row["choices"] == "Що збудувати? Сквер"
