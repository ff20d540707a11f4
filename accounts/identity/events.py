"""Events of checks of identity. Ids only; each leaves a trace."""

from __future__ import annotations

from typing import ClassVar

from accounts.events import UserEvent
from core.domain.events import Event


class IdentityEvent(UserEvent):
    verification_id: int


class IdentityVerified(IdentityEvent):
    """Somebody's identity is checked, until the check expires. ``by_id``: the officer, or None."""


class IdentityEnded(IdentityEvent):
    """A check counts no more: another took its place, or the person took it back."""


class IdentityExpiring(IdentityEvent):
    """The check runs out soon. Once for each check."""


class AccountsMerged(Event):
    """Two accounts of one person become one: ``gone_id`` is closed, ``kept_id`` stays.

    Within the same transaction every app gives its rows of the one to the other; what is left of
    the one is forgotten afterwards (AccountEmptied).
    """

    audited: ClassVar[bool] = True
    kept_id: int
    gone_id: int


class AccountEmptied(Event):
    """All that was to go over has gone over: follows AccountsMerged in the same transaction."""

    kept_id: int
    gone_id: int


class PersonRecognised(Event):
    """Whoever is confirmed now was known by another account before, which is erased or whose
    check counts no more: what counts as one person's goes over, and counts once.

    Not audited: nothing that is kept leads from a person to the account that they have erased.
    """

    user_id: int
    before_id: int
