"""Queries of the pages of registration: a fixed number at any size."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localtime

from accounts.models import User
from core.db.paging import Page, page_of
from meetings.models import Meeting, Registration
from meetings.presenters import ShownMeeting
from meetings.registration import rules
from meetings.registration.presenters import OwnRegistration, ShownAttendee, ShownRegistration

#: Names on a page of the desk's list.
LIST_SIZE = 100
ORDER = ("name_key", "pk")
#: The columns of the list as CSV, the same in every language.
HEAD = ("name", "attendance", "place", "speaks_on_item", "stance", "registered_at", "came_at")


def registration_of(meeting: Meeting, now: datetime) -> ShownRegistration | None:
    """State of registration; None unless the meeting is ahead. One query where places count."""
    verdict = rules.is_open(meeting, now=now)
    if not meeting.published_at or meeting.cancelled_at or meeting.opened_at:
        return None
    left = None
    if meeting.capacity is not None:
        left = max(meeting.capacity - meeting.registrations.seated().count(), 0)
    why_not = "" if verdict else str(verdict.message)
    return ShownRegistration(meeting.pk, why_not, meeting.registration_closes_at, left)


def own_registration(meeting_id: int, user: User) -> OwnRegistration | None:
    """Their own registration: one query, and one more for those who wait."""
    active = Registration.objects.active().filter(meeting=meeting_id, user=user)
    row = active.select_related("speaks_on").first()
    if row is None:
        return None
    return OwnRegistration(row, _place_in_line(row) if row.waits else 0)


def _place_in_line(row: Registration) -> int:
    before = Q(at__lt=row.at) | Q(at=row.at, pk__lte=row.pk)
    return Registration.objects.waiting().filter(before, meeting=row.meeting_id).count()


def attendees_of(meeting: Meeting) -> QuerySet[Registration]:
    """Those who registered and did not withdraw, with their names and items, in alphabetical
    order."""
    rows = Registration.objects.active().filter(meeting=meeting).defer("needs")
    return rows.select_related("user", "speaks_on").order_by(*ORDER)


def page_of_attendees(meeting: Meeting, after: str | None) -> Page[ShownAttendee]:
    """A page of the desk's list: one query."""
    rows = page_of(attendees_of(meeting), order=ORDER, after=after, size=LIST_SIZE)
    return Page([ShownAttendee(row) for row in rows], rows.next_cursor, rows.previous_cursor)


def counts_of(meeting: Meeting) -> dict[str, int]:
    """Numbers of registrations, by way and need: one query."""
    row = Registration
    active = Registration.objects.active().filter(meeting=meeting)
    return active.aggregate(
        seated=Count("pk", filter=Q(seated_at__isnull=False)),
        waiting=Count("pk", filter=Q(attendance=row.Attendance.HALL, seated_at=None)),
        remote=Count("pk", filter=Q(attendance=row.Attendance.REMOTE)),
        speaking=Count("pk", filter=Q(speaks_on__isnull=False)),
        came=Count("pk", filter=Q(came_at__isnull=False)),
        needing=Count("pk", filter=~Q(needs="")),
    )


def with_needs(meeting: Meeting) -> QuerySet[Registration]:
    """Those who said what they need, in alphabetical order."""
    rows = Registration.objects.active().filter(meeting=meeting).exclude(needs="")
    return rows.select_related("user").order_by(*ORDER)


def rows_of_csv(meeting: Meeting) -> Iterator[list[Any]]:
    """The list as rows of HEAD, read piece by piece; without what anybody needs."""
    for row in attendees_of(meeting).iterator(500):
        yield [
            ShownAttendee(row).name,
            row.attendance,
            "waiting" if row.waits else ("kept" if row.seated_at else ""),
            row.speaks_on.order if row.speaks_on else None,
            row.stance,
            _moment(row.at),
            _moment(row.came_at),
        ]


def _moment(at: datetime | None) -> str:
    return localtime(at).isoformat(timespec="seconds") if at else ""


def registration_context(shown: ShownMeeting) -> dict[str, Any]:
    """Whether people register, and how many places are left: one query where they are counted."""
    return shown.context(registration=registration_of(shown.meeting, shown.now))
