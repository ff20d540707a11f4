"""Mails to those who registered for a meeting: a place, the day before, that it is moved or
cancelled."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models.functions import TruncDate

from accounts.models import User
from core.domain import clock
from core.domain.calendar import KYIV, local_date
from core.domain.events import within
from meetings.events import MeetingCancelled
from meetings.models import Meeting, Registration
from meetings.registration.events import MeetingMoved, PlaceGiven, RegistrationWithdrawn
from notifications.mails.contents import Context, mail
from notifications.sending.fanout import tell
from notifications.sending.mail import defer


@within(PlaceGiven)
def place_given(event: PlaceGiven) -> None:
    """Tell who has waited that a place is kept for them."""
    registration = Registration.objects.get(pk=event.registration_id)
    defer(
        "meetings/place",
        user_id=registration.user_id,
        about=f"registration:{registration.pk}",
        registration_id=registration.pk,
    )


@within(RegistrationWithdrawn)
def registration_withdrawn(event: RegistrationWithdrawn) -> None:
    """Tell them, if who runs the meeting struck them off."""
    row = Registration.objects.filter(pk=event.registration_id).first()
    if row is None or event.by_id in (None, row.user_id):
        return
    defer(
        "meetings/struck_off",
        user_id=row.user_id,
        about=f"registration:{row.pk}",
        registration_id=row.pk,
    )


@within(MeetingCancelled)
def meeting_cancelled(event: MeetingCancelled) -> None:
    """Tell those who were going to come, and why."""
    about = f"meeting:{event.meeting_id}"
    tell("registered", "meetings/cancelled", about=about, meeting_id=event.meeting_id)


@within(MeetingMoved)
def meeting_moved(event: MeetingMoved) -> None:
    """Tell those who are going to come where and when it is now, each time."""
    about = f"meeting:{event.meeting_id}:{clock.now().timestamp():.3f}"
    tell("registered", "meetings/moved", about=about, meeting_id=event.meeting_id)


def remind_of_tomorrow(today: date) -> int:
    """Tell those who registered of the meetings that begin tomorrow; each once for a day. Returns
    of how many meetings."""
    tomorrow = today + timedelta(days=1)
    coming = Meeting.objects.coming().annotate(on=TruncDate("begins_at", tzinfo=KYIV))
    ids = list(coming.filter(on=tomorrow, opened_at=None).values_list("pk", flat=True))
    for pk in ids:
        about = f"meeting:{pk}:{tomorrow.isoformat()}"
        tell("registered", "meetings/tomorrow", about=about, meeting_id=pk)
    return len(ids)


@mail("meetings/place")
def _place(user: User, *, registration_id: int) -> Context:
    """Nothing to who has withdrawn meanwhile, nor when it is too late to come."""
    row = Registration.objects.seated().select_related("meeting").filter(pk=registration_id).first()
    if row is None or row.user_id != user.pk or row.meeting.cancelled_at or row.meeting.opened_at:
        return None
    return {"meeting": row.meeting}


@mail("meetings/struck_off")
def _struck_off(user: User, *, registration_id: int) -> Context:
    """Nothing to who has registered anew meanwhile."""
    row = Registration.objects.filter(pk=registration_id, user=user, withdrawn_at__isnull=False)
    found = row.select_related("meeting").first()
    if found is None or found.meeting.registrations.active().filter(user=user).exists():
        return None
    return {"meeting": found.meeting}


@mail("meetings/cancelled")
def _cancelled(user: User, *, meeting_id: int) -> Context:
    meeting = Meeting.objects.filter(pk=meeting_id, cancelled_at__isnull=False).first()
    return None if meeting is None else {"meeting": meeting}


@mail("meetings/moved")
def _moved(user: User, *, meeting_id: int) -> Context:
    meeting = Meeting.objects.coming().filter(pk=meeting_id, opened_at=None).first()
    return None if meeting is None else {"meeting": meeting}


@mail("meetings/tomorrow")
def _tomorrow(user: User, *, meeting_id: int) -> Context:
    """Nothing of a meeting that was cancelled or moved to another day meanwhile."""
    rows = Registration.objects.active().filter(meeting=meeting_id, user=user)
    row = rows.select_related("meeting", "speaks_on").first()
    if row is None or row.meeting.cancelled_at or row.meeting.opened_at:
        return None
    if row.meeting.day != local_date(clock.now()) + timedelta(days=1):
        return None
    return {"meeting": row.meeting, "registration": row}
