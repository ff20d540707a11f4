"""Who of the deputies is present: they come and go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Max
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.domain import clock
from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import require
from meetings.actions.common import begin, enter
from meetings.events import DeputyCame, DeputyLeft
from meetings.models import Deputy, LogEntry, Meeting, Presence, RollCall, VideoGround
from meetings.presence import video_ground_of
from meetings.reading import is_member, members_of
from meetings.rules import presence as rules

if TYPE_CHECKING:
    from accounts.models import User


def come(meeting: Meeting, deputy: Deputy, *, by: User, by_video: bool = False) -> Meeting:
    """Note that a member of the body is here, or takes part by videoconference. Twice is once.
    Refuses by rules.register. Emits DeputyCame."""
    with action():
        meeting, now = begin(meeting)
        ground = video_ground_of(meeting) if by_video else None
        require(
            rules.register(
                by,
                meeting,
                is_member=is_member(meeting, deputy),
                by_video=by_video,
                has_ground=ground is not None,
            )
        )
        note_arrivals(meeting, [deputy], by=by, now=now, ground=ground)
        return meeting


def come_all(meeting: Meeting, deputies: Iterable[Deputy], *, by: User) -> Meeting:
    """Note that several members of the body are in the hall, in one step. Refuses by
    rules.register. Emits DeputyCame for each who was not."""
    with action():
        meeting, now = begin(meeting)
        came = list(deputies)
        members = set(members_of(meeting).values_list("pk", flat=True))
        require(rules.register(by, meeting, is_member={one.pk for one in came} <= members))
        note_arrivals(meeting, came, by=by, now=now)
        return meeting


def leave(meeting: Meeting, deputy: Deputy, *, by: User) -> Meeting:
    """Note that they have left. Twice is once. Refuses by rules.register. Emits DeputyLeft."""
    with action():
        meeting, now = begin(meeting)
        require(rules.register(by, meeting, is_member=is_member(meeting, deputy)))
        here = meeting.presences.filter(deputy=deputy, left_at=None)
        if row := here.select_for_update(no_key=True).first():
            # A vote of theirs that came before the lock was granted was given while present.
            row.left_at = now = max(clock.now(), now)
            row.save(update_fields=["left_at"])
            enter(meeting, LogEntry.Kind.LEFT, at=now, deputy=deputy)
            emit(DeputyLeft(meeting.pk, by.pk, deputy.pk))
        return meeting


def note_arrivals(
    meeting: Meeting,
    deputies: Iterable[Deputy],
    *,
    by: User,
    now: datetime,
    how: str = Presence.How.NOTED,
    ground: VideoGround | None = None,
    came_at: datetime | None = None,
) -> None:
    """Write that members are present from ``came_at`` (None: now) on, with a line of the log for
    each; those who are already stay as they are. What they said on their telephone is confirmed by
    it. Called under the meeting's lock, after the rule.

    Refuses by rules.arrive. Emits DeputyCame.
    """
    found = list(deputies)
    waiting = meeting.claims.filter(deputy__in=found, confirmed_at=None, dismissed_at=None)
    waiting.update(confirmed_at=now, confirmed_by=by)
    rows = meeting.presences.filter(left_at=None, deputy__in=found)
    here = set(rows.values_list("deputy", flat=True))
    for deputy in found:
        if deputy.pk in here:
            continue
        since = came_at or now
        if came_at is not None:
            earliest = earliest_arrival(meeting, deputy)
            require(rules.arrive(came_at=came_at, now=now, earliest=earliest))
        Presence.objects.create(
            meeting=meeting, deputy=deputy, came_at=since, how=how, video_ground=ground
        )
        words = _words(how, ground, since if since != now else None)
        enter(meeting, LogEntry.Kind.CAME, at=now, deputy=deputy, words=words)
        emit(DeputyCame(meeting.pk, by.pk, deputy.pk))


def earliest_arrival(meeting: Meeting, deputy: Deputy) -> datetime:
    """From when on somebody can be noted as present: their last leaving, and the last vote that was
    closed without them, say that they were not here. Two queries."""
    left_at = meeting.presences.filter(deputy=deputy).aggregate(at=Max("left_at"))["at"]
    closed = RollCall.objects.filter(item__meeting=meeting).aggregate(at=Max("closed_at"))["at"]
    latest: datetime = max(filter(None, (meeting.opened_at, left_at, closed)))
    return latest


def _words(how: str, ground: VideoGround | None, since: datetime | None) -> str:
    """What the log says beside the name, in the state's language."""
    with translation.override(settings.LANGUAGE_CODE):
        said = [str(Presence.How(how).label)] if how != Presence.How.NOTED else []
        if since is not None:
            said.append(_("since %(time)s") % {"time": date_format(localtime(since), "H:i")})
        if ground is not None:
            said.append(_("by videoconference: %(act)s") % {"act": ground})
        return "; ".join(said)
