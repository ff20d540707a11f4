"""Taking part in a meeting by telephone: asking, supporting, raising one's hand, voting."""

from __future__ import annotations

import pytest

from core.web.idempotency import FIELD, new_key
from core.web.pages import forget_pages
from meetings.models import Question, QuestionSupport, Speaker, State, Vote
from meetings.rollcalls import actions
from tests.meetings import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def running():
    return factories.meeting(State.RUNNING)


@pytest.fixture
def deputy(running, bohdan):
    found = factories.deputies(running.body)[0]
    found.user = bohdan
    found.save()
    return found


def test_a_question_is_asked_once_and_waits(client, olena, running):
    item = factories.on_item(running)
    client.force_login(olena)
    form = client.get(f"/meetings/{running.pk}/ask/").context["form"]
    assert form["item"].value() == item.pk, "on what is considered now"
    sent = {"text": " Хто платить? ", "item": item.pk, FIELD: new_key()}
    for _press in range(2):
        answer = client.post(f"/meetings/{running.pk}/ask/", sent)
        assert answer.headers["Location"] == f"/meetings/{running.pk}/#floor"
    question = Question.objects.get()
    assert (question.text, question.item, question.author) == ("Хто платить?", item, olena)
    assert question.state == Question.State.WAITING
    assert "перевіряють" in client.get(f"/meetings/{running.pk}/").text


@pytest.mark.parametrize(("text", "said"), [("", "обов’язкове"), ("х" * 501, "500")])
def test_what_is_wrong_with_a_question_is_said_and_nothing_is_lost(
    client, olena, running, text, said
):
    client.force_login(olena)
    answer = client.post(f"/meetings/{running.pk}/ask/", {"text": text})
    assert answer.status_code == 422
    assert said in answer.text
    assert text in answer.text
    assert not Question.objects.exists()


def test_a_fourth_question_waits_for_the_others(client, olena, running):
    client.force_login(olena)
    for number in range(4):
        answer = client.post(f"/meetings/{running.pk}/ask/", {"text": f"Питання {number}?"})
    assert answer.status_code == 422
    assert "ще перевіряють" in answer.text
    assert Question.objects.count() == 3


def test_support_is_one_press_and_can_be_taken_back(client, olena, bohdan, running):
    question = factories.question(running, olena, state="shown")
    address = f"/meetings/{running.pk}/questions/{question.pk}/support/"
    client.force_login(bohdan)
    script = {"headers": {"Accept": "application/json"}}
    for value, supporters in ((1, 1), (1, 1), (0, 0)):
        answer = client.post(address, {"value": value}, **script)
        assert answer.json() == {"supporters": supporters}
        told = client.get(f"/meetings/{running.pk}/mine/").json()
        assert told["reactions"] == ({str(question.pk): 1} if value else {})
    answer = client.post(address, {"value": 1})
    assert answer.headers["Location"] == f"/meetings/{running.pk}/#question-{question.pk}"
    client.force_login(olena)
    assert client.get(f"/meetings/{running.pk}/mine/").json()["own"] == {str(question.pk): True}
    refused = client.post(address, {"value": 1}, **script)
    assert (refused.status_code, refused.json()["code"]) == (403, "question.ones_own")
    assert client.post(address, {"value": 7}).status_code == 404


def test_what_waits_or_is_hidden_cannot_be_supported(client, olena, bohdan, running):
    client.force_login(bohdan)
    for state in ("waiting", "hidden"):
        question = factories.question(running, olena, state=state)
        address = f"/meetings/{running.pk}/questions/{question.pk}/support/"
        assert client.post(address, {"value": 1}).status_code == 404
    assert not QuestionSupport.objects.exists()


def test_a_hand_is_raised_and_taken_down(client, olena, running):
    client.force_login(olena)
    address = f"/meetings/{running.pk}/hand/"
    assert "Зараз питання не розглядають" in client.get(address).text
    item = factories.on_item(running)
    assert client.post(address, {"stance": "against"}).headers["Location"] == address
    speaker = Speaker.objects.get()
    assert (speaker.item, speaker.user, speaker.stance) == (item, olena, "against")
    assert "Опустити руку" in client.get(address).text
    assert client.post(address, {"stance": "none"}).status_code == 422
    client.post(f"{address}{speaker.pk}/lower/")
    speaker.refresh_from_db()
    assert speaker.withdrawn_at
    client.post(address, {"stance": "none"})
    assert Speaker.objects.latest("pk").stance == ""


def test_nobody_takes_down_another_s_hand(client, bohdan, running):
    speaker = factories.speaker(factories.on_item(running))
    client.force_login(bohdan)
    answer = client.post(f"/meetings/{running.pk}/hand/{speaker.pk}/lower/")
    assert answer.status_code == 404


def test_a_deputy_votes_and_changes_their_vote(client, bohdan, running, deputy):
    client.force_login(bohdan)
    address = f"/meetings/{running.pk}/vote/"
    assert "Зараз нічого не голосують" in client.get(address).text
    factories.on_item(running)
    roll_call = factories.roll_call(running)
    assert "Прийняти рішення в цілому" in client.get(f"{address}?part").text
    for choice in ("for", "against"):
        cast = f"/meetings/{running.pk}/roll-calls/{roll_call.pk}/vote/"
        assert client.post(cast, {"choice": choice}).headers["Location"] == address
        assert Vote.objects.get().choice == choice
    shown = client.get(address).text
    assert "Ваш голос враховано." in shown
    assert "Проти<span" in shown
    actions.close_roll_call(roll_call, by=factories.secretary())
    client.post(cast, {"choice": "for"})
    assert "вже завершено" in client.get(address).text
    assert Vote.objects.get(deputy=deputy).choice == "against"


def test_only_a_deputy_votes(client, olena, running):
    factories.on_item(running)
    roll_call = factories.roll_call(running)
    client.force_login(olena)
    assert "Тут голосують лише депутати" in client.get(f"/meetings/{running.pk}/vote/").text
    answer = client.post(
        f"/meetings/{running.pk}/roll-calls/{roll_call.pk}/vote/", {"choice": "for"}
    )
    assert answer.status_code == 403
    assert not Vote.objects.exists()


def test_who_is_not_signed_in_is_led_to_signing_in(client, running):
    for page in ("ask", "hand", "vote"):
        answer = client.get(f"/meetings/{running.pk}/{page}/")
        assert answer.status_code == 302
        assert f"next=/meetings/{running.pk}/{page}/" in answer.headers["Location"]
    assert client.get(f"/meetings/{running.pk}/vote/?part").status_code == 404


def test_when_it_is_over_nothing_is_asked(client, olena):
    closed = factories.meeting(State.CLOSED)
    client.force_login(olena)
    forget_pages()
    assert "/ask/" not in client.get(f"/meetings/{closed.pk}/").text
    assert "Засідання завершено" in client.get(f"/meetings/{closed.pk}/ask/").text
    answer = client.post(f"/meetings/{closed.pk}/ask/", {"text": "Запізно?"})
    assert answer.status_code == 422
