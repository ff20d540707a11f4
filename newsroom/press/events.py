"""Events of the press. Ids only."""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class AccreditationEvent(Event):
    accreditation_id: int


class AccreditationAsked(AccreditationEvent):
    """A journalist applied; the address is not confirmed yet. ``network``: of the client that
    applied (core.web.client_ip.network_of); it is kept nowhere."""

    network: str | None = None


class AccreditationConfirmed(AccreditationEvent):
    """The address is theirs: an officer decides now."""


class AccreditationGranted(AccreditationEvent):
    """They are accredited for a term."""

    audited: ClassVar[bool] = True
    by_id: int


class AccreditationRefused(AccreditationEvent):
    """They are not, for a reason that they are told."""

    audited: ClassVar[bool] = True
    by_id: int


class AccreditationEnded(AccreditationEvent):
    """An officer ended it before its term."""

    audited: ClassVar[bool] = True
    by_id: int


class AccreditationErased(AccreditationEvent):
    """The journalist withdrew their consent: nothing of it is kept."""

    audited: ClassVar[bool] = True


class PressMailsStopped(AccreditationEvent):
    """They want no invitations any more."""


class PressMailsWanted(AccreditationEvent):
    """They want invitations again."""


class PressReleasesWanted(AccreditationEvent):
    """They agreed to get press releases."""


class PressReleasesStopped(AccreditationEvent):
    """They took back the consent to get press releases."""


class PressAttendanceSaid(AccreditationEvent):
    """They come to a press conference, or do not."""

    meeting_id: int


class PressInvited(Event):
    """Those accredited, and not invited yet, are invited to a press conference."""

    audited: ClassVar[bool] = True
    meeting_id: int
    by_id: int
