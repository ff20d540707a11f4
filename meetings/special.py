"""Special votes of a meeting, gathered for its page, its control page and its minutes: what the law
has beside an open roll-call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise

from meetings.amendments.queries import amended_items
from meetings.conflicts.queries import conflicts_of
from meetings.models import Amendment, Conflict, Item, Meeting, PaperBallot
from meetings.paper_ballots.presenters import ADVISORY, ShownBallot
from meetings.paper_ballots.queries import ballots_of
from meetings.stopped.queries import ShownStop, stops_about, stops_of


@dataclass(frozen=True, slots=True)
class Special:
    """Special votes of a meeting."""

    ballots: Sequence[ShownBallot] = ()
    conflicts: Sequence[Conflict] = ()
    #: Items with the number of their amendments.
    amended: Sequence[tuple[Item, int]] = ()
    stops: Sequence[ShownStop] = ()

    @property
    def advisory(self) -> str | Promise:
        """Note that a poll on telephones is no secret ballot."""
        return ADVISORY

    def conflicts_on(self, item_id: int) -> list[Conflict]:
        return [each for each in self.conflicts if each.item_id == item_id]

    def ballots_on(self, item_id: int) -> list[ShownBallot]:
        return [each for each in self.ballots if each.ballot.item_id == item_id]


def special_of(meeting: Meeting) -> Special:
    """Special votes of a body's meeting: one query, and those of what there is; of another none."""
    if meeting.body_id is None:
        return Special()
    has_conflicts, has_amendments, has_ballots, has_stops = _what_is_there(meeting)
    return Special(
        ballots=[ShownBallot.of(row) for row in ballots_of(meeting)] if has_ballots else (),
        conflicts=list(conflicts_of(meeting)) if has_conflicts else (),
        amended=amended_items(meeting) if has_amendments else (),
        stops=stops_of(meeting) if has_stops and meeting.opened_at is not None else (),
    )


def _what_is_there(meeting: Meeting) -> tuple[bool, bool, bool, bool]:
    """Whether it has conflicts, amendments, ballots, stopped decisions: one query."""
    flags = (
        Exists(Conflict.objects.filter(item__meeting=OuterRef("pk"), withdrawn_at=None)),
        Exists(Amendment.objects.filter(item__meeting=OuterRef("pk"))),
        Exists(PaperBallot.objects.filter(item__meeting=OuterRef("pk"))),
        Exists(stops_about(meeting)),
    )
    row: tuple[bool, bool, bool, bool] = (
        Meeting.objects.filter(pk=meeting.pk).values_list(*flags).get()
    )
    return row
