"""Events of amendments, with ids only."""

from __future__ import annotations

from typing import ClassVar

from meetings.events import MeetingEvent


class AmendmentEvent(MeetingEvent):
    audited: ClassVar[bool] = True
    item_id: int
    amendment_id: int


class AmendmentEntered(AmendmentEvent):
    pass


class AmendmentWithdrawn(AmendmentEvent):
    pass


class AmendmentMarked(AmendmentEvent):
    """It can stand beside others to its clause, or cannot any more."""


class AmendmentPutToVote(AmendmentEvent):
    roll_call_id: int


class AdoptedTextEvent(MeetingEvent):
    audited: ClassVar[bool] = True
    item_id: int
    version_id: int


class AdoptedTextComposed(AdoptedTextEvent):
    """A preview was composed of the amendments adopted; nobody but the staff reads it."""


class AdoptedTextPublished(AdoptedTextEvent):
    pass
