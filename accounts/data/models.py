"""Models of the rights over one's data: downloads, and who of the council looked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Export(models.Model):
    """A download of everything about a person: asked for, made by a job, deleted when it is over.

    ``file`` is its name in the private folder while it can be had; ``ended_at`` closes it,
    whether it was deleted, expired or could not be made.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="exports")
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    #: How many kinds of data are written, of how many: the page shows it.
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at=None), name="one_export_at_a_time"
            ),
            models.CheckConstraint(
                name="export_ready_with_its_file",
                condition=Q(ready_at=None, expires_at=None)
                | Q(ready_at__isnull=False, expires_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["expires_at"], condition=Q(ended_at=None), name="export_expiring")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class DataAccess(models.Model):
    """Somebody of the council saw personal data of a person that is not public.

    ``slot`` is the stretch of ten minutes in which it was: one row for all that an officer looks
    at in it for one reason.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="data_accesses")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    #: The office and the role in which they looked, as they were then.
    department = models.ForeignKey("city.Department", models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=20)
    #: A key of accounts.data.access_log.REASONS.
    why = models.CharField(max_length=40)
    at = models.DateTimeField(db_default=Now(), editable=False)
    slot = models.BigIntegerField(editable=False)

    class Meta:
        db_table = "accounts_look"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "by", "why", "slot"], name="one_look_in_ten_minutes"
            )
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="look_of_person"),
            models.Index(fields=["at"], name="look_at"),
        ]

    def __str__(self) -> str:
        return f"{self.why} #{self.pk}"
