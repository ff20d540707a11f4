"""Whoever answered a poll in words is told why others do not read them."""

from __future__ import annotations

import pytest
from django.core import mail

from tests.votes import factories
from votes.ballots import actions as cast_actions
from votes.models import Text
from votes.paper import actions as paper_actions
from votes.texts import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll(ofi, department):
    return factories.poll(ofi, department, questions=[{"text": "Що ще?", "kind": "text"}])


def say(poll, by, words):
    cast_actions.cast(poll, by=by, choices={str(poll.questions.get().pk): words})
    return Text.objects.get()


def test_hidden_with_the_reason(poll, olena, mo, do):
    text = say(poll, olena, "Купуйте вікна")
    actions.hide(text, by=mo, read="Купуйте вікна", reason="spam")
    assert do() == 1
    (message,) = mail.outbox
    assert message.to == [olena.email]
    for words in (poll.title, "Що ще?", "реклама", f"/polls/{poll.pk}/vote/"):
        assert words in message.body
        assert words in message.alternatives[0].content


def test_nothing_is_said_of_what_is_shown_by_now_or_was_written_anew(poll, olena, mo, do):
    text = say(poll, olena, "Купуйте вікна")
    actions.hide(text, by=mo, read="Купуйте вікна", reason="spam")
    actions.show(text, by=mo, read="Купуйте вікна")
    do()
    assert not mail.outbox
    actions.hide(text, by=mo, read="Купуйте вікна", reason="spam")
    say(poll, olena, "Лавку")
    do()
    assert not mail.outbox


def test_of_a_sheet_of_paper_nobody_is_told(poll, ofi, admin, mo, do):
    sheet = paper_actions.enter_paper(poll, by=ofi, number="1", choices=factories.filled(poll))
    paper_actions.confirm_paper(sheet, by=admin, choices=factories.filled(poll))
    actions.hide(Text.objects.get(), by=mo, read="Дякую!", reason="off_topic")
    assert do() == 0
