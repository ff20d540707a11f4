"""Nothing of a meeting is lost: a page that took every frame says what a page says that is drawn
now, for every event."""

from __future__ import annotations

from typing import Any

import pytest

from core.domain.actions import action
from core.domain.topics import raised, seq_of
from core.web.pages import forget_pages
from meetings.models import State
from meetings.outcome.actions import publish_outcome
from meetings.planning import actions
from realtime.drawing import draw
from realtime.of_meetings import OF_MEETINGS
from realtime.parts import DISPLAY, PAGE
from tests import factories as people
from tests.meetings import factories, rare
from tests.meetings.busy import BusyMeeting
from tests.realtime.applying import AppliedPage, first_difference, regions_of

pytestmark = pytest.mark.django_db
VIEWS = {("uk", PAGE): "/meetings/{}/", ("uk", DISPLAY): "/meetings/{}/display/"}
#: What of it is drawn for nobody: before it nobody reads the page, after it everybody may.
NOT_WATCHED = {"MeetingPublished"}
#: What is played elsewhere: names go from minutes with an account
#: (tests/meetings/minutes/test_minutes.py).
ELSEWHERE = {"MinutesNamesRemoved"}
EVERY = {event.__name__ for line in OF_MEETINGS for event in line.events}
#: What tests/meetings/rare.py plays.
RARE = {
    event.__name__
    for line in OF_MEETINGS
    for event in line.events
    if event.__module__.split(".")[1] in rare.PARTS or event.__name__ in rare.EVENTS
}


class Watched:
    """The pages of a meeting, changed by frames alone since they were opened."""

    def __init__(self, client: Any, meeting: Any) -> None:
        self.client, self.topic = client, meeting.topic
        self.urls = {view: url.format(meeting.pk) for view, url in VIEWS.items()}
        self.pages = {view: AppliedPage(self.body(view), seq_of(self.topic)) for view in VIEWS}
        self.told: set[str] = set()

    def body(self, view: tuple[str, str]) -> bytes:
        forget_pages()
        body: bytes = self.client.get(self.urls[view]).content
        return body

    def after(self, act: Any) -> None:
        """``act`` happens; each page takes what the hub draws, and is as one that is drawn now."""
        with action():
            act()
            topics = raised.get()
        assert topics is not None
        names = [change.split(":") for change in topics.get(self.topic, ())]
        changes = [(event, int(thing)) for event, thing in names]
        self.told |= {event for event, _thing in changes}
        drawn = draw(self.topic, changes, list(VIEWS)) if changes else {}
        for view, page in self.pages.items():
            page.take({"html": drawn.get(view) or ()})
            differs = first_difference(page.regions(), regions_of(self.body(view)))
            assert not differs, (changes, view, differs)


@pytest.fixture
def busy(olena, bohdan) -> BusyMeeting:
    of = factories.body(members=5)
    meeting = factories.meeting(State.ANNOUNCED, of=of, items=6)
    residents = [olena, bohdan, *(people.user(f"resident{number}") for number in range(3))]
    members = factories.deputies(of)
    return BusyMeeting(meeting, by=factories.secretary(), residents=residents, members=members)


@pytest.mark.with_all
@pytest.mark.cpu(14)  # some 90 acts; after each two pages are drawn, in whole and in part
def test_frames_and_a_fresh_page_are_the_same_after_every_event(client, busy):
    watched = Watched(client, busy.meeting)
    for part in (busy.before, busy.seldom, lambda: [busy.act] * 12, busy.after):
        for act in part():
            watched.after(act)
    other = factories.meeting(State.ANNOUNCED)
    cancelled = Watched(client, other)
    cancelled.after(lambda: actions.cancel(other, by=busy.by, reason="Немає кворуму"))
    heard = factories.meeting(State.CLOSED, kind="hearing")
    decided = Watched(client, heard)
    decided.after(lambda: publish_outcome(heard, by=busy.by, text="Пандус – враховано"))
    told = watched.told | cancelled.told | decided.told
    assert EVERY - RARE - told <= NOT_WATCHED | ELSEWHERE


@pytest.mark.with_all
@pytest.mark.cpu(24)
def test_so_they_are_after_every_event_that_is_rare(client):
    seldom = rare.RareMeeting(factories.secretary())
    watched = Watched(client, seldom.meeting)
    for act in seldom.acts():
        watched.after(act)
    assert watched.told >= RARE
