"""What every app stands on: topics' counters and the audit trail."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Topic(models.Model):
    """A live thing's counter; see core.topics. Written by raw SQL only."""

    name = models.CharField(primary_key=True, max_length=80)
    seq = models.BigIntegerField()

    class Meta:
        db_table = "core_topic"

    def __str__(self) -> str:
        return f"{self.name} #{self.seq}"


class AuditEntry(models.Model):
    """Who did what, when: ids only, never names, addresses or text."""

    at = models.DateTimeField(db_default=Now(), editable=False)
    event = models.CharField(max_length=80)
    actor = models.BigIntegerField(null=True)
    ids = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["event", "-id"], name="core_audit_event"),
            models.Index(fields=["actor", "-id"], name="core_audit_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.ids}"
