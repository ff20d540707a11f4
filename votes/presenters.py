"""Presenters: polls, questions and votes with the values that pages show of them.

A template gets the model as ``poll`` and its presenter as ``shown``; a list holds presenters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypedDict

from votes import methods
from votes.models import Option, Poll, Question, SecretVoterRecord, State, VoterRecord

if TYPE_CHECKING:
    from django.utils.functional import Promise
    from django_stubs_ext import WithAnnotations

#: How each state looks (components/status_tag.html).
STATUS = {
    State.DRAFT: "waiting",
    State.SCHEDULED: "soon",
    State.OPEN: "open",
    State.CLOSED: "closed",
    State.PUBLISHED: "done",
    State.CANCELLED: "stop",
}


class ForPage(TypedDict):
    """Facts read by votes.pages.for_page with a poll."""

    now: datetime
    seq: int


type PollRow = WithAnnotations[Poll, ForPage]


@dataclass(frozen=True, slots=True)
class ShownPoll:
    """A poll as it stands at ``now``; ``seq``: the counter of its live topic."""

    poll: Poll
    now: datetime
    seq: int = 0

    @classmethod
    def of(cls, row: PollRow) -> ShownPoll:
        """Present a row of votes.pages.for_page."""
        return cls(row, row.now, row.seq)

    def context(self, **more: Any) -> dict[str, Any]:
        """The context of a template about this poll."""
        return {"poll": self.poll, "shown": self, **more}

    @property
    def state(self) -> State:
        return self.poll.state_at(self.now)

    @property
    def state_kind(self) -> str:
        return STATUS[self.state]

    @property
    def state_label(self) -> str | Promise:
        return self.state.label

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def changes_at(self) -> datetime | None:
        """From when its pages are others although nothing happens: it opens, or it closes."""
        moments = {State.SCHEDULED: self.poll.opens_at, State.OPEN: self.poll.closes_at}
        return moments.get(self.state)


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question with its options in their order."""

    question: Question
    options: list[Option]

    @property
    def sentence(self) -> str:
        """Instruction for answering, and the way of counting."""
        return methods.sentence(self.question)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A ballot's answer to one question, in lines of words."""

    question: Question
    lines: list[str]


@dataclass(frozen=True, slots=True)
class OwnVote:
    """A poll in which a person has voted; of an open ballot that can be told, what it says
    to each question."""

    record: VoterRecord | SecretVoterRecord
    shown: ShownPoll
    chosen: Sequence[Chosen]

    @property
    def has_one_question(self) -> bool:
        return len(self.chosen) == 1


@dataclass(frozen=True, slots=True)
class WaitingPoll:
    """A poll that waits at the desk: for its results, or for a second person at ``sheets``."""

    shown: ShownPoll
    sheets: int
    due_at: datetime

    @property
    def is_late(self) -> bool:
        return self.due_at <= self.shown.now
