"""Events of second factors and sessions. Ids only; each leaves a trace."""

from __future__ import annotations

from accounts.events import UserEvent


class SecondFactorAdded(UserEvent):
    """``kind``: "totp" or "webauthn"."""

    kind: str
    factor_id: int


class SecondFactorRemoved(UserEvent):
    """``kind``: "totp" or "webauthn"."""

    kind: str
    factor_id: int


class RecoveryCodesMade(UserEvent):
    """Ten new codes; the ones before do not work any more."""

    factor_id: int


class SecondFactorsReset(UserEvent):
    """Somebody who lost them has none any more, nor a session. ``by_id`` None: by a command.

    ``known_by``: how ``by_id`` knew who asked for it, "document" or "video".
    """

    known_by: str = ""


class NewDeviceSeen(UserEvent):
    """Somebody signed in with a browser that this account had not been used in."""

    session_id: int
