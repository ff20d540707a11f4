"""Two accounts of one person become one: her words are hers, her opinion counts once."""

from __future__ import annotations

import pytest

from accounts.identity.events import AccountsMerged, PersonRecognised
from consultations.costs.models import Cost
from consultations.remarks import actions as consultations
from core.domain.actions import action
from core.domain.events import emit
from core.domain.topics import seq_of
from discussions import actions
from discussions.models import Comment, Flag, Reaction
from tests import factories

pytestmark = pytest.mark.django_db


def merge(kept, gone) -> None:
    with action():
        emit(AccountsMerged(kept.pk, gone.pk))


@pytest.fixture
def opened(department):
    return factories.consultation(department)


def reactions(comment: Comment) -> tuple[int, int, list[tuple[int, int]]]:
    comment.refresh_from_db()
    rows = Reaction.objects.filter(comment=comment).order_by("user").values_list("user", "value")
    return comment.agrees, comment.disagrees, list(rows)


def test_words_and_opinions_move(opened, olena, bohdan, charlie):
    said = consultations.remark(opened, by=bohdan, text="Слово.")
    others = consultations.remark(opened, by=charlie, text="Інше.")
    consultations.react(others, by=bohdan, value=-1)
    actions.flag(others.comment, by=bohdan, reason="spam")
    before = seq_of(opened.topic)
    merge(olena, bohdan)
    assert Comment.objects.get(pk=said.pk).author == olena
    assert reactions(others.comment) == (0, 1, [(olena.pk, -1)])
    assert Flag.objects.get().user == olena
    assert seq_of(opened.topic) == before + 1


def test_what_both_thought_counts_once(opened, olena, bohdan, charlie):
    others = consultations.remark(opened, by=charlie, text="Інше.")
    for person, value in ((olena, 1), (bohdan, -1)):
        consultations.react(others, by=person, value=value)
        actions.flag(others.comment, by=person, reason="spam")
    merge(olena, bohdan)
    assert reactions(others.comment) == (1, 0, [(olena.pk, 1)])
    assert Flag.objects.count() == 1


def test_nobody_supports_her_own_words(opened, olena, bohdan):
    hers = consultations.remark(opened, by=olena, text="Слово.")
    his = consultations.remark(opened, by=bohdan, text="Інше.")
    consultations.react(hers, by=bohdan, value=1)
    consultations.react(his, by=olena, value=1)
    merge(olena, bohdan)
    for remark in (hers, his):
        assert reactions(remark.comment) == (0, 0, [])


def test_what_she_said_it_costs_moves_too(department, olena, bohdan):
    terrace = factories.organisation("ТОВ «Тераса»", bohdan)
    regulatory = factories.consultation(department, procedure=factories.procedure("regulatory-act"))
    Cost.objects.create(consultation=regulatory, organisation=terrace, size="micro", by=bohdan)
    merge(olena, bohdan)
    assert Cost.objects.get().by == olena


def test_what_others_think_is_left_alone(opened, olena, bohdan, charlie):
    said = consultations.remark(opened, by=olena, text="Слово.")
    consultations.react(said, by=charlie, value=1)
    merge(olena, bohdan)
    assert reactions(said.comment) == (1, 0, [(charlie.pk, 1)])


def test_support_that_comes_back_after_an_erasure_counts_once(opened, olena, bohdan, charlie):
    others = consultations.remark(opened, by=charlie, text="Інше.")
    for person in (olena, bohdan):
        consultations.react(others, by=person, value=1)
    with action():
        emit(PersonRecognised(olena.pk, bohdan.pk))
    assert reactions(others.comment) == (1, 0, [(olena.pk, 1)])
