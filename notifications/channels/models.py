"""Push subscriptions, bouncing addresses, and posts in the council's channel."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.domain.email_addresses import EmailModelField


class PushSubscription(models.Model):
    """A person's browser that gets web push messages (RFC 8030).

    ``endpoint`` is the browser's own address at its push service, a secret; ``p256dh`` and ``auth``
    are its keys, base64url: what is pushed is encrypted for it (RFC 8291).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="push_subscriptions"
    )
    endpoint = models.CharField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=90)
    auth = models.CharField(max_length=24)
    #: SHA-256 of the key of the session in which it was made: it ends with that session.
    session_hash = models.CharField(max_length=64, blank=True, db_default="", editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    #: The push service refused the last message, though it knows the browser.
    failed_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def service(self) -> str:
        """The host of its push service, by which people tell browsers apart."""
        return urlsplit(self.endpoint).hostname or ""


class BouncedAddress(models.Model):
    """An e-mail address to which a mail server permanently refused delivery.

    ``email`` is in the form in which addresses are compared (core.domain.email_addresses). The row
    goes when somebody confirms from a mail that the address works.
    """

    email = EmailModelField(max_length=254, unique=True)
    #: RFC 3463: "5.1.1".
    status = models.CharField(max_length=16)
    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)

    def __str__(self) -> str:
        return f"#{self.pk}"


class ChannelPost(models.Model):
    """A post in the council's own channel, made once for a public thing ("article:7")."""

    about = models.CharField(max_length=60, unique=True)
    at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return self.about
