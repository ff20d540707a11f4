"""Events of amendments, with ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from meetings.events import MeetingEvent


@dataclass(frozen=True, slots=True)
class AmendmentEvent(MeetingEvent):
    audited: ClassVar[bool] = True
    item_id: int
    amendment_id: int


@dataclass(frozen=True, slots=True)
class AmendmentEntered(AmendmentEvent):
    pass


@dataclass(frozen=True, slots=True)
class AmendmentWithdrawn(AmendmentEvent):
    pass


@dataclass(frozen=True, slots=True)
class AmendmentMarked(AmendmentEvent):
    """It can stand beside others to its clause, or cannot any more."""


@dataclass(frozen=True, slots=True)
class AmendmentPutToVote(AmendmentEvent):
    roll_call_id: int


@dataclass(frozen=True, slots=True)
class AdoptedTextEvent(MeetingEvent):
    audited: ClassVar[bool] = True
    item_id: int
    version_id: int


@dataclass(frozen=True, slots=True)
class AdoptedTextComposed(AdoptedTextEvent):
    """A preview was composed of the amendments adopted; nobody but the staff reads it."""


@dataclass(frozen=True, slots=True)
class AdoptedTextPublished(AdoptedTextEvent):
    pass
