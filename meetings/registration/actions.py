"""Registration to attend a meeting: registering, withdrawing, places in the hall, arrivals.

All of it happens under the meeting's lock, so that places are given one after the other; PostgreSQL
refuses a place beyond the capacity whatever the code does.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import require
from core.web.idempotency import created
from meetings.actions import begin
from meetings.models import Item, Meeting, Registration
from meetings.registration import rules
from meetings.registration.events import (
    ArrivalNoted,
    PlaceGiven,
    Registered,
    RegistrationClosingSet,
    RegistrationWithdrawn,
)

if TYPE_CHECKING:
    from accounts.models import User

_HALL, _REMOTE = Registration.Attendance.HALL, Registration.Attendance.REMOTE


def register(
    meeting: Meeting,
    *,
    by: User,
    attendance: str = _HALL,
    speaks_on: Item | None = None,
    stance: str = "",
    needs: str = "",
    consents: bool = False,
) -> Registration:
    """Register to attend, with a place in the hall while there is one, else on the waiting list.

    Refuses by rules.register. Emits Registered.
    """
    with action():
        meeting, now = begin(meeting)
        if speaks_on is not None:
            speaks_on = Item.objects.get(pk=speaks_on.pk)
        active = meeting.registrations.active()
        require(
            rules.register(
                by,
                meeting,
                now=now,
                is_registered=active.filter(user=by).exists(),
                is_remote=attendance == _REMOTE,
                speaks_on=speaks_on,
                needs=needs,
                consents=consents,
            )
        )
        needs = needs.strip()
        has_place = attendance == _HALL and _free_places(meeting) != 0
        made = Registration.objects.create(
            meeting=meeting,
            user=by,
            attendance=attendance,
            speaks_on=speaks_on,
            stance=stance if speaks_on else "",
            needs=needs,
            consented_at=now if needs else None,
            at=now,
            seated_at=now if has_place else None,
        )
        created(made)
        emit(Registered(meeting.pk, by.pk, made.pk))
        return made


def withdraw(registration: Registration, *, by: User) -> Registration:
    """Take a registration back; what was needed is forgotten at once, and who waits longest gets
    the place. Refuses by rules.withdraw. Emits RegistrationWithdrawn, PlaceGiven."""
    with action():
        meeting, now = begin(registration.meeting)
        registration = meeting.registrations.get(pk=registration.pk)
        require(rules.withdraw(by, meeting, registration))
        _end(registration, meeting, now, by.pk)
        give_places(meeting, now)
        return registration


def note_arrival(registration: Registration, *, by: User, is_here: bool = True) -> Registration:
    """Note that somebody came, or that they did not. Who waits for a place may be let in. Refuses
    by rules.note_arrival. Emits ArrivalNoted."""
    with action():
        meeting, now = begin(registration.meeting)
        registration = meeting.registrations.get(pk=registration.pk)
        require(rules.note_arrival(by, meeting, registration, now=now))
        if bool(registration.came_at) != is_here:
            registration.came_at = now if is_here else None
            registration.save(update_fields=["came_at"])
            emit(ArrivalNoted(meeting.pk, by.pk, registration.pk))
        return registration


def set_closing(meeting: Meeting, *, by: User, closes_at: datetime | None) -> Meeting:
    """Say when registration closes; None: when the meeting is opened. Refuses by
    rules.set_closing. Emits RegistrationClosingSet."""
    with action():
        meeting, now = begin(meeting)
        require(rules.set_closing(by, meeting, closes_at=closes_at, now=now))
        meeting.registration_closes_at = closes_at
        meeting.save(update_fields=["registration_closes_at"])
        emit(RegistrationClosingSet(meeting.pk, by.pk))
        return meeting


def give_places(meeting: Meeting, now: datetime) -> None:
    """Give free places to those who wait, in their order, until the meeting is opened; ``meeting``
    is under its lock. Emits PlaceGiven."""
    if meeting.opened_at or meeting.cancelled_at:
        return
    pks = list(
        meeting.registrations.waiting().values_list("pk", flat=True)[: _free_places(meeting)]
    )
    meeting.registrations.filter(pk__in=pks).update(seated_at=now)
    for pk in pks:
        emit(PlaceGiven(meeting.pk, None, pk))


def release(meeting: Meeting, user_id: int, now: datetime) -> None:
    """Take back what somebody who leaves the site has here; ``meeting`` is under its lock. Emits
    RegistrationWithdrawn, PlaceGiven."""
    for registration in meeting.registrations.active().filter(user=user_id):
        _end(registration, meeting, now, None)
    give_places(meeting, now)


def _end(registration: Registration, meeting: Meeting, now: datetime, by_id: int | None) -> None:
    registration.withdrawn_at, registration.needs = now, ""
    registration.save(update_fields=["withdrawn_at", "needs"])
    emit(RegistrationWithdrawn(meeting.pk, by_id, registration.pk))


def _free_places(meeting: Meeting) -> int | None:
    """Number of free places in the hall; None: everybody finds one."""
    if meeting.capacity is None:
        return None
    return max(meeting.capacity - meeting.registrations.seated().count(), 0)
