"""Removals of signatures, objections to them, and guards of petitions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from petitions.life.models import Petition


class Removal(models.Model):
    """One use of a named rule: the signatures that it took out of the count refer to it.

    Rows are never deleted. Reversed, its signatures are counted again and keep no reference.
    """

    class Rule(models.TextChoices):
        LIMIT = "limit", _("beyond a limit, and found to be made by a machine")
        NETWORK = "network", _("many from one network in a short time")
        DOMAIN = "domain", _("addresses of a domain of disposable mailboxes")
        PATTERN = "pattern", _("names or addresses made by a machine")
        HOUR = "hour", _("a burst within an hour")
        SINGLE = "single", _("a single signature, by a person’s decision")

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="removals")
    rule = models.CharField(_("rule"), max_length=10, choices=Rule)
    #: What the rule was asked (petitions/defence/signature_filter.py). Shown to staff alone.
    asked = models.JSONField(default=dict, editable=False)
    reason = models.CharField(_("reason, for everybody to read"), max_length=500)
    number = models.PositiveIntegerField(editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    reversed_at = models.DateTimeField(null=True, editable=False)
    reversed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    reversed_reason = models.CharField(max_length=500, blank=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="removal_with_reason", condition=~Q(reason="") & Q(number__gte=1)
            ),
            models.CheckConstraint(
                name="removal_reversed_with_reason",
                condition=Q(reversed_at=None, reversed_by=None, reversed_reason="")
                | (
                    Q(reversed_at__isnull=False, reversed_by__isnull=False) & ~Q(reversed_reason="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.get_rule_display()


class Objection(models.Model):
    """A signer says that theirs was removed wrongly; somebody else than who removed it decides."""

    signature = models.ForeignKey("petitions.Signature", models.PROTECT, related_name="objections")
    removal = models.ForeignKey(Removal, models.PROTECT, related_name="objections")
    #: Who decided the removal: kept here so that the database can tell the two apart.
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("why it should count"), max_length=2000)
    at = models.DateTimeField(db_default=Now())
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    upheld = models.BooleanField(null=True, editable=False)
    answer = models.TextField(max_length=2000, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["signature", "removal"], name="one_objection_per_removal"
            ),
            models.CheckConstraint(
                name="objection_decided_by_another",
                condition=Q(decided_by=None) | ~Q(decided_by=F("removed_by")),
            ),
            models.CheckConstraint(
                name="objection_decided_with_an_answer",
                condition=Q(decided_at=None, decided_by=None, upheld=None, answer="")
                | (
                    Q(decided_at__isnull=False, decided_by__isnull=False, upheld__isnull=False)
                    & ~Q(answer="")
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["at", "id"], condition=Q(decided_at=None), name="objection_waiting"
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Guard(models.Model):
    """A time in which signing a petition asks for a proof of work; ``raised_by`` None: by itself,
    because many were marked, and then it is lowered by itself too.

    ``Petition.guarded_since`` says the same of now, where signing reads it.
    """

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="guards")
    raised_at = models.DateTimeField(db_default=Now())
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    lowered_at = models.DateTimeField(null=True)
    lowered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["petition"], condition=Q(lowered_at=None), name="one_guard_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.raised_at} – {self.lowered_at}"
