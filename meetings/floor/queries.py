"""A person's own data in a meeting: their questions, their hand, their seat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from meetings import queries
from meetings.hall.queries import own_choice
from meetings.models import (
    Deputy,
    LogEntry,
    Meeting,
    PresenceClaim,
    Question,
    QuestionSupport,
    RollCall,
    Speaker,
    VideoGround,
    Vote,
)
from meetings.presence.queries import attendance_of, video_ground_of, waiting_claims_of
from votes.models import OpenBallot

#: So many of one's own questions and supports are told.
_MOST = 500


def mine(meeting: Meeting, user: User) -> dict[str, Any]:
    """The person's own questions here, those that they support and their hand in a show of hands,
    for js/act.js, and what they have chosen in the open survey, for js/choose.js: four queries."""
    own = Question.objects.filter(meeting=meeting, author=user)
    supported = QuestionSupport.objects.filter(question__meeting=meeting, user=user)
    return {
        "own": dict.fromkeys(own.order_by("-pk").values_list("pk", flat=True)[:_MOST], True),
        "reactions": dict.fromkeys(
            supported.order_by("-pk").values_list("question_id", flat=True)[:_MOST], 1
        )
        | own_choice(meeting, user),
        "chosen": _chosen_answers(meeting, user),
    }


def _chosen_answers(meeting: Meeting, user: User) -> dict[int, Any]:
    """By poll, what they have chosen in what is asked of those present now."""
    asked = meeting.quick_polls.filter(closed_at=None).values("poll")
    cast = OpenBallot.objects.filter(
        poll__in=asked, voter_record__user=user, voter_record__organisation=None
    )
    return {
        ballot.poll_id: next(iter(ballot.choices.values()), "")
        for ballot in cast.only("poll_id", "choices")
    }


def own_unshown(meeting_id: int, user: User) -> list[Question]:
    """Their questions that nobody else reads: waiting, not shown, or merged. One query."""
    own = Question.objects.filter(meeting=meeting_id, author=user)
    unshown = own.exclude(state__in=Question.PUBLIC)
    return list(unshown.select_related("merged_into").order_by("-pk")[:20])


def own_hand(meeting: Meeting, user: User) -> Speaker | None:
    """Their raised hand on the current item: one query."""
    if meeting.current_item_id is None:
        return None
    waiting = Speaker.objects.filter(item=meeting.current_item_id, user=user)
    return waiting.filter(began_at=None, withdrawn_at=None).first()


def deputy_of(user: User) -> Deputy | None:
    """The deputy whose account this is: one query."""
    return Deputy.objects.filter(user=user).first() if user.is_authenticated else None


@dataclass(frozen=True, slots=True)
class OwnVote:
    """The open question to a deputy; ``choice``: their answer, "" for nothing yet.

    ``may_vote``: they sit in the body that is asked; ``replaced``: what the log says of it, where
    the secretary has entered another vote in place of theirs.
    """

    roll_call: RollCall
    choice: str
    may_vote: bool
    replaced: str = ""


def own_vote(meeting: Meeting, deputy: Deputy) -> OwnVote | None:
    """The open roll-call as it stands before a deputy; None while none is open. Three queries, and
    one where it was replaced."""
    roll_call = queries.open_roll_call_of(meeting)
    if roll_call is None:
        return None
    may_vote = queries.voters_of(roll_call, meeting).filter(pk=deputy.pk).exists()
    given = Vote.objects.filter(roll_call=roll_call, deputy=deputy).first()
    if given is None:
        return OwnVote(roll_call, "", may_vote)
    replaced = ""
    if given.entered == Vote.Entered.REPLACED:
        kind = LogEntry.Kind.VOTE_REPLACED
        told = LogEntry.objects.filter(kind=kind, roll_call=roll_call, deputy=deputy)
        replaced = told.order_by("-pk").values_list("words", flat=True).first() or ""
    return OwnVote(roll_call, given.choice, may_vote, replaced)


@dataclass(frozen=True, slots=True)
class OwnPresence:
    """Whether a deputy is noted as present, and what their page offers: ``waits``, their claim is
    not confirmed yet; ``ground``, the act by which they may take part by videoconference;
    ``others``, claims that they may confirm."""

    is_here: bool
    is_member: bool
    waits: bool
    ground: VideoGround | None
    others: Sequence[PresenceClaim]


def own_presence(meeting: Meeting, deputy: Deputy) -> OwnPresence:
    """The presence of a deputy as their page shows it: four queries at most."""
    is_here = deputy.pk in attendance_of(meeting)
    claims = list(waiting_claims_of(meeting))
    is_own = [claim.deputy_id == deputy.pk for claim in claims]
    others = [claim for claim in claims if claim.deputy_id != deputy.pk] if is_here else []
    return OwnPresence(
        is_here,
        is_here or queries.is_member(meeting, deputy),
        any(is_own),
        None if is_here else video_ground_of(meeting),
        others,
    )
