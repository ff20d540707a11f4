"""What the secretary enters of many members at once: who is in the hall, how they vote.

One lock, a statement for the rows and one for the log, and an event of each member, so that the
audit names them; pages and displays are told once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.domain import clock
from core.domain import events as domain_events
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import require
from meetings.actions.common import begin
from meetings.events import DeputyCame, DeputyLeft, VoteCast
from meetings.models import Deputy, LogEntry, Meeting, Presence, RollCall, Seat, Vote
from meetings.reading import members_of, voters_of
from meetings.rules import presence as presence_rules
from meetings.rules import rollcalls as rules

if TYPE_CHECKING:
    from accounts.models import User


def note_presence(
    meeting: Meeting, *, by: User, came: Collection[int] = (), left: Collection[int] = ()
) -> int:
    """Note that members (ids of deputies) came and left; who is here already, or not, stays as they
    are. How many have come or left. Refuses by rules.presence.register. Emits DeputyCame,
    DeputyLeft."""
    with action():
        meeting, now = begin(meeting)
        members = set(members_of(meeting).values_list("pk", flat=True))
        are_members = members.issuperset(came) and members.issuperset(left)
        require(presence_rules.register(by, meeting, is_member=are_members))
        here = set(meeting.presences.filter(left_at=None).values_list("deputy", flat=True))
        arrived, gone = sorted(set(came) - here), sorted(set(left) & here)
        Presence.objects.bulk_create(
            Presence(meeting=meeting, deputy_id=pk, came_at=now) for pk in arrived
        )
        meeting.presences.filter(deputy__in=gone, left_at=None).update(left_at=now)
        LogEntry.objects.bulk_create(
            LogEntry(meeting=meeting, kind=kind, at=now, deputy_id=pk)
            for kind, pks in ((LogEntry.Kind.CAME, arrived), (LogEntry.Kind.LEFT, gone))
            for pk in pks
        )
        for pk in arrived:
            emit(DeputyCame(meeting.pk, by.pk, pk))
        for pk in gone:
            emit(DeputyLeft(meeting.pk, by.pk, pk))
        return len(arrived) + len(gone)


def note_all_present(meeting: Meeting, *, by: User) -> int:
    """Note that all members of the body are in the hall, but for the head of the city, who counts
    in the total when they are here (280/97-ВР art. 59) and is noted by themselves. How many have
    come. Refuses by rules.presence.register. Emits DeputyCame."""
    heads = Seat.objects.on(meeting.day).filter(body=meeting.body_id, is_head=True)
    members = members_of(meeting).exclude(pk__in=heads.values("deputy"))
    return note_presence(meeting, by=by, came=set(members.values_list("pk", flat=True)))


def enter_votes(roll_call: RollCall, *, by: User, votes: Mapping[int, str]) -> int:
    """The secretary enters the votes of several members in the hall (id of a deputy -> choice)
    while the roll-call is open; who has voted so already stays as they are. How many votes are
    entered or changed. Refuses by rules.rollcalls.enter_vote. Emits VoteCast."""
    with action():
        roll_call, meeting, now = _begin(roll_call)
        voters = {deputy.pk: deputy for deputy in voters_of(roll_call, meeting)}
        for choice in set(votes.values()) or {Vote.Choice.FOR}:
            is_member = voters.keys() >= votes.keys()
            require(rules.enter_vote(by, roll_call, meeting, choice=choice, is_member=is_member))
        given = dict(roll_call.votes.values_list("deputy", "choice"))
        changed = {pk: choice for pk, choice in votes.items() if given.get(pk) != choice}
        return _write(roll_call, meeting, voters, changed, by=by, now=now)


def vote_for_the_rest(roll_call: RollCall, *, by: User, choice: str = Vote.Choice.FOR) -> int:
    """Everybody in the hall who has no vote yet has voted ``choice``: «all for, except …». Who is
    not in the hall gets none. How many votes are entered. Refuses by rules.rollcalls.enter_vote.
    Emits VoteCast."""
    with action():
        roll_call, meeting, now = _begin(roll_call)
        require(rules.enter_vote(by, roll_call, meeting, choice=choice, is_member=True))
        voters = {deputy.pk: deputy for deputy in voters_of(roll_call, meeting)}
        here = set(meeting.presences.filter(left_at=None).values_list("deputy", flat=True))
        voted = set(roll_call.votes.values_list("deputy", flat=True))
        silent = {pk: choice for pk in voters if pk in here and pk not in voted}
        return _write(roll_call, meeting, voters, silent, by=by, now=now)


def is_change(act: Callable[[], Any]) -> bool:
    """Carry ``act`` out; whether it has told of any change (an arrival noted twice is none). The
    counter of the meeting's topic has risen by one then."""
    with action():
        act()
        return bool(domain_events.pending.get())


def _begin(roll_call: RollCall) -> tuple[RollCall, Meeting, datetime]:
    """The roll-call under its exclusive lock: a deputy's own vote comes before or after."""
    roll_call = locked(roll_call)
    return roll_call, roll_call.item.meeting, clock.now()


def _write(
    roll_call: RollCall,
    meeting: Meeting,
    voters: Mapping[int, Deputy],
    votes: Mapping[int, str],
    *,
    by: User,
    now: datetime,
) -> int:
    Vote.objects.bulk_create(
        [
            Vote(
                roll_call=roll_call,
                deputy_id=pk,
                choice=choice,
                at=now,
                by=by,
                faction_id=voters[pk].faction_id,
            )
            for pk, choice in sorted(votes.items())
        ],
        update_conflicts=True,
        unique_fields=["roll_call", "deputy"],
        update_fields=["choice", "at", "by", "faction"],
    )
    for pk in sorted(votes):
        emit(VoteCast(meeting.pk, by.pk, roll_call.item_id, roll_call.pk, pk))
    return len(votes)
