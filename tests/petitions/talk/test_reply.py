"""Answering what somebody said of a petition."""

from __future__ import annotations

import pytest

from discussions import actions as discussion
from discussions.events import CommentPosted
from discussions.models import Comment
from petitions.events import CommentTouched
from petitions.models import Petition
from petitions.talk import actions

pytestmark = pytest.mark.django_db


def test_answers_is_counted_and_told(petition, comment, olena, emitted):
    made = actions.reply(petition, comment, by=olena, text="Дякую")
    assert made.parent_id == comment.pk
    assert Comment.objects.get(pk=comment.pk).replies == 1
    assert emitted == [
        CommentPosted(made.pk, petition.thread_id, comment.pk, olena.pk),
        CommentTouched(petition.pk, olena.pk, comment.pk),
    ]


def test_not_what_is_hidden(petition, comment, olena, mo, refused):
    discussion.hide(comment, by=mo, reason="spam", note="Порушує правила")
    with refused("comment.gone"):
        actions.reply(petition, comment, by=olena, text="Дякую")


def test_not_an_answer(petition, comment, olena, refused):
    made = actions.reply(petition, comment, by=olena, text="Дякую")
    with refused("comment.too_deep"):
        actions.reply(petition, made, by=olena, text="Прошу")


def test_not_once_it_is_withdrawn(petition, comment, olena, refused):
    Petition.objects.filter(pk=petition.pk).update(
        withdrawn_at=petition.published_at, withdrawn_reason="Уже зроблено"
    )
    with refused("petition.withdrawn"):
        actions.reply(petition, comment, by=olena, text="Дякую")
