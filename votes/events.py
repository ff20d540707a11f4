"""Events of polls. Ids only.

Casting a vote in a secret poll emits nothing, and in an open one nothing that anybody watches:
writers insert rows, and whoever watches counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.domain.events import Event


@dataclass(frozen=True, slots=True)
class PollEvent(Event):
    """Something happened to a poll; ``by_id`` is None when a job found it. All are audited but what
    the clock alone does."""

    audited: ClassVar[bool] = True
    poll_id: int
    by_id: int | None


@dataclass(frozen=True, slots=True)
class PollCreated(PollEvent):
    """Somebody began to prepare it."""


@dataclass(frozen=True, slots=True)
class PollChanged(PollEvent):
    """Its description or questions were edited, before it opened."""


@dataclass(frozen=True, slots=True)
class PollScheduled(PollEvent):
    """It was announced, with its dates."""


@dataclass(frozen=True, slots=True)
class PollOpened(PollEvent):
    """Its first moment has come and its electorate is frozen; told once."""

    audited: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class PollExtended(PollEvent):
    extension_id: int


@dataclass(frozen=True, slots=True)
class PollClosedEarly(PollEvent):
    """Somebody closed a quick poll before its time; PollClosed follows."""


@dataclass(frozen=True, slots=True)
class PollClosed(PollEvent):
    """Its last moment is over; told once, by whoever finds it first."""

    audited: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class ResultsPublished(PollEvent):
    """Its ballots were counted, and what they give is for everybody."""


@dataclass(frozen=True, slots=True)
class PollCancelled(PollEvent):
    """It was called off."""


@dataclass(frozen=True, slots=True)
class KeeperAdded(PollEvent):
    """The public half of a key of a secret poll was written down; ``by_id`` is None for the
    server's own."""

    keeper_id: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class KeeperProved(PollEvent):
    """A keeper opened something with the saved file."""

    keeper_id: int


@dataclass(frozen=True, slots=True)
class KeeperRemoved(PollEvent):
    """A key was discarded before the announcement."""

    keeper_id: int


@dataclass(frozen=True, slots=True)
class OpeningBegun(PollEvent):
    """Somebody brought a keeper's key after the close: from now on no box changes."""


@dataclass(frozen=True, slots=True)
class BallotsOpened(PollEvent):
    """The boxes of a secret poll were opened and emptied."""


@dataclass(frozen=True, slots=True)
class PaperBallotEntered(PollEvent):
    paper_ballot_id: int


@dataclass(frozen=True, slots=True)
class PaperBallotConfirmed(PollEvent):
    paper_ballot_id: int


@dataclass(frozen=True, slots=True)
class TextShown(PollEvent):
    """A moderator let the words of a ballot through."""

    text_id: int


@dataclass(frozen=True, slots=True)
class TextHidden(PollEvent):
    """A moderator keeps the words of a ballot from others."""

    text_id: int


@dataclass(frozen=True, slots=True)
class PaperBallotWithdrawn(PollEvent):
    """Whoever had typed a sheet took it back before anybody else had typed it."""

    paper_ballot_id: int


@dataclass(frozen=True, slots=True)
class SheetHanded(PollEvent):
    """Somebody on the list of an open poll was given a sheet, and votes by it alone."""

    invitation_id: int


@dataclass(frozen=True, slots=True)
class SheetTakenBack(PollEvent):
    """Somebody's sheet came back empty: they may vote here again."""

    invitation_id: int


@dataclass(frozen=True, slots=True)
class ListChanged(PollEvent):
    """People were put on the list of those who may vote, or taken off, before it was announced."""


@dataclass(frozen=True, slots=True)
class CodesPrinted(PollEvent):
    """Somebody holds the codes of these lines on paper; the codes that they had before are void."""

    invitation_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CodesVoided(PollEvent):
    """All codes on paper of the poll open nothing any more."""


@dataclass(frozen=True, slots=True)
class OpenBallotCast(Event):
    """Somebody voted in their own name in an open poll, or voted anew.

    Neither audited nor watched: it lets them follow the poll (notifications). A secret poll has no
    such event (docs/adr/0024).
    """

    poll_id: int
    user_id: int
