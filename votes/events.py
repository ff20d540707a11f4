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
    """Something happened to a poll; ``by_id`` is None when a job found it."""

    poll_id: int
    by_id: int | None


@dataclass(frozen=True, slots=True)
class PollCreated(PollEvent):
    audited: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class PollChanged(PollEvent):
    """Its description or questions were edited, before it opened."""

    audited: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class PollScheduled(PollEvent):
    audited: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class PollOpened(PollEvent):
    """Its first moment has come and its electorate is frozen; told once."""


@dataclass(frozen=True, slots=True)
class PollExtended(PollEvent):
    audited: ClassVar[bool] = True
    extension_id: int


@dataclass(frozen=True, slots=True)
class PollClosedEarly(PollEvent):
    """Somebody closed a quick poll before its time; PollClosed follows."""

    audited: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class PollClosed(PollEvent):
    """Its last moment is over; told once, by whoever finds it first."""


@dataclass(frozen=True, slots=True)
class ResultsPublished(PollEvent):
    audited: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class PollCancelled(PollEvent):
    audited: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class KeeperAdded(PollEvent):
    """The public half of a key of a secret poll was written down; ``by_id`` is None for the
    server's own."""

    audited: ClassVar[bool] = True
    keeper_id: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class KeeperProved(PollEvent):
    """A keeper opened something with the saved file."""

    audited: ClassVar[bool] = True
    keeper_id: int


@dataclass(frozen=True, slots=True)
class KeeperRemoved(PollEvent):
    """A key was discarded before the announcement."""

    audited: ClassVar[bool] = True
    keeper_id: int


@dataclass(frozen=True, slots=True)
class OpeningBegun(PollEvent):
    """Somebody brought a keeper's key after the close: from now on no box changes."""

    audited: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class BallotsOpened(PollEvent):
    """The boxes of a secret poll were opened and emptied."""

    audited: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class PaperBallotEntered(PollEvent):
    audited: ClassVar[bool] = True
    paper_ballot_id: int


@dataclass(frozen=True, slots=True)
class PaperBallotConfirmed(PollEvent):
    audited: ClassVar[bool] = True
    paper_ballot_id: int


@dataclass(frozen=True, slots=True)
class TextShown(PollEvent):
    """A moderator let the words of a ballot through."""

    audited: ClassVar[bool] = True
    text_id: int


@dataclass(frozen=True, slots=True)
class TextHidden(PollEvent):
    """A moderator keeps the words of a ballot from others."""

    audited: ClassVar[bool] = True
    text_id: int


@dataclass(frozen=True, slots=True)
class PaperBallotWithdrawn(PollEvent):
    """Whoever had typed a sheet took it back before anybody else had typed it."""

    audited: ClassVar[bool] = True
    paper_ballot_id: int


@dataclass(frozen=True, slots=True)
class SheetHanded(PollEvent):
    """Somebody on the list of an open poll was given a sheet, and votes by it alone."""

    audited: ClassVar[bool] = True
    invitation_id: int


@dataclass(frozen=True, slots=True)
class SheetTakenBack(PollEvent):
    """Somebody's sheet came back empty: they may vote here again."""

    audited: ClassVar[bool] = True
    invitation_id: int


@dataclass(frozen=True, slots=True)
class ListChanged(PollEvent):
    """People were put on the list of those who may vote, or taken off, before it was announced."""

    audited: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class CodesPrinted(PollEvent):
    """Somebody holds the codes of these lines on paper; the codes that they had before are void."""

    audited: ClassVar[bool] = True
    invitation_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CodesVoided(PollEvent):
    """All codes on paper of the poll open nothing any more."""

    audited: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class OpenBallotCast(Event):
    """Somebody voted in their own name in an open poll, or voted anew.

    Neither audited nor watched: it lets them follow the poll (notifications). A secret poll has no
    such event (docs/adr/0024).
    """

    poll_id: int
    user_id: int
