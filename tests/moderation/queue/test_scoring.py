"""Why something is in the queue: written once, when it is said, changed or reported."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F

from consultations.remarks import actions as consultations
from core.domain import clock
from discussions import actions
from discussions.models import Comment
from moderation.lists import actions as lists_actions
from moderation.models import QueueItem, WatchedWord
from moderation.queue import actions as queue
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(department):
    return factories.consultation(department)


@pytest.fixture
def known(opened, olena):
    """Olena, who said something days ago that stands: no new author."""
    consultations.remark(opened, by=olena, text="Перше слово")
    _move_back(days=2)
    return olena


def _move_back(**delta: int) -> None:
    """Let everything have been said so much earlier."""
    Comment.objects.update(created_at=F("created_at") - timedelta(**delta))


@pytest.fixture
def say(opened):
    return lambda by, text, **more: consultations.remark(opened, by=by, text=text, **more).comment


def why(comment) -> list[str]:
    return QueueItem.objects.get(pk=comment.pk).why


def test_a_new_author_waits_and_one_whose_words_stand_does_not(say, known, bohdan):
    assert why(say(known, "Друге слово")) == []
    assert not QueueItem.objects.waiting().filter(why=[]).exists()
    assert why(say(bohdan, "Слово")) == ["first"]
    assert why(say(bohdan, "Ще одне")) == ["first"]  # the first does not stand for a day yet


def test_words_that_were_hidden_make_nobody_known(say, known, mo):
    Comment.objects.filter(author=known).update(
        hidden_at=clock.now(), hidden_by=mo, hidden_reason="spam", hidden_note="Так."
    )
    assert why(say(known, "Друге слово")) == ["first"]


@pytest.mark.parametrize(
    ("text", "has_link"),
    [
        ("Дивіться https://shop.example/акція", True),
        ("Заходьте на www.shop", True),
        ("Усе на vikna.com.ua сьогодні", True),
        ("Пишіть t.me/vikna", True),
        ("П. 2.1 суперечить п. 2.2.Тому проти", False),
        ("О 8.00 ранку, до 22.00", False),
    ],
)
def test_links(say, known, text, has_link):
    assert ("link" in why(say(known, text))) is has_link


def test_words_of_the_list_in_any_form(say, known, mo):
    assert lists_actions.add_words(["реклама", " РЕКЛАМА ", "", "…", "купити диплом"], by=mo) == 2
    assert why(say(known, "Годі вже засипати нас рекламою")) == ["word"]
    assert why(say(known, "Диплом можна купити тут")) == ["word"]
    assert why(say(known, "Диплом мені ні до чого")) == []
    lists_actions.remove_word(WatchedWord.objects.get(text="реклама").pk, by=mo)
    assert why(say(known, "Знову реклама на стовпах")) == []


def test_the_same_words_said_again(say, known, bohdan):
    say(bohdan, "Геть майданчики з тротуарів!")
    assert "repeat" in why(say(known, "геть – майданчики з тротуарів"))
    # One small word is another opinion, and short words are everybody's.
    assert why(say(known, "Не геть майданчики з тротуарів!")) == []
    say(bohdan, "Підтримую!")
    assert why(say(known, "підтримую")) == []


def test_many_comments_within_minutes(say, known):
    said = [why(say(known, f"Слово {n}")) for n in range(5)]
    assert said == [[], [], [], [], ["burst"]]
    _move_back(minutes=11)
    assert why(say(known, "Згодом")) == []


def test_reports_weigh_more_with_their_number(say, known, bohdan, charlie):
    comment = say(known, "Слово")
    risks = []
    for person in (bohdan, charlie):
        actions.flag(comment, by=person, reason="spam")
        risks.append(QueueItem.objects.get(pk=comment.pk).risk)
    assert risks == [100, 105]


def test_what_was_left_up_waits_again_after_a_report_or_an_edit(say, known, bohdan, charlie, mo):
    comment = say(known, "Слово з www.link")
    queue.leave_up(comment, by=mo)
    assert not QueueItem.objects.waiting().filter(pk=comment.pk).exists()
    consultations.change_remark(comment.remark, by=known, text="Слово")  # harmless now
    assert not QueueItem.objects.waiting().filter(pk=comment.pk).exists()
    consultations.change_remark(comment.remark, by=known, text="Слово з www.link знову")
    queue.leave_up(comment, by=mo)
    actions.flag(comment, by=bohdan, reason="spam")
    item = QueueItem.objects.waiting().get(pk=comment.pk)
    assert item.why == ["reported", "link"]
    assert item.settled_by is None


def test_reports_that_were_settled_weigh_nothing_at_an_edit(say, known, bohdan, mo):
    comment = say(known, "Слово")
    actions.flag(comment, by=bohdan, reason="spam")
    queue.leave_up(comment, by=mo)
    consultations.change_remark(comment.remark, by=known, text="Інше слово")
    assert why(comment) == []
    assert not QueueItem.objects.waiting().filter(pk=comment.pk).exists()


def test_official_replies_wait_for_nobody(say, known, ofi):
    reply = consultations.answer(say(known, "Слово").remark, by=ofi, text="www.rada.gov.ua")
    assert not QueueItem.objects.filter(pk=reply.pk).exists()


def test_a_comment_on_a_petition_is_in_the_same_queue(bohdan):
    thread = actions.open_thread()
    comment = actions.post(thread.pk, by=bohdan, text="Слово")
    actions.post(thread.pk, by=bohdan, text="Відповідь", parent=comment)
    assert QueueItem.objects.waiting().count() == 2
