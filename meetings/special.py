"""Special votes of a meeting, gathered for its page, its control page and its minutes: what the law
has beside an open roll-call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from meetings.amendments.reading import amended_items
from meetings.conflicts.reading import conflicts_of
from meetings.models import Conflict, Item, Kind, Meeting
from meetings.paper_ballots.presenters import ADVISORY, ShownBallot
from meetings.paper_ballots.reading import ballots_of
from meetings.stopped.reading import ShownStop, stops_of


@dataclass(frozen=True, slots=True)
class Special:
    """What a meeting has of them."""

    ballots: Sequence[ShownBallot] = ()
    conflicts: Sequence[Conflict] = ()
    #: Items with the number of their amendments.
    amended: Sequence[tuple[Item, int]] = ()
    stops: Sequence[ShownStop] = ()

    @property
    def advisory(self) -> str | Promise:
        """That a poll on telephones is no secret ballot."""
        return ADVISORY

    def conflicts_on(self, item_id: int) -> list[Conflict]:
        return [each for each in self.conflicts if each.item_id == item_id]

    def ballots_on(self, item_id: int) -> list[ShownBallot]:
        return [each for each in self.ballots if each.ballot.item_id == item_id]


def special_of(meeting: Meeting) -> Special:
    """Of a meeting of a body: a query for conflicts, one for amendments; of a session that was
    opened one for ballots and those of ``stops_of``; of another none."""
    if meeting.body_id is None:
        return Special()
    conflicts = list(conflicts_of(meeting))
    is_opened_session = meeting.kind == Kind.SESSION and meeting.opened_at is not None
    amended = amended_items(meeting)
    if not is_opened_session:
        return Special(conflicts=conflicts, amended=amended)
    ballots = [ShownBallot.of(row) for row in ballots_of(meeting)]
    return Special(ballots, conflicts, amended, stops_of(meeting))
