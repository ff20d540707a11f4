"""Presenters of the control page: what goes on in a meeting, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from meetings.hall.pages import HallInControl
from meetings.models import (
    Deputy,
    Item,
    LogEntry,
    Meeting,
    PresenceClaim,
    Question,
    RollCall,
    Speaker,
    State,
    Vote,
)
from meetings.pauses.suspended import is_waiting
from meetings.pauses.words import words_of
from meetings.presence.queries import Attendance
from meetings.presenters import VOTED
from meetings.quickpolls.pages import ShownQuickPoll
from meetings.rollcalls.majority import Result, result_of, votes_needed
from meetings.speakers.queries import ItemClock, Total
from meetings.special import Special

if TYPE_CHECKING:
    from meetings.presence.grid import Grid

_Choice = Vote.Choice


@dataclass(frozen=True, slots=True)
class ShownMember:
    """A member of the body that meets, and whether they are in the hall."""

    deputy: Deputy
    is_here: bool
    is_head: bool
    by_video: bool = False
    #: Of the seat in the hall, where it has one.
    seat_number: int | None = None


@dataclass(frozen=True, slots=True)
class ShownVote:
    """A member in a roll-call with what they have chosen: "" for nothing yet."""

    deputy: Deputy
    is_here: bool
    choice: str
    #: The deputy's own, which the secretary only replaces.
    is_own: bool = False

    @property
    def label(self) -> str | Promise:
        """Text beside their name."""
        return VOTED[_Choice(self.choice)] if self.choice else ""


@dataclass(frozen=True, slots=True)
class ShownRollCall:
    """A roll-call, what it comes to, and while it is open its members with their votes."""

    roll_call: RollCall
    result: Result
    votes: Sequence[ShownVote]

    @classmethod
    def of(cls, roll_call: RollCall, members: Sequence[ShownMember]) -> ShownRollCall:
        """Present a row of meetings.queries.roll_calls_of and the members of the meeting."""
        given = {vote.deputy_id: vote.choice for vote in roll_call.votes.all()}
        own = {vote.deputy_id for vote in roll_call.votes.all() if vote.entered in Vote.OWN}
        votes = [
            ShownVote(
                member.deputy,
                member.is_here,
                given.get(member.deputy.pk, ""),
                is_own=member.deputy.pk in own,
            )
            for member in members
            if roll_call.closed_at is None and (roll_call.counts_head or not member.is_head)
        ]
        return cls(roll_call, result_of(roll_call, given.values()), votes)

    @property
    def is_open(self) -> bool:
        return self.roll_call.closed_at is None

    @property
    def is_annulled(self) -> bool:
        return self.result.is_annulled

    @property
    def may_be_repeated(self) -> bool:
        """Whether it is annulled and nothing repeats it yet."""
        annulled = self.roll_call.annulled
        return annulled is not None and annulled.repeated_by_id is None

    @property
    def needed(self) -> int:
        """Number of votes for it that are needed: while it is open, by the number in the
        hall now.
        """
        if not self.is_open:
            return self.result.needed
        present = sum(vote.is_here or bool(vote.choice) for vote in self.votes)
        return votes_needed(
            self.roll_call.needs, membership=self.roll_call.membership, present=present
        )

    @property
    def given(self) -> int:
        """Number of votes so far."""
        return sum(bool(vote.choice) for vote in self.votes)


@dataclass(frozen=True, slots=True)
class ShownLog:
    """An entry of the log: when, what, and of which thing or person."""

    at: datetime
    words: str | Promise
    about: str

    @classmethod
    def of(cls, entry: LogEntry) -> ShownLog:
        person, asked = entry.speaker or entry.deputy, entry.poll or entry.show_of_hands
        about = entry.question or person or entry.roll_call or asked or entry.item
        words = words_of(entry, str(about) if about else entry.words)
        return cls(entry.at, LogEntry.Kind(entry.kind).label, words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A meeting as who runs it sees it at ``now``; ``seq``: the counter of its live topic."""

    meeting: Meeting
    now: datetime
    seq: int
    items: Sequence[Item]
    current: Item | None
    speaking: Speaker | None
    waiting_speakers: Sequence[Speaker]
    roll_calls: Sequence[ShownRollCall]
    members: Sequence[ShownMember]
    attendance: Attendance
    grid: Grid
    #: Who says on their telephone that they are here.
    claims: Sequence[PresenceClaim]
    waiting_questions: Sequence[Question]
    shown_questions: Sequence[Question]
    waiting_count: int
    shown_count: int
    live_question: Question | None
    log: Sequence[ShownLog]
    hall: HallInControl
    #: The last survey of those present, and how many have voted in it while it is open.
    quick_poll: ShownQuickPoll | None
    polled: int | None
    special: Special
    #: What an undoing would undo; the time set aside for the item; who has spoken how long.
    last_step: LogEntry | None = None
    item_clock: ItemClock | None = None
    totals: Sequence[Total] = ()

    @property
    def state(self) -> State:
        return self.meeting.state_at(self.now)

    @property
    def state_label(self) -> str | Promise:
        return self.state.label

    @property
    def is_running(self) -> bool:
        return self.meeting.is_running

    @property
    def following(self) -> Item | None:
        """The next planned item after the current one."""
        order = self.current.order if self.current else 0
        planned = (item for item in self.items if item.state == Item.State.PLANNED)
        return next((item for item in planned if item.order > order), None)

    @property
    def open_roll_call(self) -> ShownRollCall | None:
        return next((each for each in self.roll_calls if each.is_open), None)

    @property
    def closed_roll_calls(self) -> list[ShownRollCall]:
        return [each for each in self.roll_calls if not each.is_open]

    @property
    def is_polling(self) -> bool:
        return self.quick_poll is not None and self.quick_poll.is_open

    @property
    def here(self) -> int:
        """Number of members in the hall."""
        return self.attendance.present

    @property
    def membership(self) -> int:
        """The total that the quorum is counted of: with the head of the city when they are here."""
        return self.attendance.total

    @property
    def has_quorum(self) -> bool:
        return self.attendance.has_quorum

    @property
    def held_question(self) -> Question | None:
        """The question that is kept from the displays by its delay."""
        due_at = self.meeting.question_due_at
        return self.live_question if due_at is not None and self.now < due_at else None

    @property
    def step_label(self) -> str | Promise:
        """Name of the last step."""
        return LogEntry.Kind(self.last_step.kind).label if self.last_step else ""

    @property
    def step_about(self) -> str:
        """The thing or person that it named."""
        return ShownLog.of(self.last_step).about if self.last_step else ""

    @property
    def has_suspended(self) -> bool:
        """Whether a roll-call waits for the end of the pause."""
        return is_waiting(self.meeting.pause)

    @property
    def seen_item(self) -> int | str:
        """The current item of the page, sent by its buttons."""
        return self.current.pk if self.current else ""

    @property
    def seen_speaker(self) -> int | str:
        return self.speaking.pk if self.speaking else ""

    @property
    def seen_live(self) -> int | str:
        return self.live_question.pk if self.live_question else ""

    @property
    def summary(self) -> str:
        """The present state in a sentence, which is said aloud when it changes."""
        parts: list[Any] = [self.state_label]
        if self.current:
            facts = {"order": self.current.order, "title": self.current.title}
            parts.append(_("item %(order)s: %(title)s") % facts)
        if self.speaking:
            parts.append(_("%(name)s has the floor") % {"name": self.speaking.name_shown})
        if self.open_roll_call:
            parts.append(_("a roll-call is open"))
        if self.hall.open_hands:
            parts.append(_("a show of hands is open"))
        if self.is_polling:
            parts.append(_("a survey of those present is open"))
        if self.meeting.pause:
            parts.append(self.meeting.pause.get_kind_display())
        if self.meeting.is_blank:
            parts.append(_("the displays are blank"))
        return "; ".join(str(part) for part in parts) + "."
