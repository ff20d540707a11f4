"""Signatures, and those that wait for a mail: one person one signature, held by constraints."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.domain.email_addresses import EmailModelField
from petitions.life.models import Petition


class Signature(models.Model):
    """One signature. ``mailbox`` is a keyed hash of the canonical address and the petition: whoever
    signs by mail and whoever signs by an account of the same mailbox are one person
    (petitions/signing/mailbox.py).

    ``name`` and ``email`` are of whoever signed by mail; who has an account is shown by the name
    that they go by now. A signature that was taken back is nobody's any more.
    """

    class Status(models.IntegerChoices):
        COUNTED = 1, _("counted")
        CHECKING = 2, _("waiting for a check")
        REMOVED = 3, _("removed")
        WITHDRAWN = 4, _("withdrawn by its signer")

    # Each index is paid by every insert: those of the constraints, and one to count and list by.
    petition = models.ForeignKey(
        Petition, models.PROTECT, db_index=False, related_name="signatures"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="signatures",
    )
    mailbox = models.BinaryField(max_length=16, null=True, editable=False)
    #: Where news and the answer are sent to who signed by mail; accounts have their own.
    email = EmailModelField(blank=True)
    name = models.CharField(_("your name"), max_length=200, blank=True)
    name_withheld = models.BooleanField(_("keep my name off the page"), default=False)
    wants_news = models.BooleanField(_("tell me what becomes of it"), default=False)
    status = models.PositiveSmallIntegerField(choices=Status, default=Status.COUNTED)
    #: Why it waits for a check: the name of the limit that it went over.
    suspicion = models.CharField(max_length=20, blank=True, editable=False)
    removal = models.ForeignKey(
        "petitions.Removal",
        models.PROTECT,
        null=True,
        db_index=False,
        editable=False,
        related_name="signatures",
    )
    #: The client's network (/24 or /48) and the address's domain, for finding machines; emptied
    #: when the petition's review has begun.
    network = models.GenericIPAddressField(null=True, editable=False)
    domain = models.CharField(max_length=100, blank=True, editable=False)
    #: Nobody can tell which mailbox reads its address (petitions.signing.mailbox.uncertainty).
    mailbox_uncertain = models.BooleanField(default=False, db_default=False, editable=False)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            # The person first: their signatures are found by it too.
            models.UniqueConstraint(fields=["user", "petition"], name="one_signature_per_person"),
            models.UniqueConstraint(
                fields=["petition", "mailbox"], name="one_signature_per_mailbox"
            ),
            models.CheckConstraint(
                name="signature_removed_by_a_removal",
                condition=Q(status=3, removal__isnull=False) | (~Q(status=3) & Q(removal=None)),
            ),
            # So that a removal which is reversed knows where each of its signatures stood.
            models.CheckConstraint(
                name="signature_waits_for_a_reason",
                condition=Q(status=1, suspicion="")
                | (Q(status=2) & ~Q(suspicion=""))
                | Q(status__gte=3),
            ),
            models.CheckConstraint(
                name="withdrawn_signature_is_nobodys",
                condition=~Q(status=4) | Q(user=None, mailbox=None, email="", name=""),
            ),
        ]
        indexes = [
            models.Index(fields=["petition", "status", "at"], name="signature_by_time"),
            models.Index(
                fields=["removal"], condition=Q(removal__isnull=False), name="signature_removal"
            ),
            # The public ledger counts them; few rows are in it, so it costs others nothing.
            models.Index(
                fields=["petition", "status"],
                condition=Q(mailbox_uncertain=True),
                name="signature_uncertain",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def shown_name(self) -> str:
        """The name that the public list shows, where it is not withheld. Reads ``user``."""
        if self.name:
            return self.name
        if self.user:
            return self.user.public_name
        return gettext("deleted user") if self.mailbox is None else gettext("name no longer kept")


class Pending(models.Model):
    """A signature by mail that waits for its confirmation: neither counted nor shown.

    Each that was asked for is a row of its own, so that nobody who knows an address can spoil what
    its owner asked for. Its link and its code are made from the row (petitions/signing/tokens.py)
    and kept nowhere.
    """

    petition = models.ForeignKey(Petition, models.CASCADE, db_index=False, related_name="+")
    name = models.CharField(_("your name"), max_length=200)
    email = EmailModelField(_("your e-mail"))
    mailbox = models.BinaryField(max_length=16, editable=False)
    name_withheld = models.BooleanField(_("keep my name off the page"), default=False)
    wants_news = models.BooleanField(_("tell me what becomes of it"), default=False)
    language = models.CharField(max_length=5)
    #: Wrong codes so far.
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    #: Mails so far.
    sent = models.PositiveSmallIntegerField(default=1, editable=False)
    #: What petitions.defence.suspicions found when it was asked for.
    suspicion = models.CharField(max_length=20, blank=True, editable=False)
    network = models.GenericIPAddressField(null=True, editable=False)
    at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["petition", "mailbox"], name="pending_mailbox"),
            models.Index(fields=["expires_at"], name="pending_expiry"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
