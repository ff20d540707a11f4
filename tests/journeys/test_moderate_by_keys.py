"""The moderator's queue by keyboard, and the same without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from consultations.models import Consultation
from consultations.remarks import actions
from discussions import actions as discussion
from discussions.models import Comment
from moderation.lists import actions as lists_actions
from moderation.models import QueueItem, Ruling
from tests.moderation.flood import flood
from tests.plugins.city import City
from tests.votes import factories as polls
from votes.ballots import actions as votes
from votes.models import Text

pytestmark = pytest.mark.django_db(transaction=True)

QUEUE = "/desk/moderation/"


@pytest.fixture
def reported(consultation: Consultation, olena, bohdan) -> list[Comment]:
    """Three reported remarks, the oldest first."""
    said = [
        actions.remark(consultation, by=olena, text=f"Слово {number}").comment
        for number in range(3)
    ]
    for comment in said:
        discussion.flag(comment, by=bohdan, reason="spam")
    return said


def test_by_keyboard_alone(city: City, reported: list[Comment], mo):
    first, second, third = reported
    page = city.window(mo, QUEUE)
    items = page.locator("[data-queue-item]")
    expect(items).to_have_count(3)

    # Leave the first up: the next one takes its place, and the focus.
    page.keyboard.press("j")
    expect(page.locator(f"#comment-{first.pk}")).to_be_focused()
    page.keyboard.press("a")
    expect(items).to_have_count(2)
    expect(page.locator(f"#comment-{second.pk}")).to_be_focused()

    # Hide the third with a reason.
    page.keyboard.press("j")
    expect(page.locator(f"#comment-{third.pk}")).to_be_focused()
    page.keyboard.press("h")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")  # a quotation, or else a note
    page.keyboard.press("Tab")
    page.keyboard.type("Без реклами, h j a k")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(items).to_have_count(1)
    for comment in reported:
        comment.refresh_from_db()
    assert [comment.is_visible for comment in reported] == [True, True, False]
    assert third.hidden_note == "Без реклами, h j a k"
    assert third.hidden_by == mo

    # Single keys can be switched off.
    page.locator("[data-keys-switch]").uncheck()
    page.locator(f"#comment-{second.pk}").focus()
    page.keyboard.press("a")
    expect(items).to_have_count(1)


def test_without_a_script(city: City, reported: list[Comment], mo):
    first = reported[0]
    page = city.window(mo, QUEUE, java_script_enabled=False)
    item = page.locator(f"#comment-{first.pk}")
    item.locator("summary").click()
    item.locator("input[type=radio]").first.check()
    item.locator("[name$=note]").first.fill("Реклама")
    item.locator("form", has=page.locator("textarea")).locator("button").click()
    expect(page.locator("[data-queue-item]")).to_have_count(2)
    first.refresh_from_db()
    assert first.hidden_by == mo


def test_answers_to_polls_by_keyboard(city: City, department, ofi, olena, bohdan, mo):
    poll = polls.poll(ofi, department, questions=[{"text": "Що ще?", "kind": "text"}])
    question = polls.first_question(poll)
    for person in (olena, bohdan):
        votes.cast(poll, by=person, choices={str(question.pk): f"Слово {person.pk}"})
    page = city.window(mo, "/desk/moderation/texts/")
    items = page.locator("[data-queue-item]")
    expect(items).to_have_count(2)
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(items).to_have_count(1)
    expect(items).to_be_focused()  # the page came anew, and one goes on where one was
    page.keyboard.press("h")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(items).to_have_count(0)
    assert {text.state for text in Text.objects.all()} == {"shown", "hidden"}


@pytest.mark.with_all
@pytest.mark.cpu(12)
def test_thirty_comments_by_thirty_one_keys(city: City, consultation: Consultation, mo):
    comments = flood(consultation, 34)
    page = city.window(mo, QUEUE)
    items = page.locator("[data-queue-item]")
    expect(items).to_have_count(20)
    keys = ["t", *("a" for _each in range(30))]
    assert len(keys) == 31
    for number, key in enumerate(keys):
        page.keyboard.press(key)
        expect(items).to_have_count(30 - number)
        if number < 30:
            expect(page.locator(f"#comment-{comments[number].pk}")).to_be_focused()
    assert Ruling.objects.filter(kind="left", by=mo).count() == 30
    assert QueueItem.objects.waiting().count() == 4
    page.keyboard.press("t")
    expect(items).to_have_count(4)


def test_keys_faster_than_the_answers_are_queued(city: City, consultation: Consultation, mo):
    comments = flood(consultation, 12)
    page = city.window(mo, QUEUE)
    items = page.locator("[data-queue-item]")
    expect(items).to_have_count(12)
    for key in "jjt" + 10 * "a":  # nobody waits for an answer between them
        page.keyboard.press(key)
    expect(items).to_have_count(2)
    left = Ruling.objects.filter(kind="left", by=mo)
    assert set(left.values_list("comment", flat=True)) == {each.pk for each in comments[:10]}


def test_a_saved_reason_hides_by_its_digit(city: City, reported: list[Comment], mo):
    for note in ("Без лайки", "Без реклами"):
        lists_actions.save_reason(by=mo, rule="spam", note=note)
    page = city.window(mo, QUEUE)
    items = page.locator("[data-queue-item]")
    expect(items).to_have_count(3)
    page.keyboard.press("j")
    page.keyboard.press("2")
    expect(items).to_have_count(2)
    reported[0].refresh_from_db()
    assert (reported[0].hidden_note, reported[0].hidden_by) == ("Без реклами", mo)
