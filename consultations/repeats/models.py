"""Data of the search for repeats beside remarks."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class RepeatSketch(models.Model):
    """By what a remark is found as a candidate: hashes of its pairs of words (MinHash).

    Null until the job has compared it; empty of a remark that is folded or kept apart, and so no
    candidate.
    """

    remark = models.OneToOneField(
        "consultations.Remark", models.CASCADE, primary_key=True, related_name="sketch"
    )
    consultation = models.ForeignKey(
        "consultations.Consultation", models.CASCADE, related_name="+", db_index=False
    )
    keys = ArrayField(models.IntegerField(), null=True)

    class Meta:
        indexes = [
            GinIndex(fields=["keys"], name="repeat_sketch_keys"),
            models.Index(
                fields=["consultation", "remark"],
                condition=Q(keys=None),
                name="repeat_sketch_waiting",
            ),
        ]

    def __str__(self) -> str:
        return str(self.remark_id)


class KeptApart(models.Model):
    """A remark that staff have unfolded: the job never folds it again, nor others into it."""

    remark = models.OneToOneField(
        "consultations.Remark", models.CASCADE, primary_key=True, related_name="kept_apart"
    )
    #: Into which it was folded, and is folded again if staff think better of it.
    head = models.ForeignKey(
        "consultations.Remark", models.SET_NULL, null=True, related_name="unfolded"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return str(self.remark_id)
