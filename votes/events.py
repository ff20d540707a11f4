"""Events of polls. Ids only.

Casting a vote in a secret poll emits nothing, and in an open one nothing that anybody watches:
writers insert rows, and whoever watches counts.
"""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class PollEvent(Event):
    """Something happened to a poll; ``by_id`` is None when a job found it. All are audited but what
    the clock alone does."""

    audited: ClassVar[bool] = True
    poll_id: int
    by_id: int | None


class PollCreated(PollEvent):
    """Somebody began to prepare it."""


class PollChanged(PollEvent):
    """Its description or questions were edited, before it opened."""


class PollScheduled(PollEvent):
    """It was announced, with its dates."""


class PollOpened(PollEvent):
    """Its first moment has come and its electorate is frozen; told once."""

    audited: ClassVar[bool] = False


class PollExtended(PollEvent):
    extension_id: int


class PollClosedEarly(PollEvent):
    """Somebody closed a quick poll before its time; PollClosed follows."""


class PollClosed(PollEvent):
    """Its last moment is over; told once, by whoever finds it first."""

    audited: ClassVar[bool] = False


class ResultsPublished(PollEvent):
    """Its ballots were counted, and what they give is for everybody."""


class PollCancelled(PollEvent):
    """It was called off."""


class KeeperAdded(PollEvent):
    """The public half of a key of a secret poll was written down; ``by_id`` is None for the
    server's own."""

    keeper_id: int
    fingerprint: str


class KeeperProved(PollEvent):
    """A keeper opened something with the saved file."""

    keeper_id: int


class KeeperRemoved(PollEvent):
    """A key was discarded before the announcement."""

    keeper_id: int


class OpeningBegun(PollEvent):
    """Somebody brought a keeper's key after the close: from now on no box changes."""


class BallotsOpened(PollEvent):
    """The boxes of a secret poll were opened and emptied."""


class PaperBallotEntered(PollEvent):
    paper_ballot_id: int


class PaperBallotConfirmed(PollEvent):
    paper_ballot_id: int


class TextShown(PollEvent):
    """A moderator let the words of a ballot through."""

    text_id: int


class TextHidden(PollEvent):
    """A moderator keeps the words of a ballot from others."""

    text_id: int


class PaperBallotWithdrawn(PollEvent):
    """Whoever had typed a sheet took it back before anybody else had typed it."""

    paper_ballot_id: int


class SheetHanded(PollEvent):
    """Somebody on the list of an open poll was given a sheet, and votes by it alone."""

    invitation_id: int


class SheetTakenBack(PollEvent):
    """Somebody's sheet came back empty: they may vote here again."""

    invitation_id: int


class ListChanged(PollEvent):
    """People were put on the list of those who may vote, or taken off, before it was announced."""


class CodesPrinted(PollEvent):
    """Somebody holds the codes of these lines on paper; the codes that they had before are void."""

    invitation_ids: tuple[int, ...]


class CodesVoided(PollEvent):
    """All codes on paper of the poll open nothing any more."""


class OpenBallotCast(Event):
    """Somebody voted in their own name in an open poll, or voted anew.

    Neither audited nor watched: it lets them follow the poll (notifications). A secret poll has no
    such event (docs/adr/0024).
    """

    poll_id: int
    user_id: int
