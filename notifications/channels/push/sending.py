"""Send one message to one browser, through its push service."""

from __future__ import annotations

import logging
from base64 import urlsafe_b64decode

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from core.domain import clock
from notifications.channels import outgoing
from notifications.channels.push import keys, messages, rules
from notifications.models import Activity, PushSubscription

log = logging.getLogger(__name__)

#: How services are reached; only public addresses.
NETWORK = outgoing.Network()
#: Seconds for which a service keeps the message for a browser that is off.
_KEPT_SECONDS = 24 * 3600
#: Services answer so where the browser has gone for good.
_GONE = frozenset({404, 410})
_LATER = frozenset({408, 429})


class NotTaken(Exception):
    """The push service could not take the message now; it may later."""


def send(subscription_id: int, activity_id: int) -> bool:
    """Push the news of an activity to a browser. Returns whether its service took it.

    A browser that its service does not know any more is forgotten; one that the settings allow no
    more is not asked. Raises NotTaken and outgoing.Unreachable for a later try.
    """
    found = PushSubscription.objects.select_related("user").filter(pk=subscription_id).first()
    activity = Activity.objects.filter(pk=activity_id).first()
    if found is None or activity is None or not keys.is_on():
        return False
    if not rules.is_of_service(found.endpoint, settings.PUSH_SERVICES):
        _note_failure(found, 0)
        return False
    body = encrypt(messages.compose(activity, found.user.language), found.p256dh, found.auth)
    try:
        answer = outgoing.post(found.endpoint, body, _headers(found.endpoint), network=NETWORK)
    except outgoing.Forbidden:
        _note_failure(found, 0)
        return False
    if answer.status in _GONE:
        found.delete()
        return False
    if answer.status in _LATER or answer.status >= 500:
        raise NotTaken(f"{found.service} answered {answer.status}")
    if not 200 <= answer.status < 300:  # a redirect too: nobody follows it
        _note_failure(found, answer.status)
        return False
    if found.failed_at:
        PushSubscription.objects.filter(pk=found.pk).update(failed_at=None)
    return True


def encrypt(message: bytes, p256dh: str, auth: str) -> bytes:
    """The message as only the browser reads it (RFC 8291), each time by a new key."""
    encrypted: bytes = http_ece.encrypt(
        message,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=_decode(p256dh),
        auth_secret=_decode(auth),
        version="aes128gcm",
    )
    return encrypted


def _headers(endpoint: str) -> dict[str, str]:
    return {
        **keys.authorization(endpoint),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(_KEPT_SECONDS),
        "Urgency": "normal",
    }


def _note_failure(subscription: PushSubscription, status: int) -> None:
    """Write down that it was refused. The endpoint stays out of the log: it is a secret."""
    log.warning("the push service %s refuses a message (%s)", subscription.service, status)
    PushSubscription.objects.filter(pk=subscription.pk).update(failed_at=clock.now())


def _decode(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
