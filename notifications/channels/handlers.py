"""Handlers of channels for events of other apps."""

from __future__ import annotations

from accounts.events import EmailChanged, UserSignedOut
from accounts.models import User
from core.domain.events import within
from notifications.channels.bounces.actions import forget_change
from notifications.models import PushSubscription


@within(EmailChanged)
def email_changed(event: EmailChanged) -> None:
    """Mails go to the new address."""
    for user in User.objects.filter(pk=event.user_id):
        forget_change(user)


@within(UserSignedOut)
def user_signed_out(event: UserSignedOut) -> None:
    """Signed out everywhere – suspension, another password, or because something was stolen: no
    browser is told any more. The end of one session ends none: which browser it was, nobody noted.
    """
    if not event.session_key:
        PushSubscription.objects.filter(user=event.user_id).delete()
