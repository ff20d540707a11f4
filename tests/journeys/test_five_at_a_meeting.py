"""Five browsers at one meeting: the secretary, two displays (one of them paired), a telephone in
the hall, one at home.

Each sees what it may within a second of the press that did it. Another step of the meeting is a
function that takes a ``Hall``, presses and looks; it stands in STEPS where it happens. What a
roll-call or a question showed before is not there any more when it begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from core.domain import clock
from meetings.displays import actions as displays
from meetings.displays import codes
from meetings.hall import actions as hall_of
from meetings.models import Meeting, Question, State
from tests.meetings import factories
from tests.plugins.city import PHONE, SCREEN, City, second_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]
BLANK = re.compile("display-meeting--blank")
WORDS = "Хто заплатить за ремонт даху?"


@dataclass
class Hall:
    """The meeting, and the five who are before it. ``soon``: a second, in milliseconds."""

    meeting: Meeting
    secretary: Page
    screens: tuple[Page, Page]
    phone: Page
    remote: Page
    soon: float

    @property
    def readers(self) -> tuple[Page, Page]:
        """Both pages that people read, in the hall and at home."""
        return self.phone, self.remote

    def press(self, element_id: str) -> None:
        """The secretary presses what stands there by now."""
        self.secretary.locator(f"#{element_id}").click()

    def on_screens(self, words: str) -> None:
        for screen in self.screens:
            expect(screen.locator("#board")).to_contain_text(words, timeout=self.soon)

    def not_on_screens(self, words: str) -> None:
        for screen in self.screens:
            expect(screen.locator("#board")).not_to_contain_text(words, timeout=self.soon)


def an_item_opens(hall: Hall) -> None:
    hall.press("next")
    hall.on_screens("Питання 1")
    for page in hall.readers:
        expect(page.locator("#meeting-now")).to_contain_text("1. Питання 1", timeout=hall.soon)


def a_question_is_asked(hall: Hall) -> None:
    """Nobody but the secretary reads it before it was checked; then everybody does."""
    page = hall.remote
    here = page.url
    page.get_by_role("link", name="Поставити запитання").first.click()
    page.get_by_label("Ваше запитання").fill(WORDS)
    page.get_by_role("button", name="Надіслати запитання").click()
    expect(page.locator(".own-questions")).to_contain_text(WORDS)
    asked = Question.objects.get()
    expect(hall.secretary.locator(f"#asked-{asked.pk}")).to_contain_text(WORDS, timeout=hall.soon)
    expect(hall.phone.locator("#meeting-floor")).not_to_contain_text(WORDS)
    hall.not_on_screens(WORDS)
    page.goto(here)
    expect(page.locator("[data-live-status]")).to_have_attribute("data-state", "live")
    hall.press(f"show-{asked.pk}")
    for page in hall.readers:
        floor = page.locator("#meeting-questions")
        expect(floor).to_contain_text(WORDS, timeout=hall.soon)
    hall.not_on_screens(WORDS)


def it_is_supported_and_shown(hall: Hall) -> None:
    asked = Question.objects.get()
    hall.press(f"live-{asked.pk}")
    hall.on_screens(WORDS)
    hall.phone.get_by_role("button", name="Я теж хочу почути відповідь").click()
    for screen in hall.screens:
        expect(screen.locator("#board-support dd")).to_have_text("1", timeout=hall.soon)
    supporters = hall.remote.locator(f'[data-supporters="{asked.pk}"]')
    expect(supporters).to_have_text("1", timeout=hall.soon)


def the_displays_are_blanked(hall: Hall) -> None:
    """The displays alone: who reads at home goes on reading."""
    hall.press("blank")
    for screen in hall.screens:
        expect(screen.locator("#board")).to_have_class(BLANK, timeout=hall.soon)
    hall.not_on_screens(WORDS)
    expect(hall.remote.locator("#meeting-floor")).to_contain_text(WORDS)
    hall.secretary.get_by_role("button", name="Знову показувати засідання на екранах").click()
    hall.on_screens(WORDS)


def it_is_hidden(hall: Hall) -> None:
    asked = Question.objects.get()
    hall.press(f"hide-{asked.pk}")
    hall.secretary.locator("[name=reason]").fill("Не стосується питання")
    hall.secretary.get_by_role("button", name="Не показувати").click()
    hall.not_on_screens(WORDS)
    for page in hall.readers:
        expect(page.locator("#meeting-floor")).not_to_contain_text(WORDS, timeout=hall.soon)


def those_present_are_asked(hall: Hall) -> None:
    """A survey opens and closes for everybody at once; votes move with the sample of a second. The
    result tells the hall from others."""
    hall.press("new-poll")
    hall.secretary.get_by_label("Запитання").fill("Оголосити перерву?")
    hall.secretary.get_by_role("button", name="Почати опитування").click()
    hall.on_screens("без юридичної сили")
    for number, page in enumerate(hall.readers, 1):
        choice = page.get_by_role("button", name="Так", exact=True)
        expect(choice).to_be_visible(timeout=hall.soon)
        choice.click()
        for screen in hall.screens:
            turnout = screen.locator("#board-survey [data-count=turnout]")
            expect(turnout).to_have_text(str(number), timeout=3 * hall.soon)
    hall.press("close-poll")
    hall.on_screens("з них у залі")
    for page in hall.readers:
        given = page.locator("#quick-result")
        expect(given).to_contain_text("2 · 100% (у залі 1)", timeout=hall.soon)


def a_roll_call_is_published(hall: Hall) -> None:
    """While it is open and until it is published, everybody sees who has voted and nobody how."""
    one, two, three = factories.deputies(hall.meeting.body)
    hall.press("new-roll-call")
    hall.secretary.get_by_role("button", name="Відкрити поіменне голосування").click()
    hall.on_screens(one.name)
    # A tap is for, two are against.
    for number, (taps, deputy) in enumerate(((1, one), (1, two), (2, three)), 1):
        for _tap in range(taps):
            hall.press(f"vote-{deputy.pk}")
        for screen in hall.screens:
            tally = screen.locator("#board-tally dd")
            expect(tally).to_have_text(str(number), timeout=hall.soon)
        cast = hall.remote.locator("[id$=-cast] strong")
        expect(cast).to_have_text(str(number), timeout=hall.soon)
    hall.press("close-roll-call")
    publish = hall.secretary.get_by_role("button", name=re.compile("Оприлюднити результат"))
    expect(publish).to_be_visible()
    hall.not_on_screens("прийнято")
    expect(hall.phone.locator("#meeting-now")).not_to_contain_text("прийнято")
    publish.click()
    hall.on_screens("Рішення прийнято")
    for page in hall.readers:
        here = page.locator("#meeting-now")
        expect(here).to_contain_text("Рішення прийнято", timeout=hall.soon)
        expect(here).to_contain_text(three.name, timeout=hall.soon)


#: What happens, in its order.
STEPS: tuple[Callable[[Hall], None], ...] = (
    an_item_opens,
    a_question_is_asked,
    it_is_supported_and_shown,
    the_displays_are_blanked,
    it_is_hidden,
    those_present_are_asked,
    a_roll_call_is_published,
)


@pytest.mark.cpu(30)
def test_each_sees_what_it_may_within_a_second(city: City, olena, bohdan):
    meeting = factories.meeting(State.RUNNING, of=factories.body(members=3))
    factories.everybody_is_here(meeting)
    page, by = f"/meetings/{meeting.pk}/", factories.secretary()
    displays.pair(meeting, by=by, code=codes.code_of("foyer", clock.now()))
    hall_of.enter_hall(meeting, by=bohdan, has_scanned=True)
    hall = Hall(
        meeting,
        secretary=city.window(by, f"{page}control/"),
        screens=(
            city.window(None, f"{page}display/", viewport=SCREEN),
            city.window(None, f"{page}displays/1/", viewport=SCREEN),
        ),
        phone=city.window(bohdan, page, viewport=PHONE),
        remote=city.window(olena, page),
        soon=0,
    )
    for window in (*hall.screens, *hall.readers):
        expect(window.locator("[data-live-status]")).to_have_attribute("data-state", "live")
        window.evaluate("window.notReloaded = true")
    hall.soon = second_of(hall.phone)
    for step in STEPS:
        step(hall)
    for window in (*hall.screens, hall.phone):
        assert window.evaluate("window.notReloaded")
