"""The public ledger: what was counted, held back and removed, in a chain that shows tampering."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from petitions.models.petition import Petition


class Entry(models.Model):
    """One line of a petition's ledger; appended in batches, never changed, no personal data.

    ``body`` is the canonical JSON that was hashed; ``hash`` is SHA-256 of the hash before and it.
    """

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="ledger")
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

    def __str__(self) -> str:
        return f"{self.number}: {self.hash[:12]}"


class Day(models.Model):
    """The head of a day: the heads of all petitions' ledgers together, published."""

    day = models.DateField(primary_key=True)
    body = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.day}: {self.hash[:12]}"
