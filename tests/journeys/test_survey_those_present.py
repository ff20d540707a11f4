"""A secretary asks those present; a telephone answers by one press, and everybody sees it live."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from meetings.models import State
from tests.meetings import factories
from tests.plugins.city import PHONE, SCREEN, City

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]
#: What is promised of what nobody's button did: the sample of a second, then a frame.
SOON = 3_000


@pytest.mark.cpu(12)
def test_asked_answered_and_closed(city: City, olena):
    meeting = factories.meeting(State.RUNNING, kind="hearing")
    factories.on_item(meeting)
    screen = city.window(None, f"/meetings/{meeting.pk}/display/", viewport=SCREEN)
    phone = city.window(olena, f"/meetings/{meeting.pk}/", viewport=PHONE)
    for window in (screen, phone):
        expect(window.locator("[data-live-status]")).to_have_attribute("data-state", "live")

    secretary = city.window(factories.secretary(), f"/meetings/{meeting.pk}/control/")
    secretary.keyboard.press("o")
    secretary.get_by_label("Запитання").fill("Який варіант скверу вам ближчий?")
    secretary.get_by_label("Варіанти").fill("Липи й лавки\nВідкрита галявина")
    secretary.get_by_role("button", name="Почати опитування").click()

    choice = phone.get_by_role("button", name="Липи й лавки")
    expect(choice).to_be_visible(timeout=SOON)
    box = choice.bounding_box()
    assert box and box["height"] >= 44
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    expect(screen.locator("#board")).to_contain_text("без юридичної сили", timeout=SOON)
    choice.click()
    expect(choice).to_have_attribute("aria-pressed", "true")
    expect(phone.locator("#quick-poll-said")).to_contain_text("враховано")
    expect(screen.locator("#board-survey dd")).to_have_text("1", timeout=SOON)
    expect(screen.locator("#board")).to_contain_text("1 · 100%", timeout=SOON)
    expect(secretary.locator("#poll [data-count=turnout]")).to_have_text("1", timeout=SOON)

    # Without a link a vote is not kept: it is said at once.
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Відкрита галявина").click()
    expect(phone.locator("#quick-poll-said")).to_contain_text("не дійшов")
    phone.context.set_offline(False)

    secretary.locator("#close-poll").click()
    expect(secretary.locator("#poll")).to_contain_text("1 · 100%")
    expect(screen.locator("#board-survey")).to_contain_text("Результати", timeout=SOON)
    expect(phone.locator("#quick-result")).to_contain_text(re.compile("Липи й лавки\\s*1 · 100%"))
    expect(phone.locator("#quick-poll")).to_have_count(0)
    assert not city.complaints
