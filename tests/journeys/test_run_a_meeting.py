"""A secretary runs a meeting: panic blank by one thumb, keys, no script, another secretary beside.

A whole session by hand: test_session_by_hand.py.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from meetings.course import actions
from meetings.course.rules import MOVED_ON
from meetings.models import Meeting, State
from tests.meetings import factories
from tests.plugins.city import PHONE, City

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]

TOUCH = {"viewport": PHONE, "has_touch": True, "is_mobile": True}


@pytest.fixture
def running(transactional_db: None) -> Meeting:
    return factories.meeting(State.RUNNING, of=factories.body(members=3))


def move_on(running: Meeting) -> None:
    """Another secretary goes to the next item."""
    running.refresh_from_db()
    actions.next_item(running, by=factories.secretary(), seen_item=running.current_item_id)


def blank_and_unblank(page: Page, running: Meeting) -> None:
    """The displays are blanked from wherever one reads, and show again."""
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    blank = page.locator("#blank")
    expect(blank).to_be_in_viewport(ratio=1)
    blank.tap()
    expect(page.locator("#shown")).to_contain_text("Нічого, крім герба")
    running.refresh_from_db()
    assert running.is_blank
    page.locator("#blank").tap()
    expect(page.locator("#shown")).not_to_contain_text("Нічого, крім герба")
    running.refresh_from_db()
    assert not running.is_blank


def test_blanked_by_one_thumb(city: City, running: Meeting):
    page = city.window(factories.secretary(), f"/meetings/{running.pk}/control/", **TOUCH)
    blank_and_unblank(page, running)
    box = page.locator(".cell").first.bounding_box()
    assert box and box["height"] >= 44
    assert not city.complaints


def test_votes_are_entered_faster_than_they_are_answered(city: City, running: Meeting):
    """None is lost, and the same button twice is once."""
    factories.everybody_is_here(running)
    factories.on_item(running)
    roll_call = factories.roll_call(running)
    page = city.window(factories.secretary(), f"/meetings/{running.pk}/control/")
    pressed = [f"vote-{deputy.pk}" for deputy in factories.deputies(running.body)]
    page.evaluate(
        "ids => ids.forEach((id) => document.getElementById(id).click())",
        [*pressed, "blank", "blank"],
    )
    for name in pressed:
        expect(page.locator(f"#{name}")).to_have_attribute("data-choice", "for")
    expect(page.locator("#shown")).to_contain_text("Нічого, крім герба")
    expect(page.locator("#control-figures")).to_contain_text("За 3")
    assert roll_call.votes.count() == 3
    assert running.log.filter(kind="blanked").count() == 1


def test_without_a_script(city: City, running: Meeting):
    page = city.window(
        factories.secretary(),
        f"/meetings/{running.pk}/control/",
        java_script_enabled=False,
        **TOUCH,
    )
    page.locator("#next").tap()
    expect(page.locator("#item")).to_contain_text("1. Питання 1")
    # Another secretary is quicker: it is said, and nothing is skipped.
    move_on(running)
    page.locator("#next").tap()
    expect(page.locator(".notice")).to_contain_text(str(MOVED_ON.message))
    expect(page.locator("#item")).to_contain_text("2. Питання 2")
    page.locator("#blank").tap()
    expect(page.locator("#shown")).to_contain_text("Нічого, крім герба")


def test_by_keyboard_and_beside_another_secretary(city: City, running: Meeting):
    page = city.window(factories.secretary(), f"/meetings/{running.pk}/control/")
    # What one presses and what others did meanwhile is said aloud.
    said = page.locator("[data-control-said]")
    page.keyboard.press("n")
    expect(page.locator("#item")).to_contain_text("1. Питання 1")
    expect(page.locator("#next")).to_be_focused()
    expect(said).to_contain_text("пункт 1: Питання 1")
    page.keyboard.press("b")
    expect(page.locator("#blank")).to_be_focused()
    expect(page.locator("#shown")).to_contain_text("Нічого, крім герба")
    page.keyboard.press("b")
    expect(page.locator("#shown")).not_to_contain_text("Нічого, крім герба")

    move_on(running)
    expect(page.locator("#item")).to_contain_text("2. Питання 2")
    expect(said).to_contain_text("пункт 2: Питання 2")
    page.keyboard.press("a")
    page.wait_for_url("**/speakers/")
    page.get_by_label("Секунди").press("n")  # keys do nothing within a field
    assert page.url.endswith("/speakers/")
    assert not city.complaints
