"""Agreement and disagreement: one a person, changed and taken back, counts equal rows."""

from __future__ import annotations

import pytest

from consultations.remarks import actions
from discussions import actions as discussion
from discussions.models import Reaction

pytestmark = pytest.mark.django_db


@pytest.fixture
def remark(opened, olena):
    return actions.remark(opened, by=olena, text="Слово")


def test_counts_each_person_once(remark, bohdan, charlie, emitted):
    actions.react(remark, by=bohdan, value=1)
    actions.react(remark, by=bohdan, value=1)
    comment = actions.react(remark, by=charlie, value=-1)
    assert (comment.agrees, comment.disagrees) == (1, 1)
    assert Reaction.objects.count() == 2
    assert emitted == []


def test_is_changed_and_taken_back(remark, bohdan):
    actions.react(remark, by=bohdan, value=1)
    comment = actions.react(remark, by=bohdan, value=-1)
    assert (comment.agrees, comment.disagrees) == (0, 1)
    comment = actions.react(remark, by=bohdan, value=0)
    assert (comment.agrees, comment.disagrees) == (0, 0)
    assert not Reaction.objects.exists()


def test_the_database_derives_score_and_dispute(remark, bohdan, charlie):
    actions.react(remark, by=bohdan, value=1)
    actions.react(remark, by=charlie, value=-1)
    remark.comment.refresh_from_db()
    assert (remark.comment.score, remark.comment.dispute) == (0, 1)


def test_not_to_ones_own(remark, olena, refused):
    with refused("comment.own"):
        actions.react(remark, by=olena, value=1)


def test_not_to_what_is_hidden(remark, bohdan, mo, refused):
    discussion.hide(remark.comment, by=mo, reason="spam", note="Порушує правила")
    with refused("comment.gone"):
        actions.react(remark, by=bohdan, value=1)


def test_only_while_it_is_open(remark, opened, bohdan, clock, refused):
    clock.set(opened.closes_at)
    with refused("consultation.closed"):
        actions.react(remark, by=bohdan, value=1)


def test_nothing_but_one_zero_and_minus_one(remark, bohdan):
    with pytest.raises(ValueError, match="reaction"):
        actions.react(remark, by=bohdan, value=2)
