"""Check codes of apps and recovery codes. Each counts once, also when sent by many at once.

allauth's arithmetic; what is ours is that a code of an app is spent by its time step, in the row
itself and under its lock, and that tries are counted before anything is compared.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.db import transaction

from accounts.allauth_compat import app_code, is_same_code, spend_recovery_code
from accounts.models import User
from core.domain import clock

Type = Authenticator.Type


def steps() -> range:
    """The time steps whose codes are taken now, by the database's clock: one to each side."""
    now = int(clock.now().timestamp()) // app_settings.TOTP_PERIOD
    return range(now - app_settings.TOTP_TOLERANCE, now + app_settings.TOTP_TOLERANCE + 1)


def step_of(secret: str, code: str) -> int | None:
    """The time step, of those that count now, whose code this is."""
    return next(
        (step for step in steps() if is_same_code(code, app_code(secret, step))),
        None,
    )


def spend_code(user: User, code: str) -> Authenticator | None:
    """The app or the recovery codes that ``code`` belongs to; it does not count a second time.

    None: it is wrong, too old, or spent.
    """
    with transaction.atomic():
        # In one order: where PostgreSQL finds the rows changes whenever a code is spent.
        rows = Authenticator.objects.select_for_update().filter(user=user).order_by("pk")
        found: dict[str, Authenticator] = {
            row.type: row for row in rows.exclude(type=Type.WEBAUTHN)
        }
        app = found.get(Type.TOTP)
        if app is not None and _spend_step(app, code):
            return app
        recovery = found.get(Type.RECOVERY_CODES)
        if recovery is not None and spend_recovery_code(recovery, code):
            return recovery
    return None


def _spend_step(app: Authenticator, code: str) -> bool:
    step = step_of(decrypt(app.data["secret"]), code)
    if step is None or step <= app.data.get("step", 0):
        return False
    app.data["step"] = step
    app.save(update_fields=["data"])
    return True


def load_factors(user: Any) -> dict[str, list[Authenticator]]:
    """Load the person's authenticators by type, the oldest first: one query."""
    by_type: dict[str, list[Authenticator]] = {value: [] for value in Type.values}
    for row in Authenticator.objects.filter(user_id=user.pk).order_by("pk"):
        by_type[row.type].append(row)
    return by_type
