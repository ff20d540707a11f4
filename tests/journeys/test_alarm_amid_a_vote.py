"""An air-raid alarm amid an open roll-call, while somebody has the floor: on the secretary's page,
two displays, a deputy's telephone and the public page at once; then all of it goes on.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from core.domain import clock
from meetings.displays import actions as displays
from meetings.displays import codes
from meetings.models import Deputy, Meeting, RollCall, Speaker, State
from meetings.rollcalls import actions as rollcalls_actions
from meetings.speakers import actions as speakers_actions
from tests.meetings import factories
from tests.plugins.city import PHONE, SCREEN, City, second_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]
ALARM = "Повітряна тривога"
ROOM = {"width": 1280, "height": 720}


@pytest.fixture
def meeting(transactional_db: None) -> Meeting:
    """Somebody speaks, and a roll-call is open."""
    running = factories.meeting(State.RUNNING, of=factories.body(members=3))
    factories.everybody_is_here(running)
    speaker = factories.speaker(factories.on_item(running), seconds=3000)
    speakers_actions.begin_speech(speaker, by=factories.secretary(), seen_speaker=None)
    factories.roll_call(running)
    return running


def countdown_of(page: Page) -> str:
    """What the speaker's clock says on a page."""
    return page.locator("[id^=countdown-] b").first.inner_text()


@pytest.mark.cpu(20)
def test_on_five_faces_at_once_and_all_goes_on(city: City, meeting: Meeting, olena, bohdan):
    one, two, _three = factories.deputies(meeting.body)
    Deputy.objects.filter(pk=one.pk).update(user=bohdan)
    page, by = f"/meetings/{meeting.pk}/", factories.secretary()
    displays.pair(meeting, by=by, code=codes.code_of("foyer", clock.now()))
    roll_call, speaker = RollCall.objects.get(), Speaker.objects.get()
    rollcalls_actions.enter_vote(roll_call, two, by=by, choice="for")
    secretary = city.window(by, f"{page}control/")
    main = city.window(None, f"{page}display/", viewport=SCREEN)
    paired = city.window(None, f"{page}displays/1/", viewport=ROOM)
    phone = city.window(bohdan, f"{page}vote/", viewport=PHONE)
    public = city.window(olena, page)
    others = (main, paired, phone, public)
    for window in others:
        expect(window.locator("[data-live-status]")).to_have_attribute("data-state", "live")
        window.evaluate("window.notReloaded = true")
    soon = second_of(phone)

    secretary.locator("body").press("g")
    expect(secretary.locator("#pause")).to_contain_text(ALARM, timeout=soon)
    for window in others:
        expect(window.locator("#board, #meeting-pause").first).to_contain_text(ALARM, timeout=soon)
    expect(phone.locator("[name=choice]")).to_have_count(0)
    # The clock of who speaks stands on the page, and on the secretary's.
    for window in (public, secretary):
        expect(window.locator(".countdown--stands").first).to_be_visible()
    stood = countdown_of(public)
    began = secretary.evaluate("performance.now()")
    secretary.wait_for_function("at => performance.now() > at + 2200", arg=began)
    assert countdown_of(public) == countdown_of(secretary) == stood

    secretary.locator("body").press("r")
    expect(secretary.locator("#pause")).to_have_count(0, timeout=soon)
    for window in others:
        place = window.locator("#board, #meeting-course, #deputy-vote").first
        expect(place).not_to_contain_text(ALARM, timeout=soon)
    phone.locator(f"#choose-{roll_call.pk}-against").click()
    expect(phone.get_by_text(re.compile("Ваш голос враховано")).first).to_be_visible()
    assert dict(roll_call.votes.values_list("deputy", "choice")) == {
        one.pk: "against",
        two.pk: "for",
    }
    expect(public.locator(".countdown--stands")).to_have_count(0)
    speaker.refresh_from_db()
    assert speaker.stopped_at is None
    assert speaker.stopped_for.total_seconds() > 2
    assert list(meeting.log.values_list("kind", flat=True))[-3:] == [
        *("alarm", "resumed", "vote_continued"),
    ]
    for window in (main, paired, public):
        assert window.evaluate("window.notReloaded")
