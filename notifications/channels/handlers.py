"""Handlers of channels for events of other apps."""

from __future__ import annotations

from accounts.events import EmailChanged
from accounts.models import User
from core.domain.events import within
from notifications.channels.bounces.actions import forget_change


@within(EmailChanged)
def email_changed(event: EmailChanged) -> None:
    """Mails go to the new address."""
    for user in User.objects.filter(pk=event.user_id):
        forget_change(user)
