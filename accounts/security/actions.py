"""Actions on second factors and sessions."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from accounts.allauth_compat import activate_app, activate_passkey, activate_recovery_codes
from accounts.events import UserSignedOut
from accounts.models import User
from accounts.people.actions import end_sessions, forget_devices
from accounts.security import rules
from accounts.security.events import (
    NewDeviceSeen,
    RecoveryCodesMade,
    SecondFactorAdded,
    SecondFactorRemoved,
    SecondFactorsReset,
)
from accounts.security.factors import Type, load_factors
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import require


def add_app(user: User, *, secret: str, step: int) -> Authenticator:
    """Connect an authenticator app whose code of the time step ``step`` was right just now.

    ``secret``: base32. The first factor brings recovery codes. Refuses by rules.add_app. Emits
    SecondFactorAdded and, with the first factor, RecoveryCodesMade.
    """
    with action():
        user = locked(user)
        have = load_factors(user)
        require(rules.add_app(user, has_app=bool(have[Type.TOTP])))
        app = activate_app(user, secret)
        app.data["step"] = step  # this code does not count a second time
        app.save(update_fields=["data"])
        _finish_adding(user, app, have)
        return app


def add_passkey(user: User, *, name: str, credential: dict[str, Any]) -> Authenticator:
    """Add a passkey whose registration (``credential``, as the browser gave it) was verified.

    The first factor brings recovery codes. Refuses by rules.add_passkey. Emits SecondFactorAdded
    and, with the first factor, RecoveryCodesMade.
    """
    with action():
        user = locked(user)
        have = load_factors(user)
        require(rules.add_passkey(user, passkeys=len(have[Type.WEBAUTHN])))
        passkey = activate_passkey(user, name, credential)
        _finish_adding(user, passkey, have)
        return passkey


def _finish_adding(user: User, factor: Authenticator, had: dict[str, list[Authenticator]]) -> None:
    emit(SecondFactorAdded(user.pk, user.pk, factor.type, factor.pk))
    if not had[Type.RECOVERY_CODES]:
        _make_codes(user)


def rename_passkey(passkey: Authenticator, *, name: str) -> None:
    """Call a passkey otherwise. Nobody else sees the name."""
    with action():
        passkey = locked(passkey)
        passkey.data["name"] = name
        passkey.save(update_fields=["data"])


def remove_factor(factor: Authenticator, *, by: User) -> None:
    """Give up one's app or a passkey; recovery codes go with the last one.

    Refuses by rules.remove_factor. Emits SecondFactorRemoved.
    """
    with action():
        user = locked(by)
        have = load_factors(user)
        primary = [*have[Type.TOTP], *have[Type.WEBAUTHN]]
        others = [row for row in primary if row.pk != factor.pk]
        require(rules.remove_factor(user, others=len(others)))
        if len(others) == len(primary):
            return  # it has gone already
        Authenticator.objects.filter(pk=factor.pk).delete()
        if not others:
            Authenticator.objects.filter(user=user).delete()
        emit(SecondFactorRemoved(user.pk, user.pk, factor.type, factor.pk))


def renew_codes(user: User) -> Authenticator:
    """Make ten new recovery codes; the old ones stop. Refuses by rules.renew_codes. Emits
    RecoveryCodesMade."""
    with action():
        user = locked(user)
        have = load_factors(user)
        factors = len(have[Type.TOTP]) + len(have[Type.WEBAUTHN])
        require(rules.renew_codes(user, factors=factors))
        return _make_codes(user)


def _make_codes(user: User) -> Authenticator:
    Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).delete()
    codes = activate_recovery_codes(user)
    emit(RecoveryCodesMade(user.pk, user.pk, codes.pk))
    return codes


def reset_factors(user: User, *, by: User | None, known_by: str = "") -> User:
    """Take every second factor from somebody who has lost them, and end all their sessions.

    They sign in as before and, if they work for the council, set up a new one at the gate.
    ``by`` is None for whoever runs the server; ``known_by`` ("document", "video": how they were
    recognised) stays in the trace. Refuses by rules.reset_factors. Emits
    SecondFactorsReset, UserSignedOut.
    """
    with action():
        user = locked(user)
        if by is not None:
            require(rules.reset_factors(by, user))
        Authenticator.objects.filter(user=user).delete()
        end_sessions(user)
        emit(SecondFactorsReset(user.pk, by.pk if by else None, known_by))
        return user


def end_session(user: User, session_id: int) -> None:
    """Sign out somewhere else. ``session_id``: of the person's UserSession; one that has gone is
    no error. No browser is known to the account any more (which one it was in, nobody noted).
    Emits UserSignedOut with its key, which closes its sockets."""
    with action():
        row = UserSession.objects.filter(user=user, pk=session_id).first()
        if row is None:
            return
        Session.objects.filter(pk=row.session_key).delete()
        row.delete()
        forget_devices(user)
        emit(UserSignedOut(user.pk, row.session_key))


def end_other_sessions(user: User, *, keep: str) -> int:
    """Sign out everywhere but in the session whose key is ``keep`` ("": everywhere); no browser is
    known to the account any more. Returns how many sessions ended. Emits UserSignedOut for each."""
    with action():
        rows = list(UserSession.objects.filter(user=user).exclude(session_key=keep))
        Session.objects.filter(pk__in=[row.session_key for row in rows]).delete()
        UserSession.objects.filter(pk__in=[row.pk for row in rows]).delete()
        forget_devices(user)
        for row in rows:
            emit(UserSignedOut(user.pk, row.session_key))
        return len(rows)


def new_device_seen(user: User, session_id: int) -> None:
    """Record that the person signed in with a browser that is new to their account.

    ``session_id``: of the UserSession. Emits NewDeviceSeen.
    """
    with action():
        emit(NewDeviceSeen(user.pk, user.pk, session_id))
