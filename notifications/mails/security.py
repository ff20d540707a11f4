"""Mails about the security of an account, to its owner: factors, devices, codes on paper."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.utils import timezone
from django.utils.formats import date_format

from accounts.events import SheetMade
from accounts.models import User
from accounts.security import devices
from accounts.security.events import (
    NewDeviceSeen,
    RecoveryCodesMade,
    SecondFactorAdded,
    SecondFactorRemoved,
    SecondFactorsReset,
)
from core.domain import clock
from core.domain.events import within
from notifications.mails.contents import Context, mail
from notifications.sending.mail import defer


@within(SecondFactorAdded)
def factor_added(event: SecondFactorAdded) -> None:
    template = "accounts/passkey_added" if event.kind == "webauthn" else "accounts/app_connected"
    defer(template, user_id=event.user_id, about=f"factor:{event.factor_id}")


@within(SecondFactorRemoved)
def factor_removed(event: SecondFactorRemoved) -> None:
    template = (
        "accounts/passkey_removed" if event.kind == "webauthn" else "accounts/app_disconnected"
    )
    defer(template, user_id=event.user_id, about=f"factor:{event.factor_id}")


@within(RecoveryCodesMade)
def codes_made(event: RecoveryCodesMade) -> None:
    defer("accounts/codes_made", user_id=event.user_id, about=f"factor:{event.factor_id}")


@within(SecondFactorsReset)
def factors_reset(event: SecondFactorsReset) -> None:
    about = f"reset:{clock.now().timestamp():.0f}"
    defer("accounts/factors_reset", user_id=event.user_id, about=about)


@within(SheetMade)
def sheet_made(event: SheetMade) -> None:
    """Tell the person of a new way into their account, the more so as somebody else has made it."""
    defer("accounts/sheet_made", user_id=event.user_id, about=f"sheet:{event.sheet_id}")


@within(NewDeviceSeen)
def new_device_seen(event: NewDeviceSeen) -> None:
    defer(
        "accounts/new_device",
        user_id=event.user_id,
        about=f"session:{event.session_id}",
        session_id=event.session_id,
    )


@mail("accounts/app_connected")
@mail("accounts/app_disconnected")
@mail("accounts/passkey_added")
@mail("accounts/passkey_removed")
@mail("accounts/codes_made")
@mail("accounts/factors_reset")
@mail("accounts/sheet_made")
def _about_factors(user: User) -> Context:
    return {}


@mail("accounts/new_device")
def _new_device(user: User, *, session_id: int) -> Context:
    """Told also when that session has ended: whoever came in may have signed out at once."""
    row = UserSession.objects.filter(pk=session_id, user=user).first()
    if row is None:
        return {"device": ""}
    at = date_format(timezone.localtime(row.created_at), "j\xa0E Y, H:i")
    return {"device": devices.words(row.user_agent), "at": at}
