"""Questions that were not answered go on as an appeal or a request; promises are to do."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from appeals.models import Appeal
from meetings.course import actions as course_actions
from meetings.models import Meeting, Question, QuestionAppeal, State
from meetings.outcome.questions import unanswered_of
from meetings.questions import actions as questions_actions
from tests.meetings import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def over(olena: User, bohdan: User) -> Meeting:
    """A hearing that is over: olena's question was shown, bohdan's merged into it."""
    meeting = factories.meeting(State.RUNNING, kind="hearing", title="Слухання про мости")
    factories.question(meeting, olena, state="shown", text="Коли відкриють міст?")
    factories.question(meeting, olena, state="answered", text="Хто платить?")
    factories.question(meeting, bohdan, state="later", text="Скільки коштує?")
    factories.question(meeting, bohdan, text="А тротуар буде?")
    return course_actions.close_meeting(meeting, by=factories.secretary(), seen_item=None)


def question(text: str) -> Question:
    return Question.objects.get(text__startswith=text)


def go_on_url(asked: Question) -> str:
    return reverse("meetings:go_on", args=[asked.meeting_id, asked.pk])


def file_from(client: Any, url: str, kind: str) -> Any:
    """Press the button of the page and send the form that opens, as a browser does."""
    page = client.get(url)
    forms = re.findall(r'name="(kind|text|origin)" value="([^"]*)"', page.text)
    chosen = forms.index(("kind", kind))
    sent = {"begin": "1", **dict(forms[chosen : chosen + 3])}
    form = client.post(reverse("appeals:new"), sent).context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    values |= {"name": "Кравець Олена Ігорівна", "residence": "вул. Хліборобів, 1"}
    values.pop("attachments", None)
    return client.post(reverse("appeals:new"), values)


def test_its_asker_sends_it_on_once(over, client, olena, bohdan):
    asked = question("Коли")
    client.force_login(olena)
    own = client.get(over.get_absolute_url()).text
    assert go_on_url(asked) in own
    assert "Хто платить" not in own.partition("own-unanswered")[2].partition("</section>")[0]
    answer = file_from(client, go_on_url(asked), "request")
    appeal = Appeal.objects.get()
    assert answer["Location"].startswith(appeal.get_absolute_url())
    assert (appeal.author, appeal.kind) == (olena, Appeal.Kind.REQUEST)
    for words in ("Коли відкриють міст?", "Слухання про мости"):
        assert words in appeal.text
    assert QuestionAppeal.objects.get().appeal == appeal
    # It is not offered twice: its page leads to the appeal.
    assert client.get(go_on_url(asked))["Location"] == appeal.get_absolute_url()
    own = client.get(over.get_absolute_url()).text
    assert appeal.get_absolute_url() in own
    assert go_on_url(asked) not in own
    # Nobody else learns of it; who runs the meeting does.
    for person in (bohdan, None):
        client.logout()
        if person:
            client.force_login(person)
        assert appeal.label not in client.get(over.get_absolute_url()).text
        assert client.get(go_on_url(asked)).status_code in (302, 404)
    client.force_login(factories.secretary())
    assert appeal.label in client.get(f"/desk/meetings/{over.pk}/").text


def test_an_origin_ties_only_what_is_one_s_own(over, client, bohdan):
    asked = question("Коли")
    client.force_login(bohdan)
    form = {
        "kind": "application",
        "text": "Чужа справа.",
        "name": "Шевченко Богдан",
        "residence": "вул. Хліборобів, 1",
        "email": "bohdan@viche.example",
    }
    for origin in (f"meeting-question:{asked.pk}", "meeting-question:999999", "<script>", "x:y"):
        assert client.post(reverse("appeals:new"), {**form, "origin": origin}).status_code == 302
        form["text"] += " Ще."
    assert not QuestionAppeal.objects.exists()


def test_while_it_goes_on_nothing_is_offered(client, olena):
    meeting = factories.meeting(State.RUNNING, kind="hearing")
    asked = factories.question(meeting, olena, state="shown")
    client.force_login(olena)
    assert unanswered_of(olena) == []
    assert client.get(go_on_url(asked))["Location"] == f"{meeting.get_absolute_url()}#floor"


def test_one_that_was_merged_counts_with_the_other(olena, bohdan):
    meeting = factories.meeting(State.RUNNING, kind="hearing")
    by = factories.secretary()
    first, second = (
        factories.question(meeting, olena, state="shown", text=text) for text in ("Перше", "Друге")
    )
    for into in (first, second):
        questions_actions.merge(
            factories.question(meeting, bohdan, text="Те саме"), by=by, into=into
        )
    questions_actions.answer(second, by=by)
    course_actions.close_meeting(meeting, by=by, seen_item=None)
    assert [each.question.merged_into for each in unanswered_of(bohdan)] == [first]


def test_one_that_was_merged_on_counts_with_the_last(olena, bohdan):
    meeting = factories.meeting(State.RUNNING, kind="hearing")
    by = factories.secretary()
    last = factories.question(meeting, olena, state="shown", text="Останнє")
    middle = factories.question(meeting, olena, state="shown", text="Середнє")
    first = factories.question(meeting, bohdan, text="Перше")
    questions_actions.merge(first, by=by, into=middle)
    questions_actions.merge(middle, by=by, into=last)
    course_actions.close_meeting(meeting, by=by, seen_item=None)
    assert [each.question.merged_into for each in unanswered_of(bohdan)] == [last]


def test_a_promise_is_to_do_until_it_is_kept(over, client):
    promised = question("Скільки")
    client.force_login(factories.secretary())
    url = f"/desk/meetings/{over.pk}/"
    address = f"{url}questions/{promised.pk}/answer/"
    assert address in client.get(url).text
    (owing,) = client.get("/desk/meetings/").context["promised"]
    assert (owing, owing.owed) == (over, 1)
    assert client.post(address, {"text": " "}).status_code == 422
    assert client.post(address, {"text": "12 млн грн."}).status_code == 302
    promised.refresh_from_db()
    assert (promised.state, promised.answer) == ("answered", "12 млн грн.")
    page = client.get(url)
    assert address not in page.text
    assert page.context["promised"] == []
    assert client.get("/desk/meetings/").context["promised"] == []
    # Answered once: another secretary reads why, and the answer.
    assert "12 млн грн." in client.get(address).text
