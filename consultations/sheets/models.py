"""An uploaded spreadsheet of an officer, until it is applied or a day has passed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class SheetImport(models.Model):
    """Rows of a spreadsheet as they were read: of each its number and what it is to say.

    Nothing of it is a decision: what it changes is compared with the table whenever it is shown,
    and once more when it is applied.
    """

    consultation = models.ForeignKey(
        "consultations.Consultation", models.CASCADE, related_name="sheet_imports"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)
    #: Lists of a SheetRow's values.
    rows = models.JSONField()
    #: What is wrong with other lines: ``[line, sentence, number]``.
    errors = models.JSONField()
    applied_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return f"{self.consultation_id}, {self.at}"
