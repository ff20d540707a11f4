"""Distinct visitors of a day or a month, as the registers of a HyperLogLog."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class VisitorSketch(models.Model):
    """A HyperLogLog of the distinct (address, browser) pairs of a period; no pair can be read from
    it.

    ``registers`` is a HyperLogLog of hashes that were keyed with the secret salt of the month,
    which stands in no database. ``salt`` is a digest of that salt: sketches can be merged only
    where it is the same. Machines to which nobody handed the salt each have one of their own.
    """

    class Period(models.TextChoices):
        MONTH = "month", _("month")
        DAY = "day", _("day")

    period = models.CharField(max_length=5, choices=Period)
    begins_on = models.DateField()
    salt = models.CharField(max_length=16)
    registers = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["begins_on", "period", "salt"], name="visitors_once"),
            models.CheckConstraint(
                condition=models.Q(period="day") | models.Q(period="month", begins_on__day=1),
                name="visitors_period",
            ),
            models.CheckConstraint(
                condition=models.Q(salt__regex="^[0-9a-f]{16}$"), name="visitors_salt"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.begins_on}"
