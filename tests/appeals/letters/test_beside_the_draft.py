"""The letter stands beside its draft as it will be sent, and greets once."""

from __future__ import annotations

import pytest
from django.utils.html import escape

from appeals import actions
from appeals.letters.queries import load_answer
from appeals.models import Answer
from core.domain import clock as database_clock
from core.export.official_letter import letter_text
from tests.appeals import factories

pytestmark = pytest.mark.django_db
GREETING = "Шановна Олено Петрівно!"


def letter_of(appeal):
    return letter_text(load_answer(Answer.objects.get(appeal=appeal), database_clock.now()))


def test_the_form_says_how_the_letter_greets_and_shows_it(client, staff, in_work, to):
    client.force_login(staff.worker)
    page = client.get(to("draft", in_work))
    assert GREETING in page.context["form"]["text"].help_text
    assert f"{GREETING}\n\n…" in page.context["letter"]
    actions.draft_answer(in_work, by=staff.worker, text="Засвітимо.", result="")
    page = client.get(to("draft", in_work))
    assert f"{GREETING}\n\nЗасвітимо." in page.context["letter"]
    assert escape(in_work.label) in page.text
    assert not Answer.objects.filter(text="…").exists()


def test_who_approves_sees_the_letter_with_their_signature_as_it_is_sent(
    client, staff, in_work, to
):
    actions.draft_answer(in_work, by=staff.worker, text="Засвітимо.", result="satisfied")
    client.force_login(staff.head)
    shown = client.get(to("approve", in_work)).context["letter"]
    actions.approve(in_work, by=staff.head)
    assert letter_of(in_work) == shown
    actions.answer(in_work, by=staff.head, how="page")
    sent = letter_of(in_work)
    number = Answer.objects.get(appeal=in_work).letterhead["number"]
    assert sent.replace(f" № {number}", "", 1) == shown


def test_words_that_greet_are_kept_and_the_letter_does_not_greet_once_more(staff, in_work):
    words = "Шановна пані Олено!\n\nЗасвітимо."
    actions.draft_answer(in_work, by=staff.worker, text=words, result="satisfied")
    assert letter_of(in_work).count("Шановна") == 1
    actions.approve(in_work, by=staff.head)
    actions.answer(in_work, by=staff.head, how="page")
    assert words in letter_of(in_work)
    assert letter_of(in_work).count("Шановна") == 1


def test_a_letter_that_was_sent_before_stays_as_it_went(staff, in_work):
    answer = factories.answered(in_work, "Шановна пані Олено!\n\nЗасвітимо.")
    kept = {name: value for name, value in answer.letterhead.items() if name != "greets"}
    Answer.objects.filter(pk=answer.pk).update(letterhead=kept)
    assert letter_of(in_work).count("Шановна") == 2
