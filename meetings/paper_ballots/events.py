"""Events of secret ballots on paper, with ids only: none says how anybody voted."""

from __future__ import annotations

from typing import ClassVar

from meetings.events import MeetingEvent


class PaperBallotEvent(MeetingEvent):
    audited: ClassVar[bool] = True
    ballot_id: int


class PaperBallotOpened(PaperBallotEvent):
    pass


class BallotIssued(PaperBallotEvent):
    """A member received a ballot of paper."""

    deputy_id: int


class BallotTakenBack(PaperBallotEvent):
    """The mark was a mistake: the member received none, or gave it back."""

    deputy_id: int


class PaperBallotSealed(PaperBallotEvent):
    """Nobody receives a ballot any more: the commission counts."""


class ProtocolEntered(PaperBallotEvent):
    """A member of the commission has entered its figures, or corrected them."""

    deputy_id: int


class PaperBallotCounted(PaperBallotEvent):
    """Two members have entered the same figures."""


class PaperBallotScanned(PaperBallotEvent):
    """The signed protocol was added."""


class PaperBallotPublished(PaperBallotEvent):
    pass


class PaperBallotCancelled(PaperBallotEvent):
    pass
