"""Models that every app uses: topics, the audit trail, idempotency keys, the state."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
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
    """Audit entry: actor, action and time; ids and salted hashes only, never names, addresses or
    text.

    The application can only add rows (core.db.roles).
    """

    at = models.DateTimeField(db_default=Now(), editable=False)
    event = models.CharField(max_length=80)
    actor = models.BigIntegerField(null=True)
    ids = models.JSONField(default=dict)

    class Meta:
        db_table = '"audit"."entry"'
        indexes = [
            models.Index(fields=["event", "-id"], name="core_audit_event"),
            models.Index(fields=["actor", "-id"], name="core_audit_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.ids}"


class AuditRecord(models.Model):
    """A row of record: a thing that was published or decided, as it was (core.domain.records).

    ``line``: facts, and digests of words; its SHA-256 stands in the audit entry ``entry``. The last
    row of a thing says how it stands. The application can only add rows.
    """

    entry = models.BigIntegerField()
    #: The procedure: «consultation:12».
    of = models.CharField(max_length=40)
    kind = models.CharField(max_length=30)
    #: The thing's id among those of its kind.
    number = models.BigIntegerField()
    line = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        db_table = '"audit"."record"'
        indexes = [
            models.Index(fields=["of", "kind", "number", "-id"], name="audit_record_of"),
            models.Index(fields=["entry"], name="audit_record_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.of} {self.kind} {self.number}"


class RecordSalt(models.Model):
    """The random salt of one procedure, for digests in its record (core.domain.records).

    It belongs to no person: words that stay public after their author's erasure keep a digest
    by it.
    """

    of = models.CharField(primary_key=True, max_length=40, editable=False)
    salt = models.BinaryField(editable=False)

    def __str__(self) -> str:
        return f"salt of {self.pk}"


class KeptEntry(models.Model):
    """An entry of a procedure whose day was cut from the log: opened, with the link that has it.

    Written by the owner when the log is shortened (core.audit_log.trimming). ``line`` names no
    person: who acted stands in it behind a hash.
    """

    entry = models.BigIntegerField(primary_key=True)
    link = models.BigIntegerField()
    line = models.TextField()

    class Meta:
        db_table = '"audit"."kept_entry"'
        indexes = [models.Index(fields=["link"], name="audit_kept_entry_link")]

    def __str__(self) -> str:
        return f"{self.entry}"


class AuditLink(models.Model):
    """A batch of entries of the audit log in its hash chain (core.audit_log.chaining).

    ``body`` is the line that is published: numbers and hashes alone. Written by a job; the
    application can only add rows.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_default=Now(), editable=False)
    #: The lowest and the highest entry of the batch, and the highest that any link has reached.
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    reached = models.BigIntegerField()
    #: When the newest entry of the batch was written.
    until = models.DateTimeField()
    #: Without it nobody finds out an entry by guessing at its hash.
    salt = models.BinaryField()
    body = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    #: The leaves, one a line, of a link whose entries were cut but for those that are kept.
    leaves = models.TextField(default="", db_default="")

    class Meta:
        db_table = '"audit"."link"'
        constraints = [models.UniqueConstraint(fields=["previous"], name="audit_link_one_chain")]
        indexes = [
            models.Index(fields=["at"], name="audit_link_at"),
            models.Index(fields=["last"], name="audit_link_last"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.hash[:12]}"


class AuditCut(models.Model):
    """The front of the audit log that was past its term and is gone: its head stays."""

    at = models.DateTimeField(db_default=Now(), editable=False)
    #: The first day that is kept.
    day = models.DateField()
    #: The last link that is gone, what it had reached, and its hash.
    number = models.BigIntegerField()
    reached = models.BigIntegerField()
    head = models.CharField(max_length=64)

    class Meta:
        db_table = '"audit"."cut"'

    def __str__(self) -> str:
        return f"{self.day}: {self.head[:12]}"


class AuditAnchor(models.Model):
    """Proof of the head of a day outside of this database: a time-stamp, or a seal.

    The application can only add rows; nothing personal stands in one (core.audit_log.anchors).
    """

    class Kind(models.TextChoices):
        TIMESTAMP = "timestamp"
        SEAL = "seal"

    class Verdict(models.TextChoices):
        #: The signature holds, and its certificate leads to a root that the council has set.
        TRUSTED = "trusted"
        #: The signature holds, by the certificate that stands beside it.
        VALID = "valid"
        #: By an algorithm that is not known here.
        UNCHECKED = "unchecked"
        #: An answer of an authority that stamps nothing, or something else.
        WRONG = "wrong"

    at = models.DateTimeField(db_default=Now(), editable=False)
    day = models.DateField()
    #: The last link of the day, and its hash, as they were then.
    number = models.BigIntegerField()
    head = models.CharField(max_length=64)
    kind = models.CharField(max_length=16, choices=Kind)
    verdict = models.CharField(max_length=16, choices=Verdict)
    #: An algorithm that is not known here, or a code of what is wrong.
    reason = models.CharField(max_length=100)
    #: Of the signer's certificate.
    organisation = models.CharField(max_length=200)
    #: The time that an authority says.
    said_at = models.DateTimeField(null=True)
    #: How ``content`` is packed: tsr, p7s, asice.
    format = models.CharField(max_length=8)
    #: What an authority was asked, and what it answered; or the sealed file.
    request = models.BinaryField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        db_table = '"audit"."anchor"'
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["timestamp", "seal"]), name="audit_anchor_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(verdict__in=["trusted", "valid", "unchecked"])
                | models.Q(verdict="wrong", kind="timestamp"),
                name="audit_anchor_verdict",
            ),
            models.UniqueConstraint(fields=["day", "sha256"], name="audit_anchor_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.kind} {self.verdict}"


class IdempotencyKey(models.Model):
    """A form or request that was carried out, and what it created (core.domain.idempotency_keys).

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


class StateFault(models.Model):
    """A fault of the installation, from when it was found until it is over: the mail server is
    away, a disk is full (core.state).

    Raised once and over once: of one check and subject one row is open, and a trigger refuses to
    open a row that is over. ``words`` are Ukrainian and name no person.
    """

    #: The check that found it: a name in core.state.registry.
    name = models.CharField(max_length=40)
    #: Which one, where a check looks at several: a folder, a unit of systemd, a queue.
    subject = models.CharField(max_length=200, blank=True)
    #: 1: warning, 2: critical.
    level = models.SmallIntegerField()
    words = models.CharField(max_length=500)
    raised_at = models.DateTimeField(db_default=Now(), editable=False)
    over_at = models.DateTimeField(null=True)
    #: What has been told where: «webhook:raised».
    told = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "subject"],
                condition=models.Q(over_at=None),
                name="fault_raised_once",
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=(1, 2)), name="fault_warning_or_critical"
            ),
            models.CheckConstraint(
                condition=models.Q(over_at=None) | models.Q(over_at__gte=models.F("raised_at")),
                name="fault_over_after_raised",
            ),
        ]
        indexes = [models.Index(fields=["-raised_at", "-id"], name="fault_newest")]

    def __str__(self) -> str:
        return f"{self.name}:{self.subject}"


class StateRun(models.Model):
    """When something last ran: the last mail that went, the last backup, the last tried restore.
    Written by raw SQL (core.state.runs, deploy/backup)."""

    name = models.CharField(primary_key=True, max_length=40)
    at = models.DateTimeField(db_default=Now(), editable=False)
    is_ok = models.BooleanField(db_default=True)

    def __str__(self) -> str:
        return self.name
