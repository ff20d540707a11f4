"""Models that every app uses: topics, the audit trail, idempotency keys."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Topic(models.Model):
    """A live thing's counter; see core.domain.topics. Written by raw SQL only."""

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


class IdempotencyKey(models.Model):
    """A form or request that was carried out, and what it created; see core.web.idempotency.

    ``key`` and ``body`` are HMACs. Written by raw SQL only, deleted after 24 hours.
    """

    key = models.BinaryField(primary_key=True)
    #: None: nobody was signed in.
    user_id = models.BigIntegerField(null=True)
    body = models.BinaryField()
    kind = models.CharField(max_length=80)
    object_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["created_at"], name="core_idempotency_created"),
            models.Index(fields=["user_id"], name="core_idempotency_user"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
