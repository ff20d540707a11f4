"""People without e-mail (law 3841-IX art. 15): an account number and sheets of codes on paper."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class PaperAccount(models.Model):
    """The number by which a person without e-mail signs in: random, the last digit a check."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="paper_account"
    )
    number = models.CharField(max_length=8, unique=True)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="account_number_of_digits", condition=Q(number__regex=r"^[0-9]{8}$")
            )
        ]

    def __str__(self) -> str:
        return f"{self.number[:4]}-{self.number[4:]}"


class PaperSheet(models.Model):
    """A sheet of one-time codes in their order; a new one makes the old one void.

    ``digests`` are those of its codes (accounts.paper.codes). All before ``next_place`` are spent:
    a code that was used, and the ones before it that were not.
    """

    account = models.ForeignKey(PaperAccount, models.CASCADE, related_name="sheets")
    digests = ArrayField(models.CharField(max_length=64), editable=False)
    next_place = models.PositiveSmallIntegerField(default=0, editable=False)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    expires_at = models.DateTimeField(editable=False)
    void_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(void_at=None), name="one_sheet_of_a_person"
            ),
            models.CheckConstraint(
                name="sheet_spent_to_its_end", condition=Q(next_place__lte=F("digests__len"))
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def left(self) -> int:
        """Number of unspent codes."""
        return len(self.digests) - self.next_place
