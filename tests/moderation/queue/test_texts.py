"""Answers to polls at the moderators' desk: read once, let through or hidden."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests import factories as house
from tests.votes import factories
from tests.votes.crowd import vote
from votes.ballots import actions
from votes.models import Text

pytestmark = pytest.mark.django_db

QUEUE = reverse("moderation:texts")
WORDS = [{"text": "Що ще?", "kind": "text"}]


@pytest.fixture
def poll(ofi, department):
    return factories.poll(ofi, department, questions=WORDS)


@pytest.fixture
def said(poll, olena):
    actions.cast(poll, by=olena, choices={str(poll.questions.get().pk): "Лавку\nбіля школи"})
    return Text.objects.get()


def test_what_waits_stands_with_its_question_and_without_its_author(client, mo, said, poll, olena):
    client.force_login(mo)
    page = client.get(QUEUE)
    assert [row["text"] for row in page.context["rows"]] == [said]
    assert "Лавку<br>біля школи" in page.text
    assert poll.title in page.text
    assert olena.public_name not in page.text
    assert QUEUE in client.get(reverse("portal:desk")).text
    tab = client.get(reverse("moderation:queue")).context["tabs"][3]
    assert (tab["url"], tab["count"]) == (QUEUE, 1)


def test_let_through_as_it_was_read(client, mo, said):
    client.force_login(mo)
    # A browser sends the end of a line as CR LF.
    address = reverse("moderation:show_text", args=[said.pk])
    answer = client.post(f"{address}?list=waiting", {"read": "Лавку\r\nбіля школи"})
    assert answer["Location"] == f"{QUEUE}?list=waiting"
    said.refresh_from_db()
    assert said.state == "shown"
    assert client.post(address, {"read": "Щось інше"}).status_code == 403


def test_hidden_with_a_reason(client, mo, said):
    client.force_login(mo)
    address = reverse("moderation:hide_text", args=[said.pk])
    sent = {"read": said.text, f"t{said.pk}-reason": ""}
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert refused.context["rows"][0]["form"].errors
    assert client.post(address, sent | {f"t{said.pk}-reason": "spam"}).status_code == 302
    said.refresh_from_db()
    assert (said.state, said.reason) == ("hidden", "spam")
    page = client.get(f"{QUEUE}?list=hidden")
    assert [row["text"] for row in page.context["rows"]] == [said]


def test_a_whole_page_at_once(client, mo, poll, said, bohdan, charlie):
    question = str(poll.questions.get().pk)
    actions.cast(poll, by=bohdan, choices={question: "Смітник"})
    actions.cast(poll, by=charlie, choices={question: "Дерево"})
    client.force_login(mo)
    sent = {f"read-{text.pk}": text.text for text in Text.objects.all()}
    actions.cast(poll, by=charlie, choices={question: "Купуйте вікна"})
    sent |= {"read-x": "", "read-99999999999999999999": ""}
    assert client.post(reverse("moderation:show_texts"), sent).status_code == 302
    states = dict(Text.objects.values_list("text", "state"))
    assert states == {
        "Лавку\nбіля школи": "shown",
        "Смітник": "shown",
        "Купуйте вікна": "waiting",
    }


def test_nobody_else_gets_in(client, olena, ofi, said):
    for person in (olena, ofi):
        client.force_login(person)
        assert client.get(QUEUE).status_code == 403
        assert client.post(reverse("moderation:show_texts"), {}).status_code == 403
        address = reverse("moderation:show_text", args=[said.pk])
        assert client.post(address, {"read": said.text}).status_code == 403
    said.refresh_from_db()
    assert said.state == "waiting"


def test_a_moderator_of_another_poll_sees_nothing(client, bohdan, poll, said):
    house.grant(bohdan, "moderator", scope=f"poll:{poll.pk + 1}")
    client.force_login(bohdan)
    assert not client.get(QUEUE).context["rows"]
    address = reverse("moderation:show_text", args=[said.pk])
    assert client.post(address, {"read": said.text}).status_code == 404


def test_pages_of_twenty_in_few_queries(client, mo, poll, django_assert_max_num_queries):
    vote(poll, 45, {str(poll.questions.get().pk): "Лавку"})
    client.force_login(mo)
    seen, more = 0, ""
    for _page in range(3):
        with django_assert_max_num_queries(8):
            page = client.get(f"{QUEUE}{more}")
        seen += len(page.context["rows"])
        more = page.context["next_url"]
    assert (seen, more) == (45, "")
