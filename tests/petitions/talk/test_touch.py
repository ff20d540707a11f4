"""Supporting, changing, taking back and hiding what was said: its pages are told."""

from __future__ import annotations

import pytest

from accounts.events import PublicNameChanged
from core.domain.actions import action
from core.domain.events import emit
from core.domain.topics import seq_of
from discussions import actions as discussion
from petitions.events import CommentTouched
from petitions.models import Petition
from petitions.talk import actions

pytestmark = pytest.mark.django_db


def touched(emitted):
    return [event for event in emitted if isinstance(event, CommentTouched)]


def test_support_counts_once_and_is_told_by_nobody(petition, comment, olena, emitted):
    actions.react(petition, comment, by=olena, value=1)
    found = actions.react(petition, comment, by=olena, value=1)
    assert (found.agrees, found.disagrees) == (1, 0)
    found = actions.react(petition, comment, by=olena, value=0)
    assert (found.agrees, found.disagrees) == (0, 0)
    assert touched(emitted) == []


def test_nobody_supports_herself(petition, comment, bohdan, refused):
    with refused("comment.own"):
        actions.react(petition, comment, by=bohdan, value=1)


def test_support_ends_with_the_petition(petition, comment, olena, refused):
    Petition.objects.filter(pk=petition.pk).update(
        withdrawn_at=petition.published_at, withdrawn_reason="Уже зроблено"
    )
    with refused("petition.withdrawn"):
        actions.react(petition, comment, by=olena, value=1)


def test_own_words_are_changed_for_a_while(petition, comment, bohdan, clock, emitted, refused):
    assert actions.change(petition, comment, by=bohdan, text="Ні").text == "Ні"
    assert touched(emitted) == [CommentTouched(petition.pk, bohdan.pk, comment.pk)]
    clock.advance(minutes=16)
    with refused("comment.edit_window_over"):
        actions.change(petition, comment, by=bohdan, text="Так")


def test_own_words_are_taken_back(petition, comment, bohdan, olena, emitted, refused):
    with refused("comment.not_yours"):
        actions.take_back(comment, by=olena)
    actions.take_back(comment, by=bohdan)
    assert touched(emitted) == [CommentTouched(petition.pk, bohdan.pk, comment.pk)]


def test_a_hidden_answer_touches_what_it_answers(petition, comment, olena, mo, emitted):
    answer = actions.reply(petition, comment, by=olena, text="Лайка")
    emitted.clear()
    discussion.hide(answer, by=mo, reason="profanity", note="Порушує правила")
    discussion.restore(answer, by=mo)
    assert touched(emitted) == [CommentTouched(petition.pk, mo.pk, comment.pk)] * 2


def test_a_new_name_of_who_spoke_makes_the_page_another(petition, comment, bohdan):
    before = seq_of(petition.topic)
    with action():
        emit(PublicNameChanged(bohdan.pk, bohdan.pk))
    assert seq_of(petition.topic) == before + 1
