"""Bundles of evidence: those that officers have asked for, and those that everybody downloads."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from consultations.evidence.kinds import Audience, Why


class EvidenceBundle(models.Model):
    """A ZIP about one consultation, made by a job.

    ``manifest`` is the SHA-256 of its manifest: it stays, and stands in the audit log too. The file
    of one for staff goes after period_of("evidence"). Of those for everybody the newest file
    stays; the row of an earlier one says why it was replaced.
    """

    consultation = models.ForeignKey(
        "consultations.Consultation", models.CASCADE, related_name="bundles"
    )
    audience = models.CharField(
        max_length=10,
        choices=Audience,
        default=Audience.STAFF,
        db_default=Audience.STAFF,
        editable=False,
    )
    #: Who asked for it; nobody asks for those that are for everybody.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    #: Of the job that makes it, in percent.
    progress = models.PositiveSmallIntegerField(default=0, db_default=0)
    ready_at = models.DateTimeField(null=True, editable=False)
    #: Its name in the private folder; "" before it is ready, and after its file has gone.
    file = models.CharField(max_length=60, blank=True, db_default="", editable=False)
    size = models.BigIntegerField(default=0, db_default=0, editable=False)
    manifest = models.CharField(max_length=64, blank=True, db_default="", editable=False)
    #: The head of the audit log's chain with which it ends.
    head_number = models.BigIntegerField(null=True, editable=False)
    head_hash = models.CharField(max_length=64, blank=True, db_default="", editable=False)
    #: ``counts``: kind of thing -> how many hold, how many are not provable; ``begun_at``: since
    #: when the record is kept, where the procedure is older.
    figures = models.JSONField(default=dict, db_default={}, editable=False)
    #: Why one for everybody is made.
    because = models.CharField(
        max_length=20, choices=Why, blank=True, db_default="", editable=False
    )
    #: How often something happened that it must know, until it is ready.
    asked = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    replaced_at = models.DateTimeField(null=True, editable=False)
    replaced_because = models.CharField(
        max_length=20, choices=Why, blank=True, db_default="", editable=False
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="bundle_progress", condition=Q(progress__lte=100)),
            models.CheckConstraint(
                name="bundle_ready_with_manifest",
                condition=Q(ready_at=None, file="", manifest="")
                | (Q(ready_at__isnull=False) & ~Q(manifest="")),
            ),
            models.CheckConstraint(
                name="bundle_asked_by_staff",
                condition=Q(audience="staff", by__isnull=False, because="", replaced_because="")
                | (Q(audience="public", by=None) & ~Q(because="")),
            ),
            models.CheckConstraint(
                name="bundle_replaced_with_reason",
                condition=Q(replaced_at=None, replaced_because="")
                | (
                    Q(replaced_at__isnull=False, ready_at__isnull=False, file="")
                    & ~Q(replaced_because="")
                ),
            ),
            models.CheckConstraint(
                name="bundle_public_there_or_replaced",
                condition=Q(audience="staff")
                | Q(ready_at=None)
                | Q(replaced_at__isnull=False)
                | (~Q(file="") & Q(head_number__isnull=False) & ~Q(head_hash="")),
            ),
            models.UniqueConstraint(
                fields=["consultation"],
                condition=Q(audience="public", ready_at=None),
                name="bundle_public_one_waits",
            ),
            models.UniqueConstraint(
                fields=["consultation"],
                condition=Q(audience="public", ready_at__isnull=False, replaced_at=None),
                name="bundle_public_one_stands",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}/{self.pk}"

    @property
    def is_public(self) -> bool:
        return self.audience == Audience.PUBLIC

    @property
    def is_there(self) -> bool:
        """Whether it can be downloaded."""
        return bool(self.file)

    @property
    def is_over(self) -> bool:
        """Whether its file has gone."""
        return self.ready_at is not None and not self.file

    @property
    def counts(self) -> dict[str, list[int]]:
        """Kind of thing -> how many hold, how many are not provable."""
        return dict(self.figures.get("counts", {}))
