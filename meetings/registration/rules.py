"""Rules of registration to attend a meeting. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import act, sign_with_name
from core.domain.calendar import local_date
from core.domain.rules import Verdict, refuse_unless
from meetings.models import Item, Registration
from meetings.rules import run

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Meeting


def is_open(meeting: Meeting, *, now: datetime) -> Verdict:
    """From the notice until the meeting is opened, or until the moment that was set."""
    return (
        refuse_unless(
            meeting.published_at, "meeting.not_published", _("This meeting is not announced.")
        )
        and refuse_unless(
            meeting.cancelled_at is None, "meeting.cancelled", _("The meeting was cancelled.")
        )
        and refuse_unless(
            meeting.opened_at is None,
            "registration.opened",
            _("The meeting has been opened: nobody registers any more."),
        )
        and refuse_unless(
            meeting.registration_closes_at is None or now < meeting.registration_closes_at,
            "registration.closed",
            _("Registration is closed."),
        )
    )


def begin(user: Anybody, meeting: Meeting, *, now: datetime, is_registered: bool) -> Verdict:
    """Register at all: once, while it is open."""
    return (
        act(user)
        and is_open(meeting, now=now)
        and refuse_unless(
            not is_registered, "registration.once", _("You are registered for it already.")
        )
    )


def register(
    user: Anybody,
    meeting: Meeting,
    *,
    now: datetime,
    is_registered: bool,
    is_remote: bool,
    speaks_on: Item | None,
    needs: str,
    consents: bool,
) -> Verdict:
    """Register to attend, and to speak on one item that is still to be considered."""
    return (
        begin(user, meeting, now=now, is_registered=is_registered)
        and sign_with_name(user)
        and refuse_unless(
            meeting.stream_url or not is_remote,
            "registration.no_stream",
            _("The meeting has no live stream: it can be attended only in the hall."),
        )
        and refuse_unless(
            speaks_on is None
            or (speaks_on.meeting_id == meeting.pk and speaks_on.state == Item.State.PLANNED),
            "registration.another_item",
            _("This item is not on the agenda any more."),
        )
        and refuse_unless(
            consents or not needs.strip(),
            "registration.consent_missing",
            _("Please agree that your needs are read, or leave that field empty."),
        )
    )


def withdraw(user: Anybody, meeting: Meeting, registration: Registration) -> Verdict:
    """Take one's own registration back; who runs the meeting, anybody's. Until its end."""
    may = act(user) if registration.user_id == user.pk else run(user, meeting)
    return may and _not_over(meeting) and _active(registration)


def note_arrival(
    user: Anybody, meeting: Meeting, registration: Registration, *, now: datetime
) -> Verdict:
    """Note at the door that somebody came, or take that back: on the day of the meeting."""
    return (
        run(user, meeting)
        and refuse_unless(
            meeting.cancelled_at is None, "meeting.cancelled", _("The meeting was cancelled.")
        )
        and _not_over(meeting)
        and _active(registration)
        and refuse_unless(
            registration.attendance == Registration.Attendance.HALL,
            "registration.remote",
            _("They attend remotely."),
        )
        and refuse_unless(
            local_date(now) == meeting.day,
            "registration.another_day",
            _("Arrivals are noted on the day of the meeting."),
        )
    )


def set_closing(
    user: Anybody, meeting: Meeting, *, closes_at: datetime | None, now: datetime
) -> Verdict:
    """Say when registration closes: ahead of time, before the meeting begins."""
    return (
        run(user, meeting)
        and refuse_unless(
            meeting.cancelled_at is None, "meeting.cancelled", _("The meeting was cancelled.")
        )
        and refuse_unless(
            meeting.opened_at is None,
            "meeting.opened",
            _("The meeting has been opened already."),
        )
        and refuse_unless(
            closes_at is None or now < closes_at <= meeting.begins_at,
            "registration.closing_out_of_reach",
            _("Registration closes between now and the beginning of the meeting."),
        )
    )


def _active(registration: Registration) -> Verdict:
    return refuse_unless(
        registration.withdrawn_at is None,
        "registration.withdrawn",
        _("This registration was withdrawn."),
    )


def _not_over(meeting: Meeting) -> Verdict:
    return refuse_unless(meeting.closed_at is None, "meeting.closed", _("The meeting is over."))
