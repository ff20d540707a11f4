"""Public pages of deputies: attendance and votes, in a fixed number of queries."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.domain import clock
from core.domain.calendar import local_date
from meetings.course import actions as course_actions
from meetings.deputies import actions as deputies_actions
from meetings.deputies import queries
from meetings.models import Body, Deputy, Meeting, Seat, State
from meetings.presence import actions as presence_actions
from meetings.rollcalls import actions as rollcalls_actions
from tests.meetings import factories
from tests.meetings.factories import refused

pytestmark = pytest.mark.django_db


def hold(of: Body, here: int, *, votes: int = 1) -> Meeting:
    """A meeting that is over, with so many present and so many published roll-calls."""
    by = factories.secretary()
    meeting = factories.meeting(State.RUNNING, of=of)
    deputies = factories.deputies(of)
    for deputy in deputies[:here]:
        presence_actions.come(meeting, deputy, by=by)
    item = factories.on_item(meeting)
    for _number in range(votes):
        roll_call = factories.roll_call(meeting)
        for deputy in deputies[: here - 1]:
            rollcalls_actions.enter_vote(roll_call, deputy, by=by, choice="for")
        rollcalls_actions.publish_roll_call(
            rollcalls_actions.close_roll_call(roll_call, by=by), by=by
        )
    return course_actions.close_meeting(meeting, by=by, seen_item=item.pk)


def test_attendance_is_of_the_meetings_of_ones_bodies():
    of = factories.body(members=4)
    committee = factories.body("committee", members=1)
    hold(of, here=3)
    hold(of, here=2)
    factories.meeting(State.RUNNING, of=of)  # not over yet
    first, second, third, last = factories.deputies(of)
    # Who came back within a meeting was at one; who has a seat since tomorrow, at none.
    late = Deputy.objects.create(name="Пізній Ігор Ігорович", since=factories.LONG_AGO)
    tomorrow = local_date(clock.now()) + timedelta(days=1)
    Seat.objects.create(body=of, deputy=late, since=tomorrow)
    former = Deputy.objects.create(name="Колишня Ганна Іванівна", since=factories.LONG_AGO)
    yesterday = tomorrow - timedelta(days=2)
    Seat.objects.create(body=of, deputy=former, since=factories.LONG_AGO, until=yesterday)
    ids = [deputy.pk for deputy in (first, second, third, last, late, former)]
    found = queries.attendances_of([*ids, *[d.pk for d in factories.deputies(committee)]])
    shown = [(found[pk].attended, found[pk].held, found[pk].percent) for pk in ids]
    assert shown == [(2, 2, 100), (2, 2, 100), (1, 2, 50), (0, 2, 0), (0, 0, None), (0, 0, None)]


def test_the_list_and_a_deputys_page(client: Client):
    of = factories.body(members=4)
    hold(of, here=3)
    deputy = factories.deputies(of)[0]
    page = client.get("/deputies/").text
    for each in factories.deputies(of):
        assert each.name in page
    assert "Рідне місто" in page
    page = client.get(f"/deputies/{deputy.pk}/").text
    assert deputy.name in page
    assert "Питання 1" in page
    assert "за" in page
    assert client.get("/deputies/999999/").status_code == 404


def test_only_published_votes_are_shown(client: Client):
    of = factories.body(members=3)
    meeting = factories.meeting(State.RUNNING, of=of)
    factories.everybody_is_here(meeting)
    factories.on_item(meeting)
    deputy = factories.deputies(of)[0]
    roll_call = factories.roll_call(meeting, question="Таємниця до оприлюднення")
    by = factories.secretary()
    rollcalls_actions.enter_vote(roll_call, deputy, by=by, choice="against")
    rollcalls_actions.close_roll_call(roll_call, by=by)
    assert queries.votes_of(deputy).all == 0
    assert "Таємниця" not in client.get(f"/deputies/{deputy.pk}/").text
    rollcalls_actions.publish_roll_call(roll_call, by=by)
    counted = queries.votes_of(deputy)
    assert (counted.against, counted.all) == (1, 1)
    assert "Таємниця" in client.get(f"/deputies/{deputy.pk}/").text


@pytest.mark.parametrize(("path", "most"), [("/deputies/", 6), ("/deputies/{}/", 9)])
def test_queries_do_not_grow(client: Client, path: str, most: int):
    of = factories.body(members=3)
    path = path.format(factories.deputies(of)[0].pk)
    hold(of, here=3)
    client.get(path)
    asked = []
    for _number in range(2):
        hold(of, here=3, votes=4)
        with CaptureQueriesContext(connection) as caught:
            client.get(path)
        asked.append(len(caught))
    assert asked[0] == asked[1] <= most


def test_votes_are_paged(client: Client, monkeypatch):
    monkeypatch.setattr(queries, "SIZE", 2)
    of = factories.body(members=2)
    hold(of, here=2, votes=3)
    deputy = factories.deputies(of)[0]
    page = client.get(f"/deputies/{deputy.pk}/").text
    assert page.count("deputies__item") == 2
    after = queries.page_of_votes(deputy, "").next_cursor
    page = client.get(f"/deputies/{deputy.pk}/", {"after": after}).text
    assert page.count("deputies__item") == 1


def test_administrators_keep_the_lists(admin, olena):
    since = date(2025, 11, 20)
    of = deputies_actions.add_body(by=admin, name="Рада", kind="council", membership=1)
    with refused("council.body_is_there"):
        deputies_actions.add_body(by=admin, name="Друга рада", kind="council", membership=5)
    faction = deputies_actions.add_faction(by=admin, name="Свої")
    one, two, head = (
        deputies_actions.add_deputy(by=admin, name=name, since=since, faction=faction)
        for name in ("Перший", "Другий", "Міський голова")
    )
    given = deputies_actions.seat(one, of, by=admin, since=since)
    with refused("council.has_a_seat"):
        deputies_actions.seat(one, of, by=admin, since=since)
    with refused("council.no_seat_left"):
        deputies_actions.seat(two, of, by=admin, since=since)
    deputies_actions.seat(head, of, by=admin, since=since, is_head=True)
    deputies_actions.end_seat(given, by=admin, until=date(2026, 1, 31))
    deputies_actions.seat(two, of, by=admin, since=date(2026, 2, 1))
    for person in (olena, factories.secretary()):
        with refused("meeting.administrators_only"):
            deputies_actions.add_faction(by=person, name="Чужі")
