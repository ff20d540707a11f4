"""Voting in open polls."""

import pytest

from core.domain.rules import Refused
from tests import factories as house
from tests.votes import factories
from votes.ballots import actions
from votes.models import OpenBallot, Poll, State, VoterRecord
from votes.results import result

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return house.department()


@pytest.fixture
def officer(department):
    return house.user("officer", role="officer", department=department)


def test_a_vote_is_kept_and_may_be_changed_until_the_close(officer, department, olena, bohdan):
    poll = factories.poll(officer, department)
    actions.cast(poll, by=olena, choices=factories.choose(poll, 0))
    actions.cast(poll, by=bohdan, choices=factories.choose(poll, 0))
    actions.cast(poll, by=olena, choices=factories.choose(poll, 1))
    assert OpenBallot.objects.count() == VoterRecord.objects.filter(used=True).count() == 2
    votes = [each["votes"] for each in result.count_ballots(poll)["questions"][0]["options"]]
    assert votes == [1, 1, 0]
    assert OpenBallot.objects.get(voter_record__user=olena).changed_at


def test_it_costs_few_queries(officer, department, olena, django_assert_num_queries):
    poll = factories.poll(officer, department)
    choices = factories.choose(poll)
    actions.cast(poll, by=officer, choices=choices)
    poll.refresh_from_db()
    with django_assert_num_queries(5):  # BEGIN, lock, cast; following with the COMMIT
        actions.cast(poll, by=olena, choices=choices)


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (State.DRAFT, "poll.not_open_yet"),
        (State.SCHEDULED, "poll.not_open_yet"),
        (State.CLOSED, "poll.closed"),
        (State.PUBLISHED, "poll.closed"),
        (State.CANCELLED, "poll.cancelled"),
    ],
)
def test_only_while_it_is_open(officer, department, olena, state, code):
    poll = factories.poll(officer, department, state)
    with pytest.raises(Refused) as refused:
        actions.cast(poll, by=olena, choices=factories.choose(poll))
    assert refused.value.verdict.code == code
    assert not OpenBallot.objects.exists()


def test_a_malformed_ballot_is_no_vote(officer, department, olena):
    poll = factories.poll(officer, department)
    with pytest.raises(Refused):
        actions.cast(poll, by=olena, choices={str(factories.first_question(poll).pk): 0})
    assert not VoterRecord.objects.exists()


def test_an_organisation_has_one_vote(officer, department, firm, bohdan):
    poll = factories.poll(officer, department, voters=Poll.Voters.ORGANISATIONS)
    company = house.organisation("ТОВ «Тераса»", firm, bohdan)
    choices = factories.choose(poll)
    actions.cast(poll, by=firm, choices=choices, organisation_id=company.pk)
    actions.cast(poll, by=firm, choices=choices, organisation_id=company.pk)
    with pytest.raises(Refused) as refused:
        actions.cast(poll, by=bohdan, choices=choices, organisation_id=company.pk)
    assert refused.value.verdict.code == "vote.organisation_voted"
    with pytest.raises(Refused) as refused:
        actions.cast(poll, by=bohdan, choices=choices)
    assert refused.value.verdict.code == "vote.organisation_needed"
    assert OpenBallot.objects.count() == 1
