"""Events of the press. Ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.domain.events import Event


@dataclass(frozen=True, slots=True)
class AccreditationEvent(Event):
    accreditation_id: int


@dataclass(frozen=True, slots=True)
class AccreditationAsked(AccreditationEvent):
    """A journalist applied; the address is not confirmed yet. ``network``: of the client that
    applied (core.web.client_ip.network_of); it is kept nowhere."""

    network: str | None = None


@dataclass(frozen=True, slots=True)
class AccreditationConfirmed(AccreditationEvent):
    """The address is theirs: an officer decides now."""


@dataclass(frozen=True, slots=True)
class AccreditationGranted(AccreditationEvent):
    """They are accredited for a term."""

    audited: ClassVar[bool] = True
    by_id: int


@dataclass(frozen=True, slots=True)
class AccreditationRefused(AccreditationEvent):
    """They are not, for a reason that they are told."""

    audited: ClassVar[bool] = True
    by_id: int


@dataclass(frozen=True, slots=True)
class AccreditationEnded(AccreditationEvent):
    """An officer ended it before its term."""

    audited: ClassVar[bool] = True
    by_id: int


@dataclass(frozen=True, slots=True)
class AccreditationErased(AccreditationEvent):
    """The journalist withdrew their consent: nothing of it is kept."""

    audited: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class PressMailsStopped(AccreditationEvent):
    """They want no invitations any more."""


@dataclass(frozen=True, slots=True)
class PressMailsWanted(AccreditationEvent):
    """They want invitations again."""


@dataclass(frozen=True, slots=True)
class PressAttendanceSaid(AccreditationEvent):
    """They come to a press conference, or do not."""

    meeting_id: int


@dataclass(frozen=True, slots=True)
class PressInvited(Event):
    """Those accredited, and not invited yet, are invited to a press conference."""

    audited: ClassVar[bool] = True
    meeting_id: int
    by_id: int
