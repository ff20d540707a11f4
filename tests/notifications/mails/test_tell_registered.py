"""Those who registered for a meeting are told of a place, the day before, and that it is off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail

from core.domain.calendar import kyiv
from meetings.models import Meeting, Registration, State
from meetings.planning import actions as planning_actions
from meetings.registration import actions
from notifications.mails.registrations import remind_of_tomorrow
from tests.meetings import factories

pytestmark = pytest.mark.django_db

TODAY = date(2027, 4, 14)


def announced(**fields: Any) -> Meeting:
    return factories.meeting(State.ANNOUNCED, kind="hearing", **fields)


def test_who_waits_is_told_of_a_place(olena, bohdan, charlie, do):
    meeting = announced(capacity=1)
    place = actions.register(meeting, by=olena)
    actions.register(meeting, by=bohdan)
    third = actions.register(meeting, by=charlie)
    actions.withdraw(place, by=olena)
    assert do() == 1
    (message,) = mail.outbox
    assert message.to == [bohdan.email]
    assert meeting.title in message.body
    assert f"/meetings/{meeting.pk}/register/" in message.body
    # Who has withdrawn by the time of sending is told nothing.
    actions.withdraw(Registration.objects.active().get(user=bohdan), by=bohdan)
    third.refresh_from_db()
    actions.withdraw(third, by=charlie)
    do()
    assert len(mail.outbox) == 1


def test_who_is_struck_off_is_told_and_who_withdraws_knows(olena, bohdan, do):
    meeting = announced()
    actions.withdraw(actions.register(meeting, by=olena), by=olena)
    actions.withdraw(actions.register(meeting, by=bohdan), by=factories.secretary())
    do()
    assert [letter.to for letter in mail.outbox] == [[bohdan.email]]


def test_who_was_struck_off_and_has_registered_anew_is_told_nothing(bohdan, do):
    meeting = announced()
    actions.withdraw(actions.register(meeting, by=bohdan), by=factories.secretary())
    actions.register(meeting, by=bohdan)
    do()
    assert mail.outbox == []


def test_the_day_before_those_who_registered_are_reminded_once(olena, bohdan, charlie, clock, do):
    clock.stop(kyiv(TODAY) + timedelta(hours=9))
    begins_at = kyiv(TODAY + timedelta(days=1)) + timedelta(hours=10)
    meeting = announced(begins_at=begins_at, capacity=1)
    announced(begins_at=begins_at + timedelta(days=1))
    actions.register(meeting, by=olena, speaks_on=meeting.items.get(order=2))
    actions.register(meeting, by=bohdan)
    actions.withdraw(actions.register(meeting, by=charlie), by=charlie)
    for _time in range(2):
        assert remind_of_tomorrow(TODAY) == 1
        do()
    letters = {letter.to[0]: letter.body for letter in mail.outbox}
    assert len(mail.outbox) == len(letters) == 2
    assert "Питання 2" in letters[olena.email]
    assert "Питання 2" not in letters[bohdan.email]


def test_they_are_told_that_it_is_cancelled(olena, do):
    meeting = announced()
    actions.register(meeting, by=olena)
    planning_actions.cancel(meeting, by=factories.secretary(), reason="Немає світла в залі")
    do()
    (message,) = mail.outbox
    assert message.to == [olena.email]
    assert "Немає світла в залі" in message.body


def test_they_are_told_each_time_that_it_is_moved(olena, do):
    meeting = announced()
    actions.register(meeting, by=olena)
    by = factories.secretary()
    said = {"begins_at": meeting.begins_at, "place": meeting.place}
    planning_actions.edit(meeting, by=by, notice=factories.notice(**said, title="Інша назва"))
    do()
    assert mail.outbox == []
    for place in ("Бібліотека", meeting.place):
        planning_actions.edit(meeting, by=by, notice=factories.notice(**{**said, "place": place}))
        do()
    assert len(mail.outbox) == 2
    assert "Бібліотека" in mail.outbox[0].body
