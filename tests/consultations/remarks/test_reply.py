"""Answering a remark as a person: one level deep, while it is open, counted."""

from __future__ import annotations

import pytest

from consultations.events import RemarkChanged
from consultations.remarks import actions
from discussions import actions as discussion
from discussions.events import CommentPosted
from discussions.models import Comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def remark(opened, olena):
    return actions.remark(opened, by=olena, text="Слово")


def replies(remark) -> int:
    return Comment.objects.get(pk=remark.pk).replies


def test_answers_and_is_counted(remark, opened, bohdan, emitted):
    reply = actions.reply(remark, by=bohdan, text="Згоден")
    assert (reply.parent_id, reply.is_official) == (remark.pk, False)
    assert replies(remark) == 1
    assert emitted == [
        CommentPosted(reply.pk, opened.thread_id, remark.pk, bohdan.pk),
        RemarkChanged(remark.pk, opened.pk, bohdan.pk),
    ]


def test_counts_are_of_what_is_shown(remark, bohdan, olena, mo):
    first = actions.reply(remark, by=bohdan, text="Згоден")
    second = actions.reply(remark, by=olena, text="Дякую")
    discussion.hide(first, by=mo, reason="spam", note="Порушує правила")
    assert replies(remark) == 1
    discussion.restore(first, by=mo)
    discussion.delete(second, by=olena)
    assert replies(remark) == 1


def test_an_answer_to_an_answer_is_refused(remark, bohdan, refused):
    reply = actions.reply(remark, by=bohdan, text="Згоден")
    with refused("comment.too_deep"):
        discussion.post(reply.thread_id, by=bohdan, text="Ще", parent=reply)


def test_what_is_hidden_is_not_answered(remark, bohdan, mo, refused):
    discussion.hide(remark.comment, by=mo, reason="spam", note="Порушує правила")
    with refused("comment.gone"):
        actions.reply(remark, by=bohdan, text="Згоден")


def test_only_while_it_is_open(remark, opened, bohdan, clock, refused):
    clock.set(opened.closes_at)
    with refused("consultation.closed"):
        actions.reply(remark, by=bohdan, text="Згоден")


def test_only_officers_are_offered_the_box_of_official_replies(client, remark, bohdan, ofi):
    for person, offered in ((bohdan, 0), (ofi, 1)):
        client.force_login(person)
        assert client.get(remark.get_absolute_url()).text.count('name="official"') == offered


def test_the_box_stays_ticked_where_it_is_refused(client, remark, bohdan):
    client.force_login(bohdan)
    answer = client.post(f"{remark.get_absolute_url()}reply/", {"text": "Рада", "official": "on"})
    assert answer.status_code != 302
    assert 'name="official"' in answer.text
    assert replies(remark) == 0
