"""Handlers of channels for events of other apps."""

from __future__ import annotations

from accounts.events import EmailChanged, UserSignedOut
from accounts.models import User
from core.domain.events import within
from notifications.channels.bounces.actions import forget_change
from notifications.channels.push.actions import end_with_session


@within(EmailChanged)
def email_changed(event: EmailChanged) -> None:
    """Mails go to the new address."""
    for user in User.objects.filter(pk=event.user_id):
        forget_change(user)


@within(UserSignedOut)
def user_signed_out(event: UserSignedOut) -> None:
    """A browser whose session has ended is told nothing more. Signed out everywhere – suspension,
    another password, or because something was stolen: none is."""
    end_with_session(event.user_id, event.session_key)
