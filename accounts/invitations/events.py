"""Events of invitations to work for the council. Ids only; each leaves a trace."""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class StaffInvitationEvent(Event):
    audited: ClassVar[bool] = True
    invitation_id: int
    by_id: int | None


class StaffInvited(StaffInvitationEvent):
    """A role waits for whoever signs in with an address."""


class StaffInvitationRevoked(StaffInvitationEvent):
    """Its link works no more."""


class StaffInvitationAccepted(StaffInvitationEvent):
    """``by_id`` holds the role from now on (``grant_id``)."""

    grant_id: int
