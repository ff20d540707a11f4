"""Bundles of evidence that officers have asked for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class EvidenceBundle(models.Model):
    """A ZIP about one consultation, made by a job; its file goes after RETENTION["evidence"].

    ``manifest`` is the SHA-256 of its manifest: it stays, and stands in the audit log too.
    """

    consultation = models.ForeignKey(
        "consultations.Consultation", models.CASCADE, related_name="bundles"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    #: Of the job that makes it, in percent.
    progress = models.PositiveSmallIntegerField(default=0)
    ready_at = models.DateTimeField(null=True, editable=False)
    #: Its name in the private folder; "" before it is ready, and after its file has gone.
    file = models.CharField(max_length=60, blank=True, editable=False)
    size = models.BigIntegerField(default=0, editable=False)
    manifest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="bundle_progress", condition=Q(progress__lte=100)),
            models.CheckConstraint(
                name="bundle_ready_with_manifest",
                condition=Q(ready_at=None, file="", manifest="")
                | (Q(ready_at__isnull=False) & ~Q(manifest="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}/{self.pk}"

    @property
    def is_there(self) -> bool:
        """Whether it can be downloaded."""
        return bool(self.file)

    @property
    def is_over(self) -> bool:
        """Whether its file has gone."""
        return self.ready_at is not None and not self.file
