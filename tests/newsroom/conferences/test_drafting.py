"""A press conference's questions and answers become an article's draft, without names in it."""

from __future__ import annotations

import pytest

from accounts.data.actions import erase
from core.web.pages import forget_pages
from meetings.course import actions as course
from meetings.models import Question, State
from newsroom.articles import actions_life
from newsroom.conferences import actions, rules
from newsroom.models import Article, ArticleQuestion
from tests.meetings import factories as meetings
from tests.meetings.factories import refused
from tests.newsroom.press_factories import conference

pytestmark = pytest.mark.django_db


@pytest.fixture
def over(olena, bohdan, charlie):
    """A conference that is over, with a question in each state."""
    running = conference(State.RUNNING, title="Опалення")
    texts = {"answered": "Коли *тепло*?", "hidden": "хуліганство", "waiting": "чекальниця"}
    for state, text in texts.items():
        meetings.question(running, olena, state=state, text=text)
    meetings.question(running, bohdan, state="later", text="Скільки коштує?")
    meetings.question(running, charlie, state="shown", text="без відповіді")
    return course.close_meeting(running, by=meetings.secretary(), seen_item=None)


def test_the_button_drafts_what_was_answered_and_never_what_is_hidden(client, ofi, over):
    client.force_login(ofi)
    address = f"/desk/press/conferences/{over.pk}/"
    page = client.get(address).text
    key = page.partition('name="idempotency_key" value="')[2].partition('"')[0]
    for _twice in range(2):
        answer = client.post(f"{address}draft/", {"idempotency_key": key})
    made = Article.objects.get()
    assert answer.url == f"/desk/news/{made.pk}/"
    assert made.publish_at is None and list(made.meetings.all()) == [over]
    assert "Коли *тепло*?" in made.html  # stars of people are no markup of ours
    assert "У червні." in made.text and "Скільки коштує?" in made.text
    for words in ("хуліганство", "чекальниця", "без відповіді", "Олена", "Богдан"):
        assert words not in made.text
    assert list(ArticleQuestion.objects.values_list("number", "user__given_name")) == [
        (1, "Олена"),
        (2, "Богдан"),
    ]


def test_a_name_stands_beside_the_article_until_the_account_is_erased(client, ofi, olena, over):
    made = actions_life.publish(actions.draft_article(over, by=ofi), by=ofi)
    name = olena.public_name
    assert f"Запитання 1: {name}" in " ".join(client.get(made.get_absolute_url()).text.split())
    erase(olena, by=olena)
    row = ArticleQuestion.objects.get(number=1)
    assert (row.user, row.name) == (None, "")
    page = client.get(made.get_absolute_url()).text
    assert name not in page and "ім’я прибрано" in page
    forget_pages()
    assert name not in client.get(f"/api/v1/news/{made.pk}/").text


def test_a_question_that_was_hidden_since_is_not_published(ofi, over):
    made = actions.draft_article(over, by=ofi)
    Question.objects.filter(state="later").update(state="hidden", hidden_reason="Помилка")
    with refused("conference.question_hidden"):
        actions_life.publish(made, by=ofi)
    Article.objects.update(text="Без цього запитання")
    made.refresh_from_db()
    actions_life.publish(made, by=ofi)


def test_nothing_is_drafted_before_the_end_or_without_an_answer(ofi, olena):
    ahead = conference()
    with refused("conference.not_over"):
        actions.draft_article(ahead, by=ofi)
    with refused("conference.nothing_answered"):
        actions.draft_article(conference(State.CLOSED), by=ofi)
    with refused("press.officers_only"):
        actions.draft_article(ahead, by=meetings.secretary())


def test_more_than_an_article_holds_is_told_as_a_number(ofi, over):
    Question.objects.filter(state="answered").update(answer="а" * 5000)
    one = Question.objects.get(state="answered")
    Question.objects.bulk_create(
        Question(
            meeting=over,
            author=one.author,
            text="Ще?",
            state="answered",
            answer="а" * 5000,
            answered_at=one.answered_at,
        )
        for _each in range(4)
    )
    made = actions.draft_article(over, by=ofi)
    assert len(made.text) < 20_000 and made.text.count("Запитання") == 4
    assert "Ще 2 запитання" in made.text and over.get_absolute_url() in made.text
    assert made.asked_questions.count() == 4


def test_words_of_people_are_no_markup():
    said = "# не заголовок\n- ні\n1. [так](https://a.example) **міцно** <b>"
    assert actions.to_literal(said) == (
        "# не заголовок\n\\- ні\n1\\. \\[так\\](https://a.example) \\*\\*міцно\\*\\* \\<b\\>"
    )
    assert not rules.publish("Запитання: що\n це?", ["що це?"])
