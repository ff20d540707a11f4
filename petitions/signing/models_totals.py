"""Counted totals of a petition, in rows apart from it: counting never waits for signing."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from petitions.life.models import Petition


class Total(models.Model):
    """The numbers of a petition as of its last recount; a ``count(*)`` each, never an increment."""

    petition = models.OneToOneField(
        Petition, models.CASCADE, primary_key=True, related_name="total"
    )
    counted = models.PositiveIntegerField(default=0)
    checking = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    #: Counted in the last seven days: what the list sorts by as momentum.
    week = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["-week", "-petition"], name="petition_momentum"),
            models.Index(fields=["-counted", "-petition"], name="petition_most_signed"),
        ]

    def __str__(self) -> str:
        return str(self.counted)


class DayTotal(models.Model):
    """Number of a day's signatures (in Kyiv) that are counted: the chart and its table."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="days")
    day = models.DateField()
    counted = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["petition", "day"], name="one_total_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.counted}"
