"""The register of appeals: its days with their numbers, and the classifier."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.domain.council import local_name


class RegisterDay(models.Model):
    """A day of registration and the last number that it has given (КМУ 348 п. 2).

    Its row is the counter: whoever registers adds one to it in the last statement before COMMIT
    (appeals/register/numbering.py), so numbers have no gaps and nobody waits for anybody's work.
    """

    day = models.DateField(primary_key=True)
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.day}: {self.last}"


class Category(models.Model):
    """A line of the classifier of appeals (КМУ 858); imported from a CSV file."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=300)
    name_en = models.CharField(
        _("name in English"), max_length=300, blank=True, default="", db_default=""
    )
    #: Offered for nothing new from then on; it stays named where it was used.
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.local_name}"

    @property
    def local_name(self) -> str:
        """Its name in the active language; in Ukrainian where it has no English one."""
        return local_name(self.name, self.name_en)
