"""Roll-call votes: opening, voting, closing, publishing (280/97-ВР art. 59)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core.domain import clock
from core.domain.actions import action, locked, shared
from core.domain.events import emit
from core.domain.rules import Refused, require
from core.web.idempotency import created
from meetings.actions import begin, enter
from meetings.conflicts.queries import require_part, taking_no_part
from meetings.events import (
    RollCallClosed,
    RollCallOpened,
    RollCallPublished,
    VoteCast,
    VoteReplaced,
    VoteTakenBack,
)
from meetings.models import (
    Deputy,
    Item,
    LogEntry,
    Meeting,
    Presence,
    RollCall,
    RollCallAnnulment,
    Vote,
)
from meetings.presence.actions import note_arrivals
from meetings.presence.queries import Attendance, attendance_of
from meetings.queries import is_member as is_in_body
from meetings.queries import voters_of
from meetings.quickpolls.actions import is_polling
from meetings.rollcalls import rules, rules_heads
from meetings.rollcalls.repeating import follow, require_repeat
from meetings.rollcalls.silent import fill

if TYPE_CHECKING:
    from accounts.models import User


def open_roll_call(
    meeting: Meeting,
    *,
    by: User,
    question: str,
    short_question: str = "",
    needs: str = RollCall.Needs.MAJORITY,
    seen_item: int | None,
    no_quorum_reason: str = "",
    repeats: RollCall | None = None,
) -> RollCall:
    """Put a question on the current item to the vote of the body's members.

    Its total membership is kept as it is now. ``short_question``: what displays show of a long one;
    ``seen_item``: the id of the current item on the page of who asks; ``no_quorum_reason``: why it
    is opened without a quorum, which the log keeps; ``repeats``: the annulled vote that it repeats;
    an amendment or a stopped decision on which that was follows this one. Refuses by
    rules.open_roll_call and repeating.require_repeat. Emits RollCallOpened.
    """
    with action():
        meeting, now = begin(meeting)
        item = meeting.current_item
        is_open = RollCall.objects.filter(item__meeting=meeting, closed_at=None).exists()
        here = attendance_of(meeting)
        annulled = _lock_annulled(repeats, item)
        require(
            rules.open_roll_call(
                by,
                meeting,
                question=question,
                seen_item=seen_item,
                is_open=is_open,
                shows_hands=meeting.shows_of_hands.filter(closed_at=None).exists(),
                is_polling=is_polling(meeting, now),
                has_quorum=here.has_quorum,
                needs=needs,
                no_quorum_reason=no_quorum_reason,
                may_repeat=repeats is None or annulled is not None,
            )
        )
        assert item is not None and meeting.body is not None  # noqa: S101 - by the rule
        if repeats is not None:
            require_repeat(repeats, needs=needs)
        roll_call = RollCall.objects.create(
            item=item,
            question=question.strip(),
            short_question=short_question.strip(),
            needs=needs,
            membership=here.total,
            counts_head=here.total > meeting.body.membership,
            present_at_opening=here.present,
            no_quorum_reason="" if here.has_quorum else no_quorum_reason.strip(),
            opened_at=now,
        )
        created(roll_call)
        if annulled is not None:
            annulled.repeated_by = roll_call
            annulled.save(update_fields=["repeated_by"])
            follow(annulled.roll_call, roll_call)
        words = _without_quorum(roll_call, here)
        kind = LogEntry.Kind.ROLL_CALL
        enter(meeting, kind, at=now, item=item, roll_call=roll_call, words=words)
        emit(RollCallOpened(meeting.pk, by.pk, item.pk, roll_call.pk))
        return roll_call


def vote(roll_call: RollCall, deputy: Deputy, *, by: User, choice: str) -> Vote:
    """A deputy who is present votes by their own account, or changes their vote, while it is open.
    Refuses by rules.vote. Emits VoteCast."""
    with action():
        roll_call, now = shared(roll_call)  # many vote at once, and it closes before or after
        meeting = roll_call.item.meeting
        is_member = voters_of(roll_call, meeting).filter(pk=deputy.pk).exists()
        here = _present(meeting, [deputy]).get(deputy.pk)
        is_here = here is not None
        require(
            rules_heads.check_counted(is_left_out=not is_member and is_in_body(meeting, deputy))
        )
        require(
            rules.vote(
                by,
                deputy,
                roll_call,
                meeting,
                choice=choice,
                is_member=is_member,
                is_here=is_here,
            )
        )
        require_part(roll_call.item_id, deputy)
        assert here is not None  # noqa: S101 - by the rule
        entered = Vote.Entered.SELF
        (given,) = _cast(roll_call, meeting, [(here, choice)], by=by, now=now, entered=entered)
        return given


def enter_vote(
    roll_call: RollCall,
    deputy: Deputy,
    *,
    by: User,
    choice: str,
    has_come: bool = False,
    came_at: datetime | None = None,
) -> Vote:
    """The secretary enters what a deputy says aloud, while it is open.

    Of one who is not noted as present it is refused, unless ``has_come``: then the arrival is
    written with it, since ``came_at`` or now. Refuses by rules.enter_vote and rules.presence.
    Emits VoteCast, and DeputyCame.
    """
    missing = Missing.COME if has_come else Missing.ASK
    choices = {deputy: choice}
    (given,) = enter_votes(roll_call, choices, by=by, missing=missing, came_at=came_at)
    return given


class Missing(StrEnum):
    """Treatment of votes entered for those who are not noted as present."""

    ASK = "ask"
    COME = "come"
    SKIP = "skip"


def enter_votes(
    roll_call: RollCall,
    choices: Mapping[Deputy, str],
    *,
    by: User,
    missing: Missing = Missing.ASK,
    came_at: datetime | None = None,
) -> list[Vote]:
    """The secretary enters votes of several deputies in one step.

    ``missing``: those who are not noted as present are refused in one answer (``deputies`` of its
    params), noted as present, or left out. Of several, those who have voted themselves keep their
    vote, and those with a conflict of interest get none. Refuses by rules.enter_vote. Emits
    VoteCast, and DeputyCame.
    """
    with action():
        meeting, _now = begin(roll_call.item.meeting)
        # A deputy's own vote comes before, and stays, or after.
        roll_call = locked(roll_call)
        now = clock.now()
        members = set(voters_of(roll_call, meeting).values_list("pk", flat=True))
        here = _present(meeting, choices)
        own = _own(roll_call, choices) if len(choices) == 1 else set()
        no_part = taking_no_part(roll_call.item_id)
        absent = [deputy for deputy in choices if deputy.pk not in here]
        for deputy, choice in choices.items():
            is_left_out = deputy.pk not in members and is_in_body(meeting, deputy)
            require(rules_heads.check_counted(is_left_out=is_left_out))
            verdict = rules.enter_vote(
                by,
                roll_call,
                meeting,
                choice=choice,
                is_member=deputy.pk in members,
                is_here=deputy.pk in here or missing != Missing.ASK,
                is_own=deputy.pk in own,
            )
            if verdict.code == "rollcall.not_noted":
                raise Refused(replace(verdict, params={"deputies": absent}))
            require(verdict)
            if len(choices) == 1:
                require_part(roll_call.item_id, deputy)
        if missing == Missing.COME and absent:
            how = Presence.How.WITH_VOTE
            note_arrivals(meeting, absent, by=by, now=now, how=how, came_at=came_at)
            here = _present(meeting, choices)
        left = _own(roll_call, choices) | no_part
        given = [
            (here[deputy.pk], choice)
            for deputy, choice in choices.items()
            if deputy.pk in here and deputy.pk not in left
        ]
        entered = Vote.Entered.SECRETARY
        return _cast(roll_call, meeting, given, by=by, now=now, entered=entered)


def replace_vote(
    roll_call: RollCall, deputy: Deputy, *, by: User, choice: str, reason: str
) -> Vote:
    """The secretary enters another vote in place of a deputy's own: the log keeps both and the
    reason, and the deputy is told at once. Refuses by rules.replace_vote. Emits VoteReplaced."""
    with action():
        meeting, _now = begin(roll_call.item.meeting)
        roll_call, now = shared(roll_call)
        given = roll_call.votes.filter(deputy=deputy).first()
        is_own = given is not None and given.entered in Vote.OWN
        require(
            rules.replace_vote(
                by,
                roll_call,
                meeting,
                choice=choice,
                is_member=voters_of(roll_call, meeting).filter(pk=deputy.pk).exists(),
                is_own=is_own,
                reason=reason,
            )
        )
        require_part(roll_call.item_id, deputy)
        assert given is not None  # noqa: S101 - by the rule
        was, given.choice = given.choice, choice
        given.by, given.entered = by, Vote.Entered.REPLACED
        # It stays the vote of that moment: they may have left since.
        given.save(update_fields=["choice", "by", "entered"])
        with translation.override(settings.LANGUAGE_CODE):
            labels = [Vote.Choice(each).label for each in (was, choice)]
            words = "{} → {}. {}".format(*labels, reason.strip())
        enter(
            meeting,
            LogEntry.Kind.VOTE_REPLACED,
            at=now,
            item=roll_call.item,
            deputy=deputy,
            roll_call=roll_call,
            words=words,
        )
        ids = (meeting.pk, by.pk, roll_call.item_id, roll_call.pk, deputy.pk)
        emit(VoteReplaced(*ids, was=was, becomes=choice))
        return given


def take_vote_back(roll_call: RollCall, deputy: Deputy, *, by: User) -> None:
    """The secretary takes back a vote that was entered by mistake, while it is open; the log says
    so. Refuses by rules.take_back. Emits VoteTakenBack."""
    with action():
        meeting, now = begin(roll_call.item.meeting)
        roll_call = locked(roll_call)
        given = roll_call.votes.filter(deputy=deputy).first()
        is_own = given is not None and given.entered in Vote.OWN
        require(rules.take_back(by, roll_call, meeting, has_voted=given is not None, is_own=is_own))
        assert given is not None  # noqa: S101 - by the rule
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
        roll_call.present = fill(roll_call, meeting, now)
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


def _own(roll_call: RollCall, deputies: Iterable[Deputy]) -> set[int]:
    """Those of them who have voted themselves."""
    own = roll_call.votes.filter(deputy__in=[*deputies], entered__in=Vote.OWN)
    return set(own.values_list("deputy", flat=True))


def _present(meeting: Meeting, deputies: Iterable[Deputy]) -> dict[int, Presence]:
    """The presence of each of them who is here now."""
    rows = meeting.presences.filter(left_at=None, deputy__in=[*deputies])
    return {row.deputy_id: row for row in rows.select_related("deputy")}


def _lock_annulled(repeats: RollCall | None, item: Item | None) -> RollCallAnnulment | None:
    """The annulment of the vote that is repeated, if it may be."""
    if repeats is None or item is None or repeats.item_id != item.pk:
        return None
    rows = RollCallAnnulment.objects.filter(roll_call=repeats, repeated_by=None)
    return rows.select_related("roll_call").first()


def _without_quorum(roll_call: RollCall, here: Attendance) -> str:
    """The log's words about a vote that is opened without a quorum, in the state's language."""
    if here.has_quorum:
        return ""
    with translation.override(settings.LANGUAGE_CODE):
        facts = {"present": here.present, "total": here.total}
        said = _("Without a quorum: %(present)d of %(total)d are present.") % facts
        reason = roll_call.no_quorum_reason or _("A procedural question.")
        return f"{said} {reason}"


def _cast(
    roll_call: RollCall,
    meeting: Meeting,
    choices: Sequence[tuple[Presence, str]],
    *,
    by: User,
    now: datetime,
    entered: str,
) -> list[Vote]:
    """Store the votes of those who are present, with the grounds of their presence: one
    statement."""
    votes = [
        Vote(
            roll_call=roll_call,
            deputy=here.deputy,
            choice=choice,
            at=max(now, here.came_at),
            by=by,
            entered=entered,
            video_ground_id=here.video_ground_id,
            faction_id=here.deputy.faction_id,
        )
        for here, choice in choices
    ]
    Vote.objects.bulk_create(
        votes,
        update_conflicts=True,
        unique_fields=["roll_call", "deputy"],
        update_fields=["choice", "at", "by", "entered", "video_ground", "faction"],
    )
    for each in votes:
        emit(VoteCast(meeting.pk, by.pk, roll_call.item_id, roll_call.pk, each.deputy_id))
    return votes
