"""Special votes of a meeting, gathered for its page, its control page and its minutes: what the law
has beside an open roll-call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from meetings.models import Kind, Meeting
from meetings.paper_ballots.presenters import ADVISORY, ShownBallot
from meetings.paper_ballots.reading import ballots_of


@dataclass(frozen=True, slots=True)
class Special:
    """What a meeting has of them."""

    ballots: Sequence[ShownBallot] = ()

    @property
    def advisory(self) -> str | Promise:
        """That a poll on telephones is no secret ballot."""
        return ADVISORY

    def ballots_on(self, item_id: int) -> list[ShownBallot]:
        return [each for each in self.ballots if each.ballot.item_id == item_id]


def special_of(meeting: Meeting) -> Special:
    """Of a meeting of a body that was opened: one query of a session, else none."""
    if meeting.body_id is None or meeting.opened_at is None:
        return Special()
    is_session = meeting.kind == Kind.SESSION
    ballots = [ShownBallot.of(row) for row in ballots_of(meeting)] if is_session else []
    return Special(ballots)
