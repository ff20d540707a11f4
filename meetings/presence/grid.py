"""The grid of members on the control page: a cell a member, for presence and for an open roll-call.

A tap posts the state that a cell takes next and is answered by that cell and the figures alone
(`meetings.control.answers`): docs/live.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise

from meetings.conflicts.queries import taking_no_part
from meetings.control.presenters import ShownMember, ShownRollCall
from meetings.models import Item, Meeting, VideoGround, Vote
from meetings.presence.queries import Attendance, video_ground_of
from meetings.presenters import VOTED

_Choice = Vote.Choice
#: What a tap on a vote makes of it: the unopposed first; to have none is no step of a tap, because
#: each vote that is taken back leaves a line in the log.
CYCLE = (_Choice.FOR, _Choice.AGAINST, _Choice.ABSTAINED, _Choice.NOT_VOTING)


def next_choice(choice: str) -> str:
    """The choice that a tap on a vote gives."""
    if choice not in CYCLE:
        return CYCLE[0]
    return CYCLE[(CYCLE.index(_Choice(choice)) + 1) % len(CYCLE)]


def short_name(name: str) -> str:
    """Surname and initials of «Surname Given Patronymic»; any other name as it is."""
    words = name.split()
    if len(words) != 3:
        return name
    return f"{words[0]} {words[1][0]}. {words[2][0]}."


@dataclass(frozen=True, slots=True)
class Cell:
    """A member in the grid: ``number`` is theirs for the whole meeting; ``choice``: their vote in
    the open roll-call, "" for none; ``votes``: whether it is theirs to vote in."""

    number: int
    pk: int
    name: str
    is_here: bool
    choice: str
    votes: bool
    #: They take part by videoconference.
    by_video: bool = False
    #: The vote is their own, which is only replaced.
    is_own: bool = False
    #: They have a conflict of interest on the item.
    has_conflict: bool = False

    @property
    def next_choice(self) -> str:
        return next_choice(self.choice)

    @property
    def has_left(self) -> bool:
        """They have voted and left: the vote stands."""
        return bool(self.choice) and not self.is_here

    @property
    def label(self) -> str | Promise:
        """Name of their vote."""
        return VOTED[_Choice(self.choice)] if self.choice else ""


@dataclass(frozen=True)
class Grid:
    """The members of a meeting's body in the order of their numbers, and the figures above them."""

    meeting: Meeting
    members: Sequence[ShownMember]
    roll_call: ShownRollCall | None
    attendance: Attendance

    @cached_property
    def video_ground(self) -> VideoGround | None:
        """The act by which members may take part by videoconference: one query."""
        return video_ground_of(self.meeting)

    @cached_property
    def no_part(self) -> set[int]:
        """Ids of members who take no part in the open roll-call: one query, while one is open."""
        if self.roll_call is None:
            return set()
        return taking_no_part(self.roll_call.roll_call.item_id)

    @cached_property
    def bundled(self) -> list[Item]:
        """The other items that the open roll-call decides: one query, while one is open."""
        if self.roll_call is None:
            return []
        rows = self.roll_call.roll_call.bundled.select_related("item")
        return [row.item for row in rows]

    @cached_property
    def cells(self) -> list[Cell]:
        shorts = Counter(short_name(member.deputy.name) for member in self.members)
        votes = self.roll_call.votes if self.roll_call else ()
        given = {vote.deputy.pk: vote for vote in votes}
        found = []
        for number, member in zip(self._numbers, self.members, strict=True):
            pk, name = member.deputy.pk, member.deputy.name
            # Two with the same initials are called by their whole names.
            shown = short if shorts[short := short_name(name)] == 1 else name
            vote = given.get(pk)
            found.append(
                Cell(
                    number,
                    pk,
                    shown,
                    member.is_here,
                    choice=vote.choice if vote else "",
                    votes=vote is not None,
                    by_video=member.by_video,
                    is_own=vote is not None and vote.is_own,
                    has_conflict=vote is not None and pk in self.no_part,
                )
            )
        return found

    @property
    def _numbers(self) -> Sequence[int]:
        """Those of their seats in the hall, as displays show them, where each member has one; else
        their places in this list."""
        seats = [member.seat_number for member in self.members if member.seat_number is not None]
        every = len(self.members)
        return seats if len(seats) == every else range(1, every + 1)

    @property
    def voting(self) -> list[Cell]:
        """Cells of those who take part in the open roll-call."""
        return [cell for cell in self.cells if cell.votes]

    def cell_of(self, deputy_pk: int) -> Cell | None:
        return next((cell for cell in self.cells if cell.pk == deputy_pk), None)

    @property
    def here(self) -> int:
        """Number of members present."""
        return self.attendance.present

    @property
    def here_numbers(self) -> str:
        """The numbers of those in the hall, as a button says what its page showed."""
        return " ".join(str(cell.number) for cell in self.cells if cell.is_here)

    @property
    def all_here(self) -> bool:
        """Whether nobody is left whom «all present» would note: it leaves out the head."""
        return all(member.is_here or member.is_head for member in self.members)

    @property
    def silent(self) -> int:
        """Number of those present with no vote yet in the open roll-call."""
        waiting = (cell for cell in self.voting if cell.is_here and not cell.has_conflict)
        return sum(not cell.choice for cell in waiting)
