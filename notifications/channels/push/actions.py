"""Actions on push subscriptions: subscribe and unsubscribe a browser."""

from __future__ import annotations

from hashlib import sha256

from django.conf import settings

from accounts.models import User
from core.domain.actions import action, locked
from core.domain.rules import require
from notifications.channels.push import rules
from notifications.models import PushSubscription


def subscribe(
    user: User, *, endpoint: str, p256dh: str, auth: str, session_key: str = ""
) -> PushSubscription:
    """Subscribe a browser to what the person follows; a former owner's subscription of it ends.

    ``session_key``: that of the session in which the browser asks; the subscription ends with it.
    Refuses by rules.subscribe.
    """
    with action():
        user = locked(user)
        others = PushSubscription.objects.filter(user=user).exclude(endpoint=endpoint).count()
        services = settings.PUSH_SERVICES
        require(rules.subscribe(endpoint, p256dh, auth, services=services, has=others))
        row, _is_new = PushSubscription.objects.update_or_create(
            endpoint=endpoint,
            defaults={
                "user": user,
                "p256dh": p256dh,
                "auth": auth,
                "session_hash": hash_of(session_key),
                "failed_at": None,
            },
        )
        return row


def end_with_session(user_id: int, session_key: str) -> None:
    """Delete the subscription of the browser whose session has ended; "": all of the person.

    Subscriptions of which nobody knows the session go with any: it may be theirs.
    """
    with action():
        rows = PushSubscription.objects.filter(user=user_id)
        if session_key:
            rows = rows.filter(session_hash__in=[hash_of(session_key), ""])
        rows.delete()


def hash_of(session_key: str) -> str:
    """The stored hash of a session's key, which is a secret; "" of none."""
    return sha256(session_key.encode()).hexdigest() if session_key else ""


def unsubscribe(subscription: PushSubscription) -> None:
    """Delete the subscription of a browser."""
    with action():
        PushSubscription.objects.filter(pk=subscription.pk).delete()
