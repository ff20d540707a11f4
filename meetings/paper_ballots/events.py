"""Events of secret ballots on paper, with ids only: none says how anybody voted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from meetings.events import MeetingEvent


@dataclass(frozen=True, slots=True)
class PaperBallotEvent(MeetingEvent):
    audited: ClassVar[bool] = True
    ballot_id: int


@dataclass(frozen=True, slots=True)
class PaperBallotOpened(PaperBallotEvent):
    pass


@dataclass(frozen=True, slots=True)
class BallotIssued(PaperBallotEvent):
    """A member received a ballot of paper."""

    deputy_id: int


@dataclass(frozen=True, slots=True)
class BallotTakenBack(PaperBallotEvent):
    """The mark was a mistake: the member received none, or gave it back."""

    deputy_id: int


@dataclass(frozen=True, slots=True)
class PaperBallotSealed(PaperBallotEvent):
    """Nobody receives a ballot any more: the commission counts."""


@dataclass(frozen=True, slots=True)
class ProtocolEntered(PaperBallotEvent):
    """A member of the commission has entered its figures, or corrected them."""

    deputy_id: int


@dataclass(frozen=True, slots=True)
class PaperBallotCounted(PaperBallotEvent):
    """Two members have entered the same figures."""


@dataclass(frozen=True, slots=True)
class PaperBallotScanned(PaperBallotEvent):
    """The signed protocol was added."""


@dataclass(frozen=True, slots=True)
class PaperBallotPublished(PaperBallotEvent):
    pass


@dataclass(frozen=True, slots=True)
class PaperBallotCancelled(PaperBallotEvent):
    pass
