"""Where a person lives in the community, declared by herself or checked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class ResidenceQuerySet(models.QuerySet["Residence"]):
    def current(self) -> ResidenceQuerySet:
        """What stands now: not ended."""
        return self.filter(ended_at=None)

    def checked(self) -> ResidenceQuerySet:
        """Current ones that somebody checked and whose check has not expired."""
        return self.current().filter(checked_at__isnull=False, expires_at__gt=Now())


class Residence(models.Model):
    """An address in the community. Moving ends one and begins another."""

    class Basis(models.TextChoices):
        REGISTERED = "registered", _("registered residence")
        DISPLACED = "displaced", _("registered as an internally displaced person")

    class How(models.TextChoices):
        PROVIDER = "provider", _("by an identity provider")
        OFFICE = "office", _("by a document shown at the office")
        LETTER = "letter", _("by a code from a letter")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="residences")
    district = models.ForeignKey("city.District", models.PROTECT, verbose_name=_("district"))
    #: Street, house, flat: for the letter and the check alone; emptied when it is not needed.
    address = models.CharField(_("address"), max_length=300, blank=True)
    basis = models.CharField(_("basis"), max_length=10, choices=Basis, default=Basis.REGISTERED)
    declared_at = models.DateTimeField(db_default=Now(), editable=False)
    how = models.CharField(max_length=10, choices=How, blank=True, editable=False)
    checked_at = models.DateTimeField(null=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    expires_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = ResidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at=None), name="one_residence_at_a_time"
            ),
            models.CheckConstraint(
                name="residence_checked_somehow",
                condition=Q(checked_at=None, how="", expires_at=None)
                | (Q(checked_at__isnull=False, expires_at__isnull=False) & ~Q(how="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.district_id} · {self.basis}"
