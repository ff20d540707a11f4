"""Outages: the times when people could not reach the site."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Outage(models.Model):
    """A time when the site was away: measured by a gap in the page beat, or entered by hand.

    ``what`` and ``by`` belong to one that an administrator entered (from where, why).
    """

    began_at = models.DateTimeField(_("from"))
    #: The first moment at which the site was back.
    ended_at = models.DateTimeField(_("until"))
    what = models.CharField(_("what happened"), max_length=300, blank=True, db_default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="outage_begins_before_it_ends", condition=Q(ended_at__gt=F("began_at"))
            ),
            models.CheckConstraint(
                name="outage_entered_with_reason",
                condition=Q(by=None, what="") | (Q(by__isnull=False) & ~Q(what="")),
            ),
            # Two page workers that notice one gap record one.
            models.UniqueConstraint(
                name="outage_measured_once", fields=["began_at"], condition=Q(by=None)
            ),
        ]
        indexes = [models.Index(fields=["ended_at"], name="outage_ended")]

    def __str__(self) -> str:
        return f"{self.began_at} – {self.ended_at}"

    @property
    def is_measured(self) -> bool:
        return self.by_id is None

    @property
    def length(self) -> timedelta:
        return self.ended_at - self.began_at
