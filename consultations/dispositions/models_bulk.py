"""Changes of many rows of the table by one press, which can be taken back for a while."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from consultations.dispositions.models import Disposition, RowValues

#: For so long a change of many rows can be taken back.
TAKE_BACK_FOR = timedelta(minutes=30)
_ATTRIBUTES = [field.attname for field in RowValues._meta.local_fields]


class BulkChange(models.Model):
    """A change of many rows of one consultation by one press: who made it, when, of how many."""

    class Kind(models.TextChoices):
        SETTLE = "settle", _("rows filled alike")
        APPROVE = "approve", _("rows approved")
        SHEET = "sheet", _("rows changed by a file")

    consultation = models.ForeignKey(
        "consultations.Consultation", models.CASCADE, db_index=False, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=Kind, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    at = models.DateTimeField(db_default=Now(), editable=False)
    #: The number of rows that it changed, with those that are folded into others.
    number = models.PositiveIntegerField(editable=False)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["consultation", "-at"], name="bulk_change_newest")]
        constraints = [
            models.CheckConstraint(
                name="bulk_change_taken_back_in_time",
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(
                    taken_back_by__isnull=False,
                    taken_back_at__gte=F("at"),
                    taken_back_at__lte=F("at") + TAKE_BACK_FOR,
                ),
            ),
            models.CheckConstraint(name="bulk_change_of_some_rows", condition=Q(number__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.kind} {self.number}"

    @property
    def until(self) -> datetime:
        """The last moment at which it can be taken back."""
        return self.at + TAKE_BACK_FOR


class BulkChangeRow(RowValues):
    """A row as it was before a change of many rows, with the digest of what that left in it.

    A row that says something else by the time at which the change is taken back is left as it is,
    and keeps who changed it and when.
    """

    change = models.ForeignKey(
        BulkChange, models.CASCADE, editable=False, db_index=False, related_name="rows"
    )
    remark = models.ForeignKey(
        "consultations.Remark", models.CASCADE, editable=False, related_name="+"
    )
    #: There was no row: nobody had written anything.
    was_empty = models.BooleanField(editable=False)
    digest_after = models.CharField(max_length=32, editable=False)
    is_left = models.BooleanField(default=False, db_default=False, editable=False)
    later_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        related_name="+",
    )
    later_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["change", "remark"], name="bulk_change_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.change_id}: {self.remark_id}"

    @classmethod
    def of(
        cls, change: BulkChange, former: Disposition | None, written: Disposition
    ) -> BulkChangeRow:
        """The row to keep of a disposition that the change wrote; ``former``: what stood there."""
        said = {name: getattr(former, name) for name in _ATTRIBUTES} if former else {}
        return cls(
            change=change,
            remark_id=written.remark_id,
            was_empty=former is None,
            digest_after=digest_of_row(written),
            **said,
        )

    def to_disposition(self) -> Disposition:
        """The disposition as it was before the change."""
        said = {name: getattr(self, name) for name in _ATTRIBUTES}
        return Disposition(remark_id=self.remark_id, **said)


def digest_of_row(row: RowValues) -> str:
    """Digest of all that a row says, to tell whether somebody has changed it."""
    return blake2b(repr(list(_canonical(row))).encode(), digest_size=16).hexdigest()


def _canonical(row: RowValues) -> Iterable[str]:
    for name in _ATTRIBUTES:
        value = getattr(row, name)
        yield str(value.astimezone(UTC) if isinstance(value, datetime) else value)
