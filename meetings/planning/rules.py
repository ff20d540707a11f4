"""Rules of planning a meeting. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from meetings.models import OF_BODIES, Kind
from meetings.rules import plan as may_plan
from meetings.rules import run
from meetings.terms import is_notice_in_time

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Meeting

#: Which kind of body meets in a meeting of which kind.
BODY_OF = {Kind.SESSION: "council", Kind.COMMITTEE: "committee", Kind.EXECUTIVE: "executive"}


def plan(
    user: Anybody,
    *,
    department_id: int,
    kind: str,
    body_kind: str,
    begins_at: datetime,
    ends_at: datetime,
    now: datetime,
) -> Verdict:
    """Begin to prepare one: of a body that meets so, ahead of time. ``body_kind``: "" if none."""
    return (
        may_plan(user, department_id)
        and refuse_unless(
            body_kind or kind not in OF_BODIES,
            "meeting.body_missing",
            _("Please say which body meets."),
        )
        and refuse_unless(
            BODY_OF.get(Kind(kind), "") == body_kind,
            "meeting.another_body",
            _("This body does not hold meetings of this kind."),
        )
        and _times(begins_at, ends_at, now)
    )


def edit(
    user: Anybody, meeting: Meeting, *, begins_at: datetime, ends_at: datetime, now: datetime
) -> Verdict:
    """Change its notice: until it is opened."""
    return run(user, meeting) and _not_opened(meeting) and _times(begins_at, ends_at, now)


def discard(user: Anybody, meeting: Meeting) -> Verdict:
    """Discard it: while nobody was told of it."""
    return run(user, meeting) and _not_published(meeting)


def publish(
    user: Anybody,
    meeting: Meeting,
    *,
    has_items: bool,
    short_notice_reason: str,
    now: datetime,
) -> Verdict:
    """Publish its notice: with an agenda, and in time or with the reason why not."""
    return (
        run(user, meeting)
        and _not_published(meeting)
        and _ahead(meeting.begins_at, now)
        and refuse_unless(
            has_items, "meeting.no_agenda", _("Please write the agenda first: it has no item.")
        )
        and refuse_unless(
            short_notice_reason.strip() or is_notice_in_time(meeting, now),
            "meeting.short_notice",
            _("This is shorter notice than the law asks for. Please give the reason for it."),
        )
    )


def cancel(user: Anybody, meeting: Meeting, *, reason: str) -> Verdict:
    """Call off what was announced, before it is opened, with a reason."""
    return (
        run(user, meeting)
        and refuse_unless(
            meeting.published_at, "meeting.not_published", _("This meeting is not announced.")
        )
        and _not_opened(meeting)
        and refuse_unless(reason.strip(), "meeting.reason_missing", _("Please give the reason."))
    )


def change_agenda(user: Anybody, meeting: Meeting) -> Verdict:
    """Add, edit or move items: until the meeting is over. What was considered stays."""
    return (
        run(user, meeting)
        and _not_cancelled(meeting)
        and refuse_unless(meeting.closed_at is None, "meeting.closed", _("The meeting is over."))
    )


def _not_cancelled(meeting: Meeting) -> Verdict:
    return refuse_unless(
        meeting.cancelled_at is None, "meeting.cancelled", _("The meeting was cancelled.")
    )


def _not_published(meeting: Meeting) -> Verdict:
    return refuse_unless(
        meeting.published_at is None,
        "meeting.published",
        _("The meeting is announced already. You may cancel it, with a reason."),
    )


def _not_opened(meeting: Meeting) -> Verdict:
    return _not_cancelled(meeting) and refuse_unless(
        meeting.opened_at is None, "meeting.opened", _("The meeting has been opened already.")
    )


def _times(begins_at: datetime, ends_at: datetime, now: datetime) -> Verdict:
    return _ahead(begins_at, now) and refuse_unless(
        ends_at > begins_at,
        "meeting.ends_before_it_begins",
        _("The meeting must end after it begins."),
    )


def _ahead(begins_at: datetime, now: datetime) -> Verdict:
    return refuse_unless(
        begins_at > now, "meeting.begins_in_the_past", _("The meeting must begin in the future.")
    )
