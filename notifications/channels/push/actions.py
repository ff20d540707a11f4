"""Actions on push subscriptions: subscribe and unsubscribe a browser."""

from __future__ import annotations

from django.conf import settings

from accounts.models import User
from core.domain.actions import action, locked
from core.domain.rules import require
from notifications.channels.push import rules
from notifications.models import PushSubscription


def subscribe(user: User, *, endpoint: str, p256dh: str, auth: str) -> PushSubscription:
    """Subscribe a browser to what the person follows; a former owner's subscription of it ends.

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
    """Delete the subscription of a browser."""
    with action():
        PushSubscription.objects.filter(pk=subscription.pk).delete()
