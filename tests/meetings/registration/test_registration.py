"""Registering to attend a meeting: places, the waiting list, speakers, needs, arrivals."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.data.actions import erase
from accounts.data.retention import sweep_all
from accounts.identity.handlers import merge
from accounts.models import DataAccess, User
from core.domain import clock as database_clock
from core.domain.actions import action, locked
from core.domain.calendar import kyiv
from core.domain.retention import period_of
from meetings.course import actions as course_actions
from meetings.models import Meeting, Registration, Speaker, State
from meetings.planning import actions as planning_actions
from meetings.queries import waiting_speakers_of
from meetings.registration import actions, queries
from meetings.speakers import actions as speakers_actions
from tests import factories as people
from tests.attack.test_deadlocks import meanwhile
from tests.meetings import factories
from tests.meetings.factories import refused

pytestmark = pytest.mark.django_db


def announced(**fields: Any) -> Meeting:
    return factories.meeting(State.ANNOUNCED, kind="hearing", **fields)


def somebody(number: int) -> User:
    return people.user(f"guest{number}")


# --- places ---------------------------------------------------------------------------------------


def test_places_are_given_in_order_and_the_rest_waits(olena, bohdan, charlie):
    meeting = announced(capacity=1, stream_url="https://video.example/live")
    first = actions.register(meeting, by=olena)
    second = actions.register(meeting, by=bohdan)
    remote = actions.register(meeting, by=charlie, attendance="remote")
    assert first.seated_at is not None
    assert second.waits
    assert (remote.seated_at, remote.waits) == (None, False)
    own = queries.own_registration(meeting.pk, bohdan)
    assert own is not None
    assert own.place_in_line == 1
    counts = queries.counts_of(meeting)
    assert [counts[name] for name in ("seated", "waiting", "remote")] == [1, 1, 1]


def test_who_waits_longest_gets_the_place_of_who_withdraws(olena, bohdan, charlie):
    meeting = announced(capacity=1)
    first = actions.register(meeting, by=olena, needs="Пандус", consents=True)
    second = actions.register(meeting, by=bohdan)
    third = actions.register(meeting, by=charlie)
    actions.withdraw(first, by=olena)
    for row in (first, second, third):
        row.refresh_from_db()
    assert (first.needs, second.waits, third.waits) == ("", False, True)
    # They may register anew, at the end.
    assert actions.register(meeting, by=olena).waits


def test_more_places_go_to_those_who_wait(olena, bohdan, charlie):
    meeting = announced(capacity=1)
    rows = [actions.register(meeting, by=who) for who in (olena, bohdan, charlie)]
    notice = factories.notice(begins_at=meeting.begins_at, capacity=2)
    planning_actions.edit(meeting, by=factories.secretary(), notice=notice)
    assert [Registration.objects.get(pk=row.pk).waits for row in rows] == [False, False, True]
    # Fewer places take nobody's away.
    notice = factories.notice(begins_at=meeting.begins_at, capacity=1)
    planning_actions.edit(meeting, by=factories.secretary(), notice=notice)
    assert Registration.objects.seated().count() == 2
    actions.withdraw(rows[0], by=olena)
    assert Registration.objects.get(pk=rows[2].pk).waits


def test_postgresql_gives_no_place_beyond_the_capacity(olena, bohdan):
    meeting = announced(capacity=1)
    actions.register(meeting, by=olena)
    waits = actions.register(meeting, by=bohdan)
    with (
        pytest.raises(IntegrityError, match="registration_within_capacity"),
        transaction.atomic(),
    ):
        Registration.objects.filter(pk=waits.pk).update(seated_at=waits.at)
    with (
        pytest.raises(IntegrityError, match="registration_within_capacity"),
        transaction.atomic(),
    ):
        Registration.objects.create(
            meeting=meeting, user=somebody(1), attendance="hall", seated_at=waits.at
        )


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_last_place_at_once_one_waits():
    meeting = announced(capacity=1)
    one, other = somebody(1), somebody(2)
    with meanwhile(lambda: actions.register(meeting, by=other)) as begin, action():
        locked(meeting)
        begin()
        actions.register(meeting, by=one)
    rows = Registration.objects.order_by("pk")
    assert [(row.user_id, row.waits) for row in rows] == [(one.pk, False), (other.pk, True)]


@pytest.mark.django_db(transaction=True)
def test_of_two_rows_written_at_once_postgresql_refuses_one():
    """Beside the actions: each takes a place by itself, on a connection of its own."""
    meeting = announced(capacity=1)
    one, other = somebody(1), somebody(2)
    said: list[str] = []

    def take(user: User) -> None:
        now = database_clock.now()
        Registration.objects.create(meeting=meeting, user=user, attendance="hall", seated_at=now)

    def take_too() -> None:
        try:
            take(other)
        except IntegrityError as refused_by:
            said.append(str(refused_by))

    with meanwhile(take_too) as begin, transaction.atomic():
        take(one)
        begin()
    assert ["registration_within_capacity" in each for each in said] == [True]
    assert Registration.objects.get().user == one


# --- who may, and until when ----------------------------------------------------------------------


def test_until_the_opening_or_until_the_moment_that_was_set(olena, bohdan, charlie, clock):
    now = kyiv(date(2027, 4, 14)) + timedelta(hours=9)
    clock.stop(now)
    meeting = announced(begins_at=now + timedelta(minutes=50))
    by = factories.secretary()
    with refused("registration.closing_out_of_reach"):
        actions.set_closing(meeting, by=by, closes_at=meeting.begins_at + timedelta(hours=1))
    with refused("meeting.runners_only"):
        actions.set_closing(meeting, by=olena, closes_at=None)
    actions.register(meeting, by=olena)
    with refused("registration.once"):
        actions.register(meeting, by=olena)
    closes_at = now + timedelta(minutes=10)
    meeting = actions.set_closing(meeting, by=by, closes_at=closes_at)
    clock.stop(closes_at)
    with refused("registration.closed"):
        actions.register(meeting, by=bohdan)
    meeting = actions.set_closing(meeting, by=by, closes_at=None)
    actions.register(meeting, by=bohdan)
    course_actions.open_meeting(meeting, by=by)
    with refused("registration.opened"):
        actions.register(meeting, by=charlie)


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (State.DRAFT, "meeting.not_published"),
        (State.CANCELLED, "meeting.cancelled"),
        (State.CLOSED, "registration.opened"),
    ],
)
def test_only_for_what_is_announced(state, code, olena):
    meeting = factories.meeting(state, kind="hearing")
    with refused(code):
        actions.register(meeting, by=olena)


def test_what_is_asked_for_must_be_there(olena):
    meeting, other = announced(), announced()
    with refused("registration.no_stream"):
        actions.register(meeting, by=olena, attendance="remote")
    with refused("registration.another_item"):
        actions.register(meeting, by=olena, speaks_on=other.items.first())
    with refused("registration.consent_missing"):
        actions.register(meeting, by=olena, needs="Жестова мова")


def test_only_its_owner_and_who_runs_the_meeting_withdraw_it(olena, bohdan):
    row = actions.register(announced(), by=olena)
    with refused("meeting.runners_only"):
        actions.withdraw(row, by=bohdan)
    actions.withdraw(row, by=factories.secretary())
    with refused("registration.withdrawn"):
        actions.withdraw(row, by=olena)


# --- speaking -------------------------------------------------------------------------------------


def test_who_registered_to_speak_waits_for_the_floor_when_the_item_opens(olena, bohdan, charlie):
    meeting = announced(capacity=3)
    item = meeting.items.get(order=2)
    for who, stance in ((olena, "for"), (bohdan, "for"), (charlie, "against")):
        actions.register(meeting, by=who, speaks_on=item, stance=stance)
    late = actions.register(meeting, by=somebody(1), speaks_on=item)
    assert late.waits
    course_actions.open_meeting(meeting, by=factories.secretary())
    factories.on_item(meeting)
    assert not Speaker.objects.exists()
    item = factories.on_item(meeting, 2)
    # For and against alternate; who has no place has not come.
    assert [one.user for one in waiting_speakers_of(item)] == [olena, charlie, bohdan]
    hand = speakers_actions.ask_to_speak(item, by=somebody(2))
    assert waiting_speakers_of(item)[-1] == hand
    # Taken up once more, the item has the list that it had.
    speakers_actions.withdraw(Speaker.objects.get(user=olena), by=olena)
    factories.on_item(meeting, 3)
    item = factories.on_item(meeting, 2)
    assert [one.user for one in waiting_speakers_of(item)] == [bohdan, charlie, hand.user]


def test_a_deputy_speaks_as_a_deputy(olena):
    meeting = factories.meeting(State.ANNOUNCED)
    assert meeting.body is not None
    deputy = factories.deputies(meeting.body)[0]
    deputy.user = olena
    deputy.save()
    actions.register(meeting, by=olena, speaks_on=meeting.items.get(order=1))
    course_actions.open_meeting(meeting, by=factories.secretary())
    factories.on_item(meeting)
    assert Speaker.objects.get().deputy == deputy


# --- people's data --------------------------------------------------------------------------------


def test_needs_and_registrations_go_after_their_terms(olena, clock):
    meeting = announced()
    row = actions.register(meeting, by=olena, needs="Пандус", consents=True)
    planning_actions.cancel(meeting, by=factories.secretary(), reason="Немає світла")
    sweep_all()
    row.refresh_from_db()
    assert row.needs == "Пандус"
    now = database_clock.now()
    clock.set(now + period_of("accessibility_needs") + timedelta(hours=1))
    sweep_all()
    row.refresh_from_db()
    assert row.needs == ""
    clock.set(now + period_of("registrations") + timedelta(hours=1))
    sweep_all()
    assert not Registration.objects.exists()


def test_an_erasure_gives_the_place_to_who_waits(olena, bohdan):
    meeting = announced(capacity=1)
    actions.register(meeting, by=olena, needs="Пандус", consents=True)
    waits = actions.register(meeting, by=bohdan)
    erase(olena, by=olena)
    assert list(Registration.objects.all()) == [waits]
    assert Registration.objects.get().seated_at


def test_two_accounts_of_one_person_keep_the_better_place(olena, bohdan, charlie):
    meeting = announced(capacity=1)
    place = actions.register(meeting, by=bohdan)
    actions.register(meeting, by=olena)
    waits = actions.register(meeting, by=charlie)
    merge(olena, bohdan)
    active = Registration.objects.active().order_by("pk")
    assert [(row.pk, row.user, row.waits) for row in active] == [
        (place.pk, olena, False),
        (waits.pk, charlie, True),
    ]


# --- pages ----------------------------------------------------------------------------------------


def test_the_way_of_a_resident(client, olena):
    meeting = announced(capacity=2)
    page = f"/meetings/{meeting.pk}/"
    assert "2 місця" in client.get(page).content.decode()
    client.force_login(olena)
    item = meeting.items.get(order=1)
    sent = {"speaks_on": item.pk, "stance": "for", "needs": "Жестова мова"}
    answer = client.post(f"{page}register/", sent)
    assert answer.status_code == 422
    assert "Жестова мова" in answer.content.decode()
    answer = client.post(f"{page}register/", {**sent, "consents": "on"}, follow=True)
    assert "Жестова мова" in answer.content.decode()
    answer = client.get(page)
    assert "місце" in answer.content.decode()
    assert "Жестова мова" not in answer.content.decode()
    answer = client.post(f"{page}register/withdraw/", follow=True)
    assert answer.status_code == 200
    assert not Registration.objects.active().exists()


def test_the_desk_reads_who_comes_and_the_person_reads_who_looked(client, olena, bohdan):
    meeting = announced(capacity=5)
    actions.register(meeting, by=olena, needs="Жестова мова", consents=True)
    actions.register(meeting, by=bohdan, speaks_on=meeting.items.get(order=1), stance="against")
    desk = f"/desk/meetings/{meeting.pk}/registrations/"
    client.force_login(olena)
    assert client.get(desk).status_code == 404
    client.force_login(factories.secretary())
    listed = client.get(desk).content.decode()
    assert olena.family_name in listed
    assert "Жестова мова" not in listed
    lines = client.get(f"{desk}list.csv").getvalue().decode().splitlines()
    names = sorted(f"{who.family_name} {who.given_name}" for who in (olena, bohdan))
    assert [line.split(",")[0] for line in lines[1:]] == names
    assert "Жестова мова" not in "".join(lines)
    assert "Жестова мова" in client.get(f"{desk}needs/").content.decode()
    whys = DataAccess.objects.order_by("why").values_list("user", "why")
    assert set(whys) == {
        (olena.pk, "meeting.registrations"),
        (bohdan.pk, "meeting.registrations"),
        (olena.pk, "meeting.needs"),
    }


def test_arrivals_are_noted_on_the_day(client, olena, clock):
    clock.stop(kyiv(date(2027, 4, 14)) + timedelta(hours=9))
    meeting = announced(begins_at=database_clock.now() + timedelta(days=1))
    row = actions.register(meeting, by=olena)
    by = factories.secretary()
    with refused("registration.another_day"):
        actions.note_arrival(row, by=by)
    clock.stop(meeting.begins_at)
    client.force_login(by)
    desk = f"/desk/meetings/{meeting.pk}/registrations/"
    client.post(f"{desk}{row.pk}/came/")
    row.refresh_from_db()
    assert row.came_at == meeting.begins_at
    client.post(f"{desk}{row.pk}/not-here/")
    row.refresh_from_db()
    assert row.came_at is None
