"""A meeting when something breaks: the socket process, the network of a display, the database."""

from __future__ import annotations

import os
import re
import signal
import time

import pytest
from django.db import OperationalError, connection
from playwright.sync_api import Page, expect

from meetings.course import actions as course_actions
from meetings.models import Meeting, State
from meetings.presence import actions as presence_actions
from meetings.questions import actions as questions_actions
from meetings.rollcalls import actions as rollcalls_actions
from meetings.speakers import actions as speakers_actions
from tests.meetings import factories
from tests.plugins.city import PHONE, SCREEN, City, second_of
from tests.servers import start_live

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]
BLANK = re.compile("display-meeting--blank")


@pytest.fixture
def meeting(transactional_db: None) -> Meeting:
    made = factories.meeting(State.RUNNING)
    factories.everybody_is_here(made)
    factories.on_item(made)
    return made


def watching(city: City, path: str, **options: object) -> Page:
    page = city.window(None, path, **options)
    expect(page.locator("[data-live-status]")).to_have_attribute("data-state", "live")
    return page


@pytest.mark.cpu(19)  # 6 of it start the city, whichever test comes first
def test_kill_9_amid_a_roll_call_and_a_countdown(city: City, meeting: Meeting):
    """Said within 5 s; right within 3 s of its return."""
    by = factories.secretary()
    item = meeting.current_item
    assert item is not None and meeting.body is not None
    one, two, *_rest = factories.deputies(meeting.body)
    speaking = speakers_actions.begin_speech(factories.speaker(item), by=by, seen_speaker=None)
    roll_call = factories.roll_call(meeting)
    rollcalls_actions.enter_vote(roll_call, one, by=by, choice="for")
    screen = watching(city, f"/meetings/{meeting.pk}/display/", viewport=SCREEN)
    phone = watching(city, f"/meetings/{meeting.pk}/", viewport=PHONE)
    tally, cast = screen.locator("#board-tally dd"), phone.locator("[id$=-cast] strong")
    countdown = phone.locator("[data-countdown] b")
    expect(tally).to_have_text("1")
    expect(countdown).to_be_visible()

    city.live.kill()
    states = [window.locator("[data-live-status]") for window in (screen, phone)]
    expect(states[0]).to_have_attribute("data-state", "lost", timeout=5_000)
    # The countdown goes by the clock that the page knows, without a word from anybody.
    before = countdown.inner_text()
    expect(countdown).not_to_have_text(before, timeout=1_500)

    rollcalls_actions.enter_vote(roll_call, two, by=by, choice="against")
    speakers_actions.end_speech(speaking, by=by)
    city.opened.enter_context(start_live(port=city.live.port))
    returned = time.monotonic()
    expect(tally).to_have_text("2")
    expect(states[0]).to_have_attribute("data-state", "live")
    assert (time.monotonic() - returned) * 1000 <= second_of(screen, seconds=3)
    phone.evaluate("window.dispatchEvent(new Event('online'))")  # as when it is taken up again
    expect(cast).to_have_text("2")
    expect(countdown).to_have_count(0)


@pytest.mark.cpu(19)  # 6 of it start the city, whichever test comes first
def test_a_display_that_was_away_for_an_hour_asks_once(city: City, meeting: Meeting, olena):
    """However much has happened meanwhile, and though nobody watched any more."""
    by = factories.secretary()
    screen = watching(city, f"/meetings/{meeting.pk}/display/", viewport=SCREEN)
    asked: list[str] = []
    screen.on("request", lambda request: asked.append(request.url))
    screen.context.set_offline(True)
    expect(screen.locator("[data-live-status]")).to_have_attribute("data-state", "lost")
    assert meeting.body is not None
    for deputy in factories.deputies(meeting.body)[:3]:
        for _hour in range(4):
            presence_actions.leave(meeting, deputy, by=by)
            presence_actions.come(meeting, deputy, by=by)
    question = factories.question(meeting, olena, state="shown", text="Хто платить?")
    questions_actions.put_live(question, by=by, seen_live=None)
    asked.clear()
    screen.context.set_offline(False)
    expect(screen.locator("#board")).to_contain_text("Хто платить?")
    expect(screen.locator("[data-live-status]")).to_have_attribute("data-state", "live")
    assert len([url for url in asked if "board" in url]) == 1
    assert len(asked) == 1


@pytest.mark.cpu(8)
def test_the_database_restarts(city: City, meeting: Meeting):
    """A process of PostgreSQL dies, so the server breaks all connections, recovers and begins anew:
    pages and sockets find it again, and what was missed is shown."""
    by = factories.secretary()
    screen = watching(city, f"/meetings/{meeting.pk}/display/", viewport=SCREEN)
    screen.evaluate("window.notReloaded = true")
    _write_all_down()
    before = _processes()
    os.kill(max(before), signal.SIGKILL)
    deadline = time.monotonic() + 60
    while not _begun_anew(before):
        assert time.monotonic() < deadline
    course_actions.blank(meeting, by=by)
    expect(screen.locator("#board")).to_have_class(BLANK, timeout=5_000)
    course_actions.unblank(meeting, by=by)
    expect(screen.locator("#board")).to_contain_text("Питання 1")
    assert screen.evaluate("window.notReloaded")


def _write_all_down() -> None:
    """So that nothing is recovered from the tests that ran before: that took 10 s and more."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")


def _processes() -> set[int]:
    """PostgreSQL's, of those who are connected with this database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        return {pid for (pid,) in cursor.fetchall()}


def _begun_anew(before: set[int]) -> bool:
    """Whether PostgreSQL answers, and nobody is connected who was."""
    try:
        return not _processes() & before
    except OperationalError:
        connection.close()
        return False
