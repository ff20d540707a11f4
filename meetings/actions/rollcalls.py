"""Roll-call votes: opening, voting, closing, publishing (280/97-ВР art. 59)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from core.domain import clock
from core.domain.actions import action, locked, shared
from core.domain.events import emit
from core.domain.rules import require
from core.web.idempotency import created
from meetings.actions.common import begin, enter
from meetings.actions.quickpolls import is_polling
from meetings.events import (
    RollCallClosed,
    RollCallOpened,
    RollCallPublished,
    VoteCast,
    VoteTakenBack,
)
from meetings.models import Deputy, LogEntry, Meeting, RollCall, Vote
from meetings.reading import is_head_here, voters_of
from meetings.reading import is_member as is_in_body
from meetings.rules import heads
from meetings.rules import rollcalls as rules

if TYPE_CHECKING:
    from accounts.models import User


def open_roll_call(
    meeting: Meeting,
    *,
    by: User,
    question: str,
    needs: str = RollCall.Needs.MAJORITY,
    seen_item: int | None,
) -> RollCall:
    """Put a question on the current item to the vote of the body's members.

    Its total membership is kept as it is now. ``seen_item``: the id of the current item on the
    page of who asks. Refuses by rules.open_roll_call. Emits RollCallOpened.
    """
    with action():
        meeting, now = begin(meeting)
        item = meeting.current_item
        is_open = RollCall.objects.filter(item__meeting=meeting, closed_at=None).exists()
        require(
            rules.open_roll_call(
                by,
                meeting,
                question=question,
                seen_item=seen_item,
                is_open=is_open,
                shows_hands=meeting.shows_of_hands.filter(closed_at=None).exists(),
                is_polling=is_polling(meeting, now),
            )
        )
        assert item is not None and meeting.body is not None  # noqa: S101 - by the rule
        counts_head = is_head_here(meeting)
        roll_call = RollCall.objects.create(
            item=item,
            question=question.strip(),
            needs=needs,
            membership=meeting.body.membership + counts_head,
            counts_head=counts_head,
            opened_at=now,
        )
        created(roll_call)
        enter(meeting, LogEntry.Kind.ROLL_CALL, at=now, item=item, roll_call=roll_call)
        emit(RollCallOpened(meeting.pk, by.pk, item.pk, roll_call.pk))
        return roll_call


def vote(roll_call: RollCall, deputy: Deputy, *, by: User, choice: str) -> Vote:
    """A deputy votes by their own account, or changes their vote, while it is open. Refuses by
    rules.vote. Emits VoteCast."""
    with action():
        roll_call, meeting, now = _begin_vote(roll_call)
        is_member = voters_of(roll_call, meeting).filter(pk=deputy.pk).exists()
        require(heads.counted(is_left_out=not is_member and is_in_body(meeting, deputy)))
        require(rules.vote(by, deputy, roll_call, meeting, choice=choice, is_member=is_member))
        return _cast(roll_call, meeting, deputy, by=by, choice=choice, now=now)


def enter_vote(roll_call: RollCall, deputy: Deputy, *, by: User, choice: str) -> Vote:
    """The secretary enters what a deputy says aloud, while it is open. Refuses by
    rules.enter_vote. Emits VoteCast."""
    with action():
        roll_call, meeting, now = _begin_vote(roll_call)
        is_member = voters_of(roll_call, meeting).filter(pk=deputy.pk).exists()
        require(heads.counted(is_left_out=not is_member and is_in_body(meeting, deputy)))
        require(rules.enter_vote(by, roll_call, meeting, choice=choice, is_member=is_member))
        return _cast(roll_call, meeting, deputy, by=by, choice=choice, now=now)


def take_vote_back(roll_call: RollCall, deputy: Deputy, *, by: User) -> None:
    """The secretary takes back a vote that was entered by mistake, while it is open; the log says
    so. Refuses by rules.take_back. Emits VoteTakenBack."""
    with action():
        meeting, now = begin(roll_call.item.meeting)
        roll_call = locked(roll_call)
        given = roll_call.votes.filter(deputy=deputy)
        require(rules.take_back(by, roll_call, meeting, has_voted=given.exists()))
        given.delete()
        enter(
            meeting,
            LogEntry.Kind.VOTE_TAKEN_BACK,
            at=now,
            item=roll_call.item,
            deputy=deputy,
            roll_call=roll_call,
        )
        emit(VoteTakenBack(meeting.pk, by.pk, roll_call.item_id, roll_call.pk, deputy.pk))


def close_roll_call(roll_call: RollCall, *, by: User) -> RollCall:
    """Close it: nobody's vote changes any more. Every member without one gets one: not voting
    if they are present, else absent. Refuses by rules.close_roll_call. Emits RollCallClosed."""
    with action():
        meeting, _now = begin(roll_call.item.meeting)
        roll_call = locked(roll_call)
        # A vote that came before the lock was granted counts.
        now = clock.now()
        require(rules.close_roll_call(by, meeting, roll_call))
        roll_call.present = _fill(roll_call, meeting, now)
        roll_call.closed_at = now
        roll_call.save(update_fields=["present", "closed_at"])
        item = roll_call.item
        enter(meeting, LogEntry.Kind.ROLL_CALL_CLOSED, at=now, item=item, roll_call=roll_call)
        emit(RollCallClosed(meeting.pk, by.pk, item.pk, roll_call.pk))
        return roll_call


def publish_roll_call(roll_call: RollCall, *, by: User) -> RollCall:
    """Publish who voted how: on the same day (280/97-ВР art. 59(3)). Refuses by
    rules.publish_roll_call. Emits RollCallPublished."""
    with action():
        meeting, now = begin(roll_call.item.meeting)
        roll_call = locked(roll_call)
        require(rules.publish_roll_call(by, meeting, roll_call))
        roll_call.published_at = now
        roll_call.save(update_fields=["published_at"])
        item = roll_call.item
        enter(meeting, LogEntry.Kind.ROLL_CALL_PUBLISHED, at=now, item=item, roll_call=roll_call)
        emit(RollCallPublished(meeting.pk, by.pk, item.pk, roll_call.pk))
        return roll_call


def _begin_vote(roll_call: RollCall) -> tuple[RollCall, Meeting, datetime]:
    """The roll-call under its shared lock: many vote at once, and it closes before or after."""
    roll_call, now = shared(roll_call)
    return roll_call, roll_call.item.meeting, now


def _cast(
    roll_call: RollCall, meeting: Meeting, deputy: Deputy, *, by: User, choice: str, now: datetime
) -> Vote:
    given, _is_new = Vote.objects.update_or_create(
        roll_call=roll_call,
        deputy=deputy,
        defaults={"choice": choice, "at": now, "by": by, "faction_id": deputy.faction_id},
    )
    emit(VoteCast(meeting.pk, by.pk, roll_call.item_id, roll_call.pk, deputy.pk))
    return given


def _fill(roll_call: RollCall, meeting: Meeting, now: datetime) -> int:
    """Write the votes of those who gave none; how many members are present."""
    members = {deputy.pk: deputy for deputy in voters_of(roll_call, meeting)}
    voted = set(roll_call.votes.values_list("deputy", flat=True))
    here = set(meeting.presences.filter(left_at=None).values_list("deputy", flat=True))
    Vote.objects.bulk_create(
        Vote(
            roll_call=roll_call,
            deputy=deputy,
            faction_id=deputy.faction_id,
            choice=Vote.Choice.NOT_VOTING if pk in here else Vote.Choice.ABSENT,
            at=now,
        )
        for pk, deputy in members.items()
        if pk not in voted
    )
    return len(voted | (here & members.keys()))
