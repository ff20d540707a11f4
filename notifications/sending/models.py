"""Mails that wait to be sent, and who has been told of what."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Func, IntegerField
from django.db.models.functions import Now
from django.db.models.lookups import Exact

from core.domain.email_addresses import EmailModelField

#: Who a row of Sent is about: one of them.
_TOLD = ("user", "signature", "invitation", "accreditation", "follower")


class Letter(models.Model):
    """A mail whose words cannot be made again later: it holds a code, or goes to no account.

    Deleted in the transaction that sends it, so that no code outlives its use. The job that sends
    it knows only its id: arguments of jobs are kept and logged.
    """

    to = EmailModelField(max_length=254)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    #: After this it would only confuse: the code no longer works.
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="letter_expires")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class HeldMail(models.Model):
    """A mail over the budget of its mailbox (notifications/sending/budget.py): it waits to be
    written, and goes in one with what else waits. Deleted in the transaction that sends it."""

    #: A keyed digest of the mailbox, equal for all spellings (petitions.signing.mailbox.limit_key).
    mailbox = models.BinaryField(max_length=32, editable=False)
    kind = models.CharField(max_length=20)
    #: Of one thing a mailbox has one that waits.
    about = models.CharField(max_length=200)
    #: What it is written from.
    ids = models.JSONField()
    at = models.DateTimeField(db_default=Now(), editable=False)
    due_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mailbox", "kind", "about"], name="one_mail_held"),
        ]
        indexes = [models.Index(fields=["due_at"], name="held_mail_due")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.about}"


class Sent(models.Model):
    """This person has been told of this event, once.

    Somebody who signed a petition by mail has no account: they are known by their signature.
    Somebody on the list of a poll may have none either: they are known by their line, a journalist
    by their accreditation, and somebody who follows by e-mail by their row of Follower.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, db_index=False, related_name="+"
    )
    signature = models.ForeignKey(
        "petitions.Signature", models.CASCADE, null=True, db_index=False, related_name="+"
    )
    invitation = models.ForeignKey(
        "votes.Invitation", models.CASCADE, null=True, db_index=False, related_name="+"
    )
    accreditation = models.ForeignKey(
        "newsroom.Accreditation", models.CASCADE, null=True, db_index=False, related_name="+"
    )
    follower = models.ForeignKey(
        "notifications.Follower", models.CASCADE, null=True, db_index=False, related_name="+"
    )
    #: What it was about: ``<template>:<id>``.
    event = models.CharField(max_length=120)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "event"], name="told_once_of_an_event"),
            models.UniqueConstraint(fields=["signature", "event"], name="signer_told_once"),
            models.UniqueConstraint(fields=["invitation", "event"], name="invited_told_once"),
            models.UniqueConstraint(fields=["accreditation", "event"], name="press_told_once"),
            models.UniqueConstraint(fields=["follower", "event"], name="follower_told_once"),
            models.CheckConstraint(
                name="told_to_somebody",
                condition=Exact(
                    Func(*map(F, _TOLD), function="num_nonnulls", output_field=IntegerField()), 1
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.event


class Unsubscription(models.Model):
    """A person wants no more mails to many about a consultation.

    What concerns them alone (an answer to their remark, its hiding) still comes.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, db_index=False, related_name="+"
    )
    consultation = models.ForeignKey("consultations.Consultation", models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "consultation"], name="unsubscribed_once_of_a_consultation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} × {self.consultation_id}"
