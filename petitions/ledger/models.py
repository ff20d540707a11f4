"""The public ledger: lines of each petition, heads of days and hours, in hash chains."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from petitions.life.models import Petition


class Entry(models.Model):
    """One line of a petition's ledger: no personal data, and never changed (the database refuses).

    ``body`` is canonical JSON and the line that people download; it names ``previous``, the
    SHA-256 of the line before. ``hash`` is its own (docs/petitions-defence.md).
    """

    petition = models.ForeignKey(
        Petition, models.PROTECT, db_index=False, related_name="ledger", editable=False
    )
    number = models.PositiveIntegerField()
    at = models.DateTimeField(db_default=Now())
    body = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["petition", "number"], name="ledger_number"),
            models.UniqueConstraint(fields=["petition", "previous"], name="ledger_one_chain"),
        ]
        indexes = [models.Index(fields=["at"], name="ledger_at")]

    def __str__(self) -> str:
        return f"{self.number}: {self.hash[:12]}"


class Day(models.Model):
    """The head of a day in Kyiv: the last entries of all ledgers that grew on it, chained."""

    day = models.DateField(primary_key=True)
    body = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.day}: {self.hash[:12]}"


class Hour(models.Model):
    """An hour of the ledgers: the last entries of those that grew in it, and the head that its day
    would have if it ended with it. Chained; added to, never changed (the database refuses)."""

    #: When it began.
    hour = models.DateTimeField(primary_key=True)
    body = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H:00}: {self.hash[:12]}"
