"""Events of organisations and of those who act for them. Ids only."""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class OrganisationEvent(Event):
    """Something happened to ``organisation_id``; ``by_id`` is None for a command or a job."""

    audited: ClassVar[bool] = True
    organisation_id: int
    by_id: int | None


class OrganisationRegistered(OrganisationEvent):
    """Somebody says that it is theirs; nobody has checked it."""


class OrganisationConfirmed(OrganisationEvent):
    """From now on its people may act for it."""


class OrganisationRefused(OrganisationEvent):
    """The office could not confirm it; the reason is in the row."""


class OrganisationOvertaken(OrganisationEvent):
    """Another claim to its code was confirmed (``confirmed_id``): this one is closed."""

    confirmed_id: int


class ClaimJoined(Event):
    """``user_id``, two accounts until now, had two claims to one code: ``organisation_id`` is
    closed in favour of ``kept_organisation_id``."""

    organisation_id: int
    kept_organisation_id: int
    user_id: int


class OrganisationChanged(OrganisationEvent):
    """The organisation's description of itself has changed."""


class ContactReplaced(OrganisationEvent):
    """Whoever gave its contact is gone: that of ``head_id`` took the place, or None did."""

    head_id: int | None


class OrganisationClosed(OrganisationEvent):
    """Nobody may act for it any more; its words stay."""


class AmendmentAsked(OrganisationEvent):
    """A confirmed organisation asks to be called or found otherwise."""

    amendment_id: int


class AmendmentDecided(OrganisationEvent):
    """The office looked at it; the row says how."""

    amendment_id: int


class LetterAsked(OrganisationEvent):
    """A letter with a code is to be printed."""

    letter_id: int


class LetterPrinted(OrganisationEvent):
    letter_id: int


class InvitationSent(OrganisationEvent):
    invitation_id: int


class InvitationWithdrawn(OrganisationEvent):
    invitation_id: int


class MandateEvent(Event):
    """Something happened to what ``user_id`` may do for ``organisation_id``."""

    audited: ClassVar[bool] = True
    mandate_id: int
    organisation_id: int
    user_id: int
    by_id: int | None


class MandateGranted(MandateEvent):
    pass


class MandateChanged(MandateEvent):
    """``mandate_id`` took the place of ``replaced_id``: other scopes or another end."""

    replaced_id: int


class MandateRevoked(MandateEvent):
    """Nothing more may be done under it, from this moment. Who leaves revokes their own."""
