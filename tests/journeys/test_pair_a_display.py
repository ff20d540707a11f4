"""A hall's screen: paired from a telephone, given another picture, cut from power, unpaired."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from meetings.course import actions
from meetings.models import State
from tests.meetings import factories
from tests.plugins.city import PHONE, SCREEN, City

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]
#: What is promised of a display.
SOON = 1_000
#: A screen that shows a code asks every three seconds.
ASKED = 5_000


@pytest.mark.cpu(12)
def test_a_screen_is_paired_and_follows_what_it_is_given(city: City):
    by = factories.secretary()
    meeting = factories.meeting(State.RUNNING, title="Слухання про бюджет", kind="hearing")
    screen = city.window(None, "/display/", viewport=SCREEN)
    code = screen.locator("[data-code]").inner_text()
    phone = city.window(by, f"/meetings/{meeting.pk}/control/", viewport=PHONE)
    phone.get_by_role("link", name="Екрани").click()
    phone.get_by_label("Код на екрані").fill(code)
    phone.get_by_label("Де стоїть екран").fill("Фойє")
    phone.get_by_role("button", name="Під’єднати").click()
    expect(phone.locator("#display-1")).to_contain_text("Фойє")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    board = screen.locator("#board")
    expect(board).to_contain_text("Слухання про бюджет", timeout=ASKED)
    assert f"/meetings/{meeting.pk}/displays/1/" in screen.url
    expect(screen.locator("[data-live-status]")).to_have_attribute("data-state", "live")

    phone.get_by_text("Показати інше").click()
    phone.get_by_role("link", name="оголошення…").click()
    phone.locator("#id_words").fill("Перерва до 11:00")
    phone.get_by_role("button", name="Показати", exact=True).click()
    expect(board).to_contain_text("Перерва до 11:00", timeout=SOON)
    factories.on_item(meeting)
    expect(board).to_contain_text("Перерва до 11:00")
    phone.get_by_text("Показати інше").click()
    choice = phone.get_by_role("button", name="хід засідання")
    box = choice.bounding_box()
    assert box and box["height"] >= 44
    choice.focus()
    phone.keyboard.press("Enter")
    expect(board).to_contain_text("Питання 1", timeout=SOON)
    phone.keyboard.press("b")
    expect(board).to_have_class(re.compile("display-meeting--blank"), timeout=SOON)
    actions.unblank(meeting, by=by)

    # The power is cut: the screen opens its first page, and is the same display again.
    screen.goto(f"{city.web.url}/display/")
    expect(board).to_contain_text("Питання 1")
    phone.get_by_role("button", name=re.compile("Від’єднати")).click()
    expect(screen.locator("[data-code]")).to_be_visible(timeout=2 * SOON)
    assert screen.locator("[data-code]").inner_text() != code
