"""A meeting as the hall and a telephone see it: asked, supported, shown, voted, blanked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from meetings.course import actions as course_actions
from meetings.models import Question, State
from meetings.questions import actions as questions_actions
from meetings.rollcalls import actions as rollcalls_actions
from meetings.speakers import actions as speakers_actions
from tests.meetings import factories
from tests.plugins.city import PHONE, SCREEN, City, second_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]
BLANK = re.compile("display-meeting--blank")


@pytest.mark.cpu(16)
def test_a_question_from_the_telephone_to_the_display(city: City, olena, bohdan):
    by = factories.secretary()
    meeting = factories.meeting(State.RUNNING, title="Слухання про бюджет", kind="hearing")
    screen = city.window(None, f"/meetings/{meeting.pk}/display/", viewport=SCREEN)
    board = screen.locator("#board")
    expect(screen.locator("[data-live-status]")).to_have_attribute("data-state", "live")
    screen.evaluate("window.notReloaded = true")
    phone = city.window(bohdan, f"/meetings/{meeting.pk}/", viewport=PHONE)
    expect(phone.locator("[data-live-status]")).to_have_attribute("data-state", "live")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360

    soon = second_of(phone)  # what is promised of a display
    item = factories.on_item(meeting)
    expect(board.get_by_role("heading", level=1)).to_have_text("Питання 1", timeout=soon)
    expect(phone.locator("#meeting-now")).to_contain_text("1. Питання 1", timeout=soon)

    asking = city.window(olena, f"/meetings/{meeting.pk}/", viewport=PHONE)
    asking.get_by_role("link", name="Поставити запитання").first.click()
    asking.get_by_label("Ваше запитання").fill("Хто заплатить за ремонт?")
    asking.get_by_role("button", name="Надіслати запитання").click()
    expect(asking.locator(".own-questions")).to_contain_text("Хто заплатить за ремонт?")
    question = Question.objects.get()
    questions_actions.show(question, by=by)
    support = phone.get_by_role("button", name="Я теж хочу почути відповідь")
    expect(support).to_be_visible(timeout=soon)
    questions_actions.put_live(question, by=by, seen_live=None)
    expect(board).to_contain_text("Хто заплатить за ремонт?", timeout=soon)
    expect(board.locator("#board-support dd")).to_have_text("0")
    support.click()
    expect(board.locator("#board-support dd")).to_have_text("1", timeout=soon)
    expect(support).to_have_attribute("aria-pressed", "true")

    course_actions.blank(meeting, by=by)
    expect(board).not_to_contain_text("Хто заплатить", timeout=soon)
    expect(board).to_have_class(BLANK)
    course_actions.unblank(meeting, by=by)
    expect(board).to_contain_text("Хто заплатить за ремонт?", timeout=soon)
    questions_actions.hide(question, by=by, reason="Не про те")
    expect(board).not_to_contain_text("Хто заплатить", timeout=soon)
    expect(phone.locator("#meeting-floor")).not_to_contain_text("Хто заплатить", timeout=soon)

    speakers_actions.begin_speech(factories.speaker(item), by=by, seen_speaker=None)
    for window in (screen, phone):
        countdown = window.locator("[data-countdown] b")
        expect(countdown).to_be_visible(timeout=soon)
        assert countdown.inner_text()[:2] in ("3:", "2:")
    assert screen.evaluate("window.notReloaded")


@pytest.mark.cpu(8)
def test_a_deputy_votes_on_their_telephone_and_the_hall_sees_the_result(city: City, bohdan):
    by = factories.secretary()
    meeting = factories.meeting(State.RUNNING)
    assert meeting.body is not None
    deputy, *others = factories.deputies(meeting.body)
    deputy.user = bohdan
    deputy.save()
    factories.everybody_is_here(meeting)
    factories.on_item(meeting)
    screen = city.window(None, f"/meetings/{meeting.pk}/display/", viewport=SCREEN)
    phone = city.window(bohdan, f"/meetings/{meeting.pk}/vote/", viewport=PHONE)
    for window in (screen, phone):
        expect(window.locator("[data-live-status]")).to_have_attribute("data-state", "live")
    soon = second_of(phone)
    roll_call = factories.roll_call(meeting)
    expect(screen.locator("#board-tally")).to_contain_text("0", timeout=soon)
    choice = phone.get_by_role("button", name="За", exact=True)
    expect(choice).to_be_visible()
    box = choice.bounding_box()
    assert box and box["height"] >= 44
    choice.click()
    expect(screen.locator("#board-tally dd")).to_have_text("1", timeout=soon)
    expect(phone.locator(".deputy-vote__choice--own")).to_contain_text("За")
    for other in others[:2]:
        rollcalls_actions.enter_vote(roll_call, other, by=by, choice="for")
    rollcalls_actions.publish_roll_call(rollcalls_actions.close_roll_call(roll_call, by=by), by=by)
    expect(screen.locator("#board-tally")).to_contain_text("Рішення прийнято", timeout=soon)


@pytest.mark.cpu(8)
def test_the_seconds_of_two_displays_change_together(city: City):
    """Within 100 ms of each other, by the server's clock, though one was opened later."""
    meeting = factories.meeting(State.RUNNING)
    item = factories.on_item(meeting)
    by = factories.secretary()
    speakers_actions.begin_speech(factories.speaker(item), by=by, seen_speaker=None)
    screens = [
        city.window(None, f"/meetings/{meeting.pk}/display/", viewport=SCREEN) for _each in range(2)
    ]
    for screen in screens:
        expect(screen.locator("[data-live-status]")).to_have_attribute("data-state", "live")
        expect(screen.locator("[data-countdown] b")).to_be_visible()
        screen.evaluate(NOTE_CHANGES)
    screens[0].wait_for_timeout(4_000)
    first, second = (screen.evaluate("window.changes") for screen in screens)
    both = first.keys() & second.keys()
    assert len(both) >= 3
    assert max(abs(first[words] - second[words]) for words in both) <= 100


#: When each second that the countdown shows was first seen, in ms of the machine's clock.
NOTE_CHANGES = """() => {
  const place = document.querySelector("[data-countdown] b");
  window.changes = {};
  new MutationObserver(() => { window.changes[place.textContent] ??= Date.now(); })
    .observe(place, { childList: true, characterData: true, subtree: true });
}"""
