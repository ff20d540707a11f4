"""Models of checks of organisations: letters with codes, changes of the name."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from organisations.registering.models import Organisation


class PostedCode(models.Model):
    """A letter with a code to the registered location: asked for, printed, used once.

    Only a digest of the code is kept, made when the letter is printed.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="letters")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    #: Where it goes: what the location was when the letter was asked for.
    location = models.CharField(max_length=300)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    printed_at = models.DateTimeField(null=True, editable=False)
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    expires_at = models.DateTimeField(null=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    #: Used, overtaken by another one, or tried too often.
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(ended_at=None), name="one_letter_at_a_time"
            ),
            models.CheckConstraint(
                name="printed_letter_has_a_code",
                condition=Q(printed_at=None, digest="", expires_at=None)
                | (Q(printed_at__isnull=False, expires_at__isnull=False) & ~Q(digest="")),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} → {self.organisation_id}"


class Amendment(models.Model):
    """Another name or location of a confirmed organisation, shown to nobody until it is checked.

    Otherwise somebody could be confirmed under one name and speak under another.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="amendments")
    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=160)
    location = models.CharField(max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    is_accepted = models.BooleanField(default=False, editable=False)
    reason = models.CharField(max_length=500, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(decided_at=None), name="one_open_amendment"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} → {self.organisation_id}"
