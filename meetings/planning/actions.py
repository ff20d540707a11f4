"""Planning a meeting: its notice, until it is opened or cancelled."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from accounts.notes.actions import delete_notes
from city.models import Department, District, Street, Theme
from core.domain import clock
from core.domain.actions import action
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from meetings.actions import begin
from meetings.documents.actions import drop_files
from meetings.events import (
    MeetingCancelled,
    MeetingChanged,
    MeetingDiscarded,
    MeetingPlanned,
    MeetingPublished,
)
from meetings.models import Body, Meeting
from meetings.planning import rules
from meetings.querysets import KIND
from meetings.registration.events import MeetingMoved

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The notice of a meeting; its fields are fields of Meeting. ``district``: the part of the city
    it is about; None: all of it.
    """

    title: str
    place: str
    begins_at: datetime
    ends_at: datetime
    stream_url: str = ""
    accessibility: str = ""
    capacity: int | None = None
    district: District | None = None
    themes: tuple[Theme, ...] = ()
    streets: tuple[Street, ...] = ()

    @property
    def columns(self) -> dict[str, Any]:
        """Columns of the meeting's own row."""
        names = (field.name for field in fields(self))
        return {name: getattr(self, name) for name in names if name not in ("themes", "streets")}


def plan(
    *, by: User, department: Department, kind: str, body: Body | None, notice: Notice
) -> Meeting:
    """Begin to prepare a meeting; nobody else reads it yet. Refuses by rules.plan. Emits
    MeetingPlanned."""
    with action():
        now = clock.now()
        require(
            rules.plan(
                by,
                department_id=department.pk,
                kind=kind,
                body_kind=body.kind if body else "",
                begins_at=notice.begins_at,
                ends_at=notice.ends_at,
                now=now,
            )
        )
        meeting = Meeting.objects.create(
            kind=kind, body=body, department=department, **notice.columns
        )
        _set_about(meeting, notice)
        created(meeting)
        emit(MeetingPlanned(meeting.pk, by.pk))
        return meeting


def edit(meeting: Meeting, *, by: User, notice: Notice) -> Meeting:
    """Change its notice, until it is opened. Refuses by rules.edit. Emits MeetingChanged, and
    MeetingMoved where people would come at another time or to another place."""
    with action():
        meeting, now = begin(meeting)
        require(
            rules.edit(by, meeting, begins_at=notice.begins_at, ends_at=notice.ends_at, now=now)
        )
        values = notice.columns
        moves = (meeting.begins_at, meeting.place) != (notice.begins_at, notice.place)
        for column, value in values.items():
            setattr(meeting, column, value)
        meeting.save(update_fields=list(values))
        _set_about(meeting, notice)
        emit(MeetingChanged(meeting.pk, by.pk))
        if moves and meeting.published_at:
            emit(MeetingMoved(meeting.pk, by.pk))
        return meeting


def _set_about(meeting: Meeting, notice: Notice) -> None:
    meeting.themes.set(notice.themes)
    meeting.streets.set(notice.streets)


def discard(meeting: Meeting, *, by: User) -> None:
    """Throw away what nobody was told of, with its agenda. Refuses by rules.discard. Emits
    MeetingDiscarded."""
    with action():
        meeting, _now = begin(meeting)
        require(rules.discard(by, meeting))
        pk = meeting.pk
        drop_files(meeting.documents.all())
        delete_notes(KIND, [pk])
        meeting.delete()
        emit(MeetingDiscarded(pk, by.pk))


def publish(meeting: Meeting, *, by: User, short_notice_reason: str = "") -> Meeting:
    """Publish its notice: everybody reads it with its agenda from now on.

    Refuses by rules.publish: at shorter notice than the law asks for only with a reason
    (280/97-ВР art. 46). Emits MeetingPublished.
    """
    with action():
        meeting, now = begin(meeting)
        require(
            rules.publish(
                by,
                meeting,
                has_items=meeting.items.exists(),
                short_notice_reason=short_notice_reason,
                now=now,
            )
        )
        meeting.published_at = now
        meeting.short_notice_reason = short_notice_reason.strip()
        meeting.save(update_fields=["published_at", "short_notice_reason"])
        emit(MeetingPublished(meeting.pk, by.pk))
        return meeting


def cancel(meeting: Meeting, *, by: User, reason: str) -> Meeting:
    """Call off an announced meeting, with the reason for everybody to read. Refuses by
    rules.cancel. Emits MeetingCancelled."""
    with action():
        meeting, now = begin(meeting)
        require(rules.cancel(by, meeting, reason=reason))
        meeting.cancelled_at, meeting.cancelled_reason = now, reason.strip()
        meeting.save(update_fields=["cancelled_at", "cancelled_reason"])
        emit(MeetingCancelled(meeting.pk, by.pk))
        return meeting
