"""The secretary's bulk entries about members: presence in the hall, votes.

One lock, a statement for the rows and one for the log, and an event of each member, so that the
audit names them; pages and displays are told once. What may be written, and of whom, is said by
`meetings.presence.actions` and `meetings.rollcalls.actions` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from core.domain import events as domain_events
from core.domain.actions import action, locked
from core.domain.rules import require
from meetings.actions import begin
from meetings.conflicts.queries import taking_no_part
from meetings.models import Meeting, RollCall, Vote
from meetings.presence import rules as presence_rules
from meetings.presence.actions import note_arrivals, note_leavings
from meetings.presence.queries import attendance_of, heads_of, waiting_claims_of
from meetings.queries import members_of, voters_of
from meetings.rollcalls import actions, rules

if TYPE_CHECKING:
    from accounts.models import User


def note_presence(
    meeting: Meeting, *, by: User, came: Collection[int] = (), left: Collection[int] = ()
) -> int:
    """Note that members (ids of deputies) came into the hall and left; who is here already, also by
    videoconference, or not, stays as they are. How many have come or left. Refuses by
    rules.presence.register. Emits DeputyCame, DeputyLeft."""
    with action():
        meeting, now = begin(meeting)
        members = {deputy.pk: deputy for deputy in members_of(meeting)}
        are_members = members.keys() >= {*came, *left}
        require(presence_rules.register(by, meeting, is_member=are_members))
        here = attendance_of(meeting).grounds.keys()
        arrived, gone = sorted(set(came) - here), sorted(set(left) & here)
        note_arrivals(meeting, [members[pk] for pk in arrived], by=by, now=now)
        note_leavings(meeting, [members[pk] for pk in gone], by=by, now=now)
        return len(arrived) + len(gone)


def note_all_present(meeting: Meeting, *, by: User) -> int:
    """Note that all members of the body are in the hall, but for the head of the city, who counts
    in the total when they are here (280/97-ВР art. 59) and is noted by themselves, and for those
    who say that they take part by videoconference, which is confirmed by itself. How many have
    come. Refuses by rules.presence.register. Emits DeputyCame."""
    by_video = waiting_claims_of(meeting).exclude(video_ground=None)
    members = members_of(meeting).exclude(pk__in=heads_of(meeting).values("deputy"))
    members = members.exclude(pk__in=by_video.values("deputy"))
    return note_presence(meeting, by=by, came=set(members.values_list("pk", flat=True)))


def enter_votes(roll_call: RollCall, *, by: User, votes: Mapping[int, str]) -> int:
    """The secretary enters the votes of several members who are present (id of a deputy -> choice)
    while the roll-call is open; who has voted so already, or has voted themselves, stays as they
    are, and who takes no part because of a conflict of interest gets none. How many votes are
    entered or changed. Refuses by rules.rollcalls.enter_vote. Emits VoteCast."""
    with action():
        meeting, roll_call = _begin(roll_call, by)
        voters = {deputy.pk: deputy for deputy in voters_of(roll_call, meeting)}
        require(presence_rules.member(is_member=voters.keys() >= votes.keys()))
        stays = taking_no_part(roll_call.item_id)
        for pk, choice, entered in roll_call.votes.values_list("deputy", "choice", "entered"):
            if choice == votes.get(pk) or entered in Vote.OWN:
                stays.add(pk)
        changed = {voters[pk]: votes[pk] for pk in sorted(votes.keys() - stays)}
        return len(actions.enter_votes(roll_call, changed, by=by)) if changed else 0


def vote_for_the_rest(roll_call: RollCall, *, by: User, choice: str = Vote.Choice.FOR) -> int:
    """Everybody present who has no vote yet has voted ``choice``: «all for, except …». Who is
    absent, or takes no part because of a conflict of interest, gets none. How many votes are
    entered. Refuses by rules.rollcalls.enter_vote. Emits VoteCast."""
    with action():
        meeting, roll_call = _begin(roll_call, by, choice)
        here = attendance_of(meeting).grounds.keys()
        voted = set(roll_call.votes.values_list("deputy", flat=True))
        asked = here - voted - taking_no_part(roll_call.item_id)
        silent = voters_of(roll_call, meeting).filter(pk__in=asked).order_by("pk")
        choices = dict.fromkeys(silent, choice)
        return len(actions.enter_votes(roll_call, choices, by=by)) if choices else 0


def is_change(act: Callable[[], Any]) -> bool:
    """Carry ``act`` out; whether it has told of any change (an arrival noted twice is none). The
    counter of the meeting's topic has risen by one then."""
    with action():
        act()
        return bool(domain_events.pending.get())


def _begin(
    roll_call: RollCall, by: User, choice: str = Vote.Choice.FOR
) -> tuple[Meeting, RollCall]:
    """The meeting and the roll-call under their locks: a deputy's own vote comes before, and stays,
    or after. Refused where nobody's vote can be entered."""
    meeting, _now = begin(roll_call.item.meeting)
    roll_call = locked(roll_call)
    require(rules.enter_vote(by, roll_call, meeting, choice=choice, is_member=True, is_here=True))
    return meeting, roll_call
