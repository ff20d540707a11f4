"""Register entry of a proposal that came by letter, at a hearing, by telephone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from discussions.models import LONGEST_NAME

#: The longest contact, in characters.
LONGEST_CONTACT = 500


class ReceivedOffline(models.Model):
    """Receipt of a remark that staff entered, with the contact of its author.

    The remark's words and published name are its comment's. The contact is never published: the
    officers of this consultation read it, until it is emptied after its term.
    """

    remark = models.OneToOneField(
        "consultations.Remark", models.CASCADE, primary_key=True, related_name="received"
    )
    received_on = models.DateField(_("date of receipt"))
    contact = models.CharField(_("contact"), max_length=LONGEST_CONTACT, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    entered_at = models.DateTimeField(db_default=Now(), editable=False)
    #: The name as it was first entered, where it was corrected; officers read it.
    name_before = models.CharField(max_length=LONGEST_NAME, blank=True, editable=False)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    corrected_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="received_corrected_by_somebody",
                condition=Q(corrected_at__isnull=True, corrected_by__isnull=True)
                | Q(corrected_at__isnull=False, corrected_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.remark_id}, {self.received_on}"


class ReceivedScan(models.Model):
    """The scan of a letter, never public. In the database: in its backup and its transactions, and
    beyond the reach of whatever serves files."""

    received = models.OneToOneField(
        ReceivedOffline, models.CASCADE, primary_key=True, related_name="scan"
    )
    content = models.BinaryField()
    media_type = models.CharField(max_length=20, editable=False)

    def __str__(self) -> str:
        return f"{self.received_id}, {self.media_type}"
