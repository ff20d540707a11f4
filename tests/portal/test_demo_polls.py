"""The demo city's polls: one of everything that a poll can be; and many ballots to measure with."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from core import clock
from portal.management.commands.load_demo import load
from votes import results
from votes.actions.seal import numbers_agree
from votes.models import Mark, OpenBallot, Poll, Question, Result, SealedBallot, State, Text
from votes.recounting import differences

pytestmark = pytest.mark.django_db


def test_one_of_everything(settings):
    settings.DEMO = True
    load()
    polls = list(Poll.objects.all())
    assert {poll.state_at(clock.now()) for poll in polls} == set(State)
    assert {poll.voters for poll in polls} == set(Poll.Voters)
    assert {poll.secrecy for poll in polls} == set(Poll.Secrecy)
    assert {poll.tie_rule for poll in polls} == set(Poll.TieRule)
    asked = Question.objects.all()
    assert {each.kind for each in asked} == set(Question.Kind)
    assert {each.method for each in asked} == set(Question.Method)
    assert asked.filter(in_hryvnias=True).exists()
    voted_in()
    assert set(Text.objects.values_list("state", flat=True)) == {"waiting", "shown"}
    results_are_those_of_the_ballots()


def voted_in():
    """Ballots are as many as used marks, and all are cast by those who may."""
    for poll in Poll.objects.exclude(frozen_at=None):
        if poll.is_secret:
            assert numbers_agree(poll), poll
            # So few are not shown before they are published: who has just voted would be seen.
            ballots = SealedBallot.objects.filter(poll=poll).count()
            assert ballots
            assert poll.sealed == (ballots if poll.published_at else 0)
        else:
            ballots = OpenBallot.objects.filter(poll=poll)
            assert not ballots.filter(at__gte=poll.closes_at).exists(), poll
            assert ballots.count() == Mark.objects.filter(poll=poll, used=True).count(), poll


def results_are_those_of_the_ballots():
    assert Result.objects.count() == 2
    for result in Result.objects.select_related("poll"):
        assert differences(result.poll) == []


def test_many_ballots_to_measure_with(settings):
    settings.DEMO = True
    out = StringIO()
    call_command("loadtest_data", "--ballots", "300", stdout=out)
    openly, secretly = Poll.objects.order_by("pk")
    assert out.getvalue() == f"poll {openly.pk} secret {secretly.pk} ballots 300\n"
    for poll in (openly, secretly):
        assert Mark.objects.filter(poll=poll, used=True).count() == 300
        (outcome,) = results.counted(poll)["questions"]
        assert outcome["answers"] == 300
        assert len(outcome["pairs"]) == 12
    assert numbers_agree(secretly)
    call_command("loadtest_data", "--ballots", "300", stdout=out)  # the same people vote again
    assert SealedBallot.objects.count() == 600
