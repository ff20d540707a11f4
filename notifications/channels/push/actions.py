"""A person lets a browser be told, or takes it back."""

from __future__ import annotations

from django.conf import settings

from accounts.models import User
from core.domain.actions import action, locked
from core.domain.rules import require
from notifications.channels.push import rules
from notifications.models import PushSubscription


def subscribe(user: User, *, endpoint: str, p256dh: str, auth: str) -> PushSubscription:
    """Let the browser be told of what the person follows; it stops being anybody else's.

    Refuses by rules.subscribe.
    """
    with action():
        user = locked(user)
        others = PushSubscription.objects.filter(user=user).exclude(endpoint=endpoint).count()
        services = settings.PUSH_SERVICES
        require(rules.subscribe(endpoint, p256dh, auth, services=services, has=others))
        row, _is_new = PushSubscription.objects.update_or_create(
            endpoint=endpoint,
            defaults={"user": user, "p256dh": p256dh, "auth": auth, "failed_at": None},
        )
        return row


def unsubscribe(subscription: PushSubscription) -> None:
    """Tell the browser nothing more."""
    with action():
        PushSubscription.objects.filter(pk=subscription.pk).delete()
