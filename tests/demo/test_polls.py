"""The demo city's polls: one of everything that a poll can be."""

from __future__ import annotations

import pytest

from core.domain import clock
from votes.models import (
    OpenBallot,
    Poll,
    Question,
    Result,
    SecretVoterRecord,
    State,
    Text,
    VoterRecord,
)
from votes.opening.numbers import numbers_agree
from votes.results.recounting import differences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def test_one_of_everything():
    polls = list(Poll.objects.all())
    assert {poll.state_at(clock.now()) for poll in polls} == set(State)
    assert {poll.voters for poll in polls} == set(Poll.Voters)
    assert {poll.secrecy for poll in polls} == set(Poll.Secrecy)
    assert {poll.tie_rule for poll in polls} == set(Poll.TieRule)
    asked = Question.objects.all()
    assert {each.kind for each in asked} == set(Question.Kind)
    assert {each.method for each in asked} == set(Question.Method)
    assert asked.filter(in_hryvnias=True).exists()
    assert set(Text.objects.values_list("state", flat=True)) == {"waiting", "shown"}


def test_ballots_are_cast_by_those_who_may():
    """As many as used voter records, and none after the close."""
    for poll in Poll.objects.exclude(frozen_at=None):
        if poll.is_secret:
            assert numbers_agree(poll) == bool(poll.opened_at), poll
            # So few are not shown before they are opened: who has just voted would be seen.
            voted = SecretVoterRecord.objects.filter(poll=poll, used=True)
            assert voted
            assert voted.filter(box=None).exists() == bool(poll.opened_at or poll.cancelled_at)
            assert poll.told_turnout == (voted.count() if poll.opened_at else 0)
        else:
            ballots = OpenBallot.objects.filter(poll=poll)
            assert not ballots.filter(at__gte=poll.closes_at).exists(), poll
            assert ballots.count() == VoterRecord.objects.filter(poll=poll, used=True).count(), poll


def test_results_are_those_of_the_ballots():
    # Two that were planned, and a survey of those present at a session.
    assert Result.objects.count() == 3
    for result in Result.objects.select_related("poll"):
        assert differences(result.poll) == []
