"""Figures that everybody reads, as they were made once."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class FiguresEdition(models.Model):
    """Figures of the appeals of one quarter, made once and never changed.

    Were they counted anew for each look, two looks would tell what a single appeal changed.
    """

    #: The first day of the quarter.
    first = models.DateField(primary_key=True)
    #: Rows of appeals.figures.quarters.Figures by table, without what is small.
    tables = models.JSONField()
    made_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return str(self.first)
