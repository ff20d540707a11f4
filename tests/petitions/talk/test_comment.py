"""Saying something of a petition: while it is published, told to whoever watches."""

from __future__ import annotations

import pytest

from core.domain.topics import seq_of
from discussions.events import CommentPosted
from petitions.events import CommentMade
from petitions.models import Petition, State
from petitions.talk import actions
from tests.petitions import factories

pytestmark = pytest.mark.django_db


def test_is_said_and_told(petition, bohdan, emitted):
    made = actions.comment(petition, by=bohdan, text="**Підтримую**")
    assert (made.thread_id, made.author, made.parent) == (petition.thread_id, bohdan, None)
    assert made.html == "<p><strong>Підтримую</strong></p>"
    assert emitted == [
        CommentPosted(made.pk, petition.thread_id, None, bohdan.pk),
        CommentMade(petition.pk, bohdan.pk, made.pk),
    ]


def test_its_page_is_another_then(petition, bohdan):
    before = seq_of(petition.topic)
    actions.comment(petition, by=bohdan, text="Підтримую")
    assert seq_of(petition.topic) == before + 1


@pytest.mark.parametrize("state", [State.DRAFT, State.MODERATION, State.REFUSED])
def test_not_of_what_is_not_published(olena, state, refused):
    with refused("petition.not_published"):
        actions.comment(factories.petition(olena, state), by=olena, text="Так")


def test_not_of_what_was_withdrawn_meanwhile(petition, bohdan, clock, refused):
    Petition.objects.filter(pk=petition.pk).update(
        withdrawn_at=petition.published_at, withdrawn_reason="Уже зроблено"
    )
    with refused("petition.withdrawn"):
        actions.comment(petition, by=bohdan, text="Так")


@pytest.mark.parametrize("state", [State.REACHED, State.REVIEW, State.ANSWERED, State.NOT_REACHED])
def test_of_every_later_state(olena, bohdan, state):
    assert actions.comment(factories.petition(olena, state), by=bohdan, text="Так").pk


@pytest.mark.parametrize(
    ("text", "code"), [(" ", "comment.empty"), ("я" * 5001, "comment.too_long")]
)
def test_needs_words_and_not_too_many(petition, bohdan, text, code, refused):
    with refused(code):
        actions.comment(petition, by=bohdan, text=text)


def test_not_by_the_suspended(petition, bohdan, refused):
    bohdan.is_active = False
    with refused("account.suspended"):
        actions.comment(petition, by=bohdan, text="Так")


def test_costs_few_queries(petition, bohdan, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):  # savepoints of the test's transaction among them
        actions.comment(petition, by=bohdan, text="Так")
