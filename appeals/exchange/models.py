"""Models of the exchange: files for a document system, and the numbers that it gave."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from appeals.answers.models import Answer
from appeals.filing.models import Appeal


class AppealsExport(models.Model):
    """A file of appeals for a document system: encrypted to its public key, gone after a day.

    ``content`` is emptied then (appeals/personal_data.py); who made it and why stays.
    """

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    since = models.DateField()
    until = models.DateField()
    reason = models.CharField(
        _("what it is needed for"), max_length=500, validators=[MinLengthValidator(10)]
    )
    #: An age recipient: «age1…».
    recipient = models.CharField(_("public key"), max_length=100)
    appeals = models.PositiveIntegerField()
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    content = models.BinaryField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appeals_export_with_its_reason",
                condition=~Q(reason="") & Q(recipient__startswith="age1", appeals__gte=1),
            ),
            models.CheckConstraint(
                name="appeals_export_of_a_period", condition=Q(until__gte=F("since"))
            ),
        ]
        indexes = [
            models.Index(fields=["by", "-id"], name="appeals_export_of"),
            models.Index(fields=["made_at"], name="appeals_export_made"),
        ]

    def __str__(self) -> str:
        return f"{self.since}–{self.until}"


class SystemRegistration(models.Model):
    """The number and day under which the document system has an appeal, or an answer to it.

    The council's own number is another one and never changes (appeals/register/numbering.py).
    """

    appeal = models.ForeignKey(
        Appeal, models.PROTECT, db_index=False, related_name="system_registrations"
    )
    answer = models.ForeignKey(Answer, models.PROTECT, null=True, db_index=False, related_name="+")
    number = models.CharField(max_length=60)
    day = models.DateField()
    entered_at = models.DateTimeField(db_default=Now(), editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appeal", "answer"],
                name="system_registration_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="system_registration_has_a_number", condition=~Q(number="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}, {self.day:%d.%m.%Y}"
