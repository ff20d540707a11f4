"""The same words sent by another form: what stands is shown, and one press sends them once more."""

from __future__ import annotations

import pytest
from django.urls import reverse
from lxml import html

from consultations.models import Remark
from consultations.remarks import actions
from discussions import actions as discussion
from discussions.said_before import fold_text
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = "Біля школи потрібен перехід зі світлофором."
ANSWER = "Дякуємо, про це подумаємо разом зі школою."


@pytest.fixture
def said(opened, olena) -> Remark:
    return actions.remark(opened, by=olena, text=WORDS)


@pytest.fixture
def send(client, opened, olena):
    """Posts what Olena writes, as a browser without a script does."""
    client.force_login(olena)
    address = reverse("consultations:speak", args=[opened.pk])

    def post(text=WORDS, **fields):
        return client.post(address, {"kind": "remark", "text": text, **fields})

    return post


def test_what_stands_is_shown_and_nothing_is_stored(send, said):
    answer = send(f"  {WORDS.replace(' ', '  ', 1)}\r\n")
    assert answer.status_code == 409
    page = html.fromstring(answer.text)
    (box,) = page.xpath("//form//*[@data-error-summary and @autofocus]")
    assert WORDS in box.text_content()
    assert box.xpath(".//a/@href") == [said.get_absolute_url()]
    assert box.xpath("@data-kept-done") == [
        f"remark:{said.comment.author_id}:{said.consultation_id}:"
    ]
    assert page.xpath("//form//textarea[@name='text']")[0].text.strip().startswith("Біля")
    assert Remark.objects.count() == 1

    assert send(again="1").status_code == 302
    assert Remark.objects.count() == 2


def test_in_the_page_too(client, send, said):
    address = reverse("consultations:speak", args=[said.consultation_id])
    answer = client.post(address, {"kind": "remark", "text": WORDS}, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert "<html" not in answer.text
    assert 'name="again"' in answer.text


@pytest.mark.parametrize(
    "differs",
    [
        {"text": WORDS.replace("зі", "із")},
        {"kind": "question"},
        {"text": WORDS, "clause": True},
    ],
    ids=["another word", "another kind", "another place"],
)
def test_what_differs_is_something_else(send, said, opened, differs):
    clause = opened.draft.versions.get().clauses.get(number="2")
    fields = differs | ({"clause": clause.short_key} if "clause" in differs else {})
    assert send(**fields).status_code == 302
    assert Remark.objects.count() == 2


def test_it_is_known_for_a_day(send, said, opened, clock):
    clock.advance(hours=23, minutes=59)
    assert send().status_code == 409
    clock.advance(minutes=2)
    assert send().status_code == 302


def test_a_few_words_may_be_said_again(send, opened, olena):
    actions.remark(opened, by=olena, text="Підтримую, дуже треба")
    assert send("Підтримую, дуже треба").status_code == 302


@pytest.mark.parametrize("letters, is_compared", [(19, False), (20, True)])
def test_letters_are_counted(letters, is_compared):
    assert bool(fold_text("1, 2. " + "я" * letters)) == is_compared


def test_what_is_gone_does_not_stand(send, said, olena, mo):
    discussion.delete(said.comment, by=olena)
    assert send().status_code == 302
    made = Remark.objects.latest("pk")
    discussion.hide(made.comment, by=mo, reason="spam", note="повтор")
    assert send().status_code == 302


def test_another_person_says_it_too(client, said, opened):
    client.force_login(factories.user("taras"))
    address = reverse("consultations:speak", args=[opened.pk])
    assert client.post(address, {"kind": "remark", "text": WORDS}).status_code == 302


def test_a_reply_under_the_same_remark(client, said, bohdan, opened, olena):
    client.force_login(bohdan)
    address = reverse("consultations:reply", args=[opened.pk, said.pk])
    assert client.post(address, {"text": ANSWER}).status_code == 302
    answer = client.post(address, {"text": ANSWER})
    assert answer.status_code == 409
    assert f"{said.get_absolute_url()}#replies" in answer.text
    other = actions.remark(opened, by=olena, text="Інше зауваження")
    elsewhere = reverse("consultations:reply", args=[opened.pk, other.pk])
    assert client.post(elsewhere, {"text": ANSWER}).status_code == 302
    assert client.post(address, {"text": ANSWER, "again": "1"}).status_code == 302
