"""A show of hands, from the secretary's telephone to the hall's display."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Page, expect

from core.domain import clock
from meetings.hall import codes
from meetings.models import ShowOfHands, State
from tests.meetings import factories
from tests.plugins.city import PHONE, SCREEN, City

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]
#: What is promised of figures that are sampled each second, and drawn.
SOON = 3_000

#: The code that stands on the display is marked, and its time is over.
EXPIRE = """() => {
  const code = document.getElementById("hall-code");
  code.dataset.old = "";
  code.dataset.hallUntil = "2026-01-01T00:00:00Z";
}"""


def _shot(window: Page, name: str) -> None:
    """SHOTS=folder keeps a picture, to look at."""
    if "SHOTS" in os.environ:
        window.screenshot(path=f"{os.environ['SHOTS']}/{name}.png", full_page=True)


@pytest.mark.cpu(18)
def test_a_hand_in_the_hall_and_one_at_home(city: City, olena, bohdan):
    meeting = factories.meeting(State.RUNNING, title="Слухання про зупинки", kind="hearing")
    factories.on_item(meeting)
    at_home = city.window(bohdan, f"/meetings/{meeting.pk}/", viewport=PHONE)
    key = codes.display_key(meeting.pk)
    screen = city.window(None, f"/meetings/{meeting.pk}/display/?hall={key}", viewport=SCREEN)
    for window in (at_home, screen):
        expect(window.locator("[data-live-status]")).to_have_attribute("data-state", "live")
    screen.evaluate("window.notReloaded = true")

    drawn = screen.locator("#hall-code")
    expect(drawn).to_be_visible()
    _shot(screen, "display-code")
    # As if its time were over: another one takes its place, and the display stays.
    screen.evaluate(EXPIRE)
    expect(drawn).not_to_have_attribute("data-old", "", timeout=5_000)
    expect(drawn.locator("svg")).to_be_visible()

    code = codes.code_at(meeting.pk, clock.now())
    in_hall = city.window(olena, f"/meetings/{meeting.pk}/hall/{code}/", viewport=PHONE)
    _shot(in_hall, "phone-scanned")
    in_hall.get_by_role("button", name="Я в залі").click()
    expect(in_hall.locator(".in-hall")).to_contain_text("Ви в залі")

    running = city.window(factories.secretary(), f"/meetings/{meeting.pk}/control/", viewport=PHONE)
    running.get_by_role("link", name="Розпочати опитування підняттям рук").click()
    running.get_by_label("Про що питають").fill("Чи переносити зупинку ближче до лікарні?")
    running.get_by_role("button", name="Розпочати").click()
    expect(running.locator("#close-hands")).to_be_visible()
    assert running.evaluate("document.documentElement.scrollWidth") <= 360
    show = ShowOfHands.objects.get()

    for window, choice in ((in_hall, "За"), (at_home, "Проти"), (at_home, "За")):
        button = window.get_by_role("button", name=choice, exact=True)
        expect(button).to_be_visible(timeout=SOON)
        box = button.bounding_box()
        assert box and box["height"] >= 44
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
    for window in (screen, in_hall, at_home, running):
        figures = window.locator("#hands-figures tbody b")
        expect(figures).to_have_text(["1", "0", "0", "1", "0", "0"], timeout=SOON)
    assert in_hall.evaluate("document.documentElement.scrollWidth") <= 360
    _shot(in_hall, "phone-hands")
    _shot(running, "control-hands")

    running.get_by_role("link", name="Вписати, скільки полічено в залі").click()
    for label, number in (("За", "1204"), ("Проти", "3"), ("Утрималися", "1")):
        running.get_by_label(label, exact=True).fill(number)
    _shot(running, "control-count")
    running.get_by_role("button", name="Зберегти числа").click()
    expect(screen.locator(".hands-figures__row--counted")).to_contain_text("204", timeout=SOON)
    _shot(screen, "display-hands")
    running.locator("#close-hands").click()
    expect(screen.locator("#board")).to_contain_text("завершено", timeout=SOON)
    expect(at_home.get_by_role("button", name="За", exact=True)).to_have_count(0, timeout=SOON)
    _shot(at_home, "phone-closed")
    _shot(screen, "display-closed")
    assert screen.evaluate("window.notReloaded")
    show.refresh_from_db()
    assert (show.hall_for, show.remote_for, show.counted_for) == (1, 1, 1204)
    at_home.set_viewport_size({"width": 1280, "height": 900})
    _shot(at_home, "page-1280")
