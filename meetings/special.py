"""Special votes of a meeting, gathered for its page, its control page and its minutes: what the law
has beside an open roll-call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from meetings.conflicts.reading import conflicts_of
from meetings.models import Conflict, Kind, Meeting
from meetings.paper_ballots.presenters import ADVISORY, ShownBallot
from meetings.paper_ballots.reading import ballots_of


@dataclass(frozen=True, slots=True)
class Special:
    """What a meeting has of them."""

    ballots: Sequence[ShownBallot] = ()
    conflicts: Sequence[Conflict] = ()

    @property
    def advisory(self) -> str | Promise:
        """That a poll on telephones is no secret ballot."""
        return ADVISORY

    def conflicts_on(self, item_id: int) -> list[Conflict]:
        return [each for each in self.conflicts if each.item_id == item_id]

    def ballots_on(self, item_id: int) -> list[ShownBallot]:
        return [each for each in self.ballots if each.ballot.item_id == item_id]


def special_of(meeting: Meeting) -> Special:
    """Of a meeting of a body: a query for conflicts, one for ballots of a session that was opened;
    of another none."""
    if meeting.body_id is None:
        return Special()
    conflicts = list(conflicts_of(meeting))
    votes_secretly = meeting.kind == Kind.SESSION and meeting.opened_at is not None
    ballots = [ShownBallot.of(row) for row in ballots_of(meeting)] if votes_secretly else []
    return Special(ballots, conflicts)
