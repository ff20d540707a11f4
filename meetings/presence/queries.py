"""Presence: its one query, for actions, pages, displays and the minutes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from meetings.models import Meeting, Presence, PresenceClaim, Seat, VideoGround
from meetings.rollcalls.majority import has_quorum, quorum


@dataclass(frozen=True, slots=True)
class Attendance:
    """Members of a body present now: ``grounds`` by deputy, the act by which they take part by
    videoconference, None: in the hall.

    ``total``: the body's total membership, with the head of the city while they are present
    (280/97-ВР art. 59(2)); whoever counts those present sets them against it.
    """

    grounds: Mapping[int, int | None]
    total: int

    @property
    def present(self) -> int:
        return len(self.grounds)

    @property
    def by_video(self) -> int:
        """Number of them not in the hall."""
        return sum(ground is not None for ground in self.grounds.values())

    @property
    def quorum(self) -> int:
        """Number of members needed."""
        return quorum(self.total)

    @property
    def has_quorum(self) -> bool:
        return has_quorum(membership=self.total, present=self.present)

    def is_in_hall(self, deputy_id: int) -> bool:
        """Whether they are present, and not by videoconference."""
        return deputy_id in self.grounds and self.grounds[deputy_id] is None

    def __contains__(self, deputy_id: int) -> bool:
        return deputy_id in self.grounds


NOBODY = Attendance({}, 0)


def attendance_of(meeting: Meeting) -> Attendance:
    """Deputies present now: one query, none where no body meets."""
    if meeting.body is None:
        return NOBODY
    rows = list(
        meeting.presences.filter(left_at=None)
        .annotate(is_head=Exists(heads_of(meeting).filter(deputy=OuterRef("deputy"))))
        .order_by("pk")
        .values_list("deputy", "video_ground", "is_head")
    )
    is_head_here = any(is_head for _deputy, _ground, is_head in rows)
    return Attendance(
        {deputy: ground for deputy, ground, _is_head in rows},
        total_of(meeting, is_head_here=is_head_here),
    )


def total_of(meeting: Meeting, *, is_head_here: bool) -> int:
    """The total membership of its body: the head of the city counts once, when they take part."""
    return (meeting.body.membership if meeting.body else 0) + is_head_here


def heads_of(meeting: Meeting) -> QuerySet[Seat]:
    """The seat of the head of the city in its body on its day."""
    return Seat.objects.on(meeting.day).filter(body=meeting.body_id, is_head=True)


def was_present(presences: Iterable[Presence], moment: datetime) -> bool:
    """Whether somebody whose ``presences`` these are was present at a moment."""
    return any(
        row.came_at <= moment and (row.left_at is None or row.left_at >= moment)
        for row in presences
    )


def video_ground_of(meeting: Meeting) -> VideoGround | None:
    """The act by which members of its body may take part by videoconference now: one query."""
    if meeting.body_id is None:
        return None
    return VideoGround.objects.filter(body=meeting.body_id, ended_at=None).first()


def waiting_claims_of(meeting: Meeting) -> QuerySet[PresenceClaim]:
    """Unconfirmed claims of presence, the first one first."""
    waiting = meeting.claims.filter(confirmed_at=None, dismissed_at=None)
    return waiting.select_related("deputy", "video_ground").order_by("pk")
