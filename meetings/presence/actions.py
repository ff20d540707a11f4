"""Presence of deputies: they come and go."""

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
from meetings.actions import begin, enter_many
from meetings.events import DeputyCame, DeputyLeft
from meetings.models import Deputy, LogEntry, Meeting, Presence, RollCall, VideoGround
from meetings.presence import rules
from meetings.presence.queries import video_ground_of
from meetings.queries import is_member, members_of

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
        note_leavings(meeting, [deputy], by=by, now=now)
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
    found = {deputy.pk: deputy for deputy in deputies}
    waiting = meeting.claims.filter(deputy__in=found, confirmed_at=None, dismissed_at=None)
    waiting.update(confirmed_at=now, confirmed_by=by)
    rows = meeting.presences.filter(left_at=None, deputy__in=found)
    here = set(rows.values_list("deputy", flat=True))
    came = [deputy for pk, deputy in found.items() if pk not in here]
    since = came_at or now
    if came_at is not None:
        for deputy in came:
            earliest = earliest_arrival(meeting, deputy)
            require(rules.arrive(came_at=came_at, now=now, earliest=earliest))
    Presence.objects.bulk_create(
        Presence(meeting=meeting, deputy=deputy, came_at=since, how=how, video_ground=ground)
        for deputy in came
    )
    words = _words(how, ground, since if since != now else None)
    enter_many(meeting, LogEntry.Kind.CAME, came, at=now, words=words)
    for deputy in came:
        emit(DeputyCame(meeting.pk, by.pk, deputy.pk))


def note_leavings(meeting: Meeting, deputies: Iterable[Deputy], *, by: User, now: datetime) -> None:
    """Write that members have left, with a line of the log for each; those who are not here stay as
    they are. Called under the meeting's lock, after the rule. Emits DeputyLeft."""
    found = {deputy.pk: deputy for deputy in deputies}
    here = meeting.presences.filter(left_at=None, deputy__in=found).order_by("pk")
    rows = list(here.select_for_update(no_key=True))
    # A vote of theirs that came before the lock was granted was given while present.
    now = max(clock.now(), now)
    meeting.presences.filter(pk__in=[row.pk for row in rows]).update(left_at=now)
    enter_many(meeting, LogEntry.Kind.LEFT, [found[row.deputy_id] for row in rows], at=now)
    for row in rows:
        emit(DeputyLeft(meeting.pk, by.pk, row.deputy_id))


def earliest_arrival(meeting: Meeting, deputy: Deputy) -> datetime:
    """From when on somebody can be noted as present: their last leaving, and the last vote that was
    closed without them, say that they were not here. Two queries."""
    left_at = meeting.presences.filter(deputy=deputy).aggregate(at=Max("left_at"))["at"]
    closed = RollCall.objects.filter(item__meeting=meeting).aggregate(at=Max("closed_at"))["at"]
    latest: datetime = max(filter(None, (meeting.opened_at, left_at, closed)))
    return latest


def _words(how: str, ground: VideoGround | None, since: datetime | None) -> str:
    """Words of the log beside the name, in the state's language."""
    with translation.override(settings.LANGUAGE_CODE):
        said = [str(Presence.How(how).label)] if how != Presence.How.NOTED else []
        if since is not None:
            said.append(_("since %(time)s") % {"time": date_format(localtime(since), "H:i")})
        if ground is not None:
            said.append(_("by videoconference: %(act)s") % {"act": ground})
        return "; ".join(said)
