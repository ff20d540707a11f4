"""Models of residence: where a person lives in the community, declared or checked."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.domain.calendar import last_date


class ResidenceQuerySet(models.QuerySet["Residence"]):
    def current(self) -> ResidenceQuerySet:
        """Residences in force: not ended."""
        return self.filter(ended_at=None)

    def checked(self) -> ResidenceQuerySet:
        """Current ones that somebody checked and whose check has not expired."""
        return self.current().filter(checked_at__isnull=False, expires_at__gt=Now())


class Residence(models.Model):
    """An address in the community. Moving ends one and begins another.

    Registered internally displaced persons are residents like others (law 3703-IX art. 1).
    """

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
    #: When the person was told that the check which runs out at ``expires_at`` does so.
    reminded_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = ResidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at=None), name="one_residence_at_a_time"
            ),
            models.CheckConstraint(
                name="residence_checked_somehow",
                condition=Q(checked_at=None, how="", expires_at=None, reminded_at=None)
                | (Q(checked_at__isnull=False, expires_at__isnull=False) & ~Q(how="")),
            ),
            models.CheckConstraint(
                name="office_check_has_its_officer",
                condition=~Q(how="office") | Q(checked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="ended_residence_has_no_address", condition=Q(ended_at=None) | Q(address="")
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_at"],
                condition=Q(ended_at=None, reminded_at=None),
                name="residence_expiring",
            )
        ]

    def __str__(self) -> str:
        return f"{self.district_id} · {self.basis}"

    @property
    def last_day(self) -> date | None:
        """The last day on which its check counts, the whole of it."""
        return last_date(self.expires_at) if self.expires_at else None


def address_is_idle() -> Q:
    """Which residences hold an address that no letter waits for: asked for, or on its way."""
    letters = ResidenceLetter.objects.open().filter(residence=OuterRef("pk"))
    waited_for = Exists(letters.filter(Q(run=None) | Q(expires_at__gt=Now())))
    return ~Q(address="") & Q(~waited_for)


class LetterRun(models.Model):
    """Letters that an officer printed at once, as one file. The file itself is not kept."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return f"#{self.pk}"


class ResidenceLetterQuerySet(models.QuerySet["ResidenceLetter"]):
    def open(self) -> ResidenceLetterQuerySet:
        """Neither used nor void: asked for, or on its way."""
        return self.filter(used_at=None, void_at=None)

    def waiting(self) -> ResidenceLetterQuerySet:
        """Asked for and not printed yet."""
        return self.open().filter(run=None)


class ResidenceLetter(models.Model):
    """A letter with a code, asked for by a person about their residence.

    The code is made when the letter is printed and stands on paper alone; here is its digest
    (accounts.paper.codes). Printed again, it has a new code and the old one opens nothing.
    """

    #: Of one code, whoever tries.
    MOST_TRIES = 10

    residence = models.ForeignKey(Residence, models.CASCADE, related_name="letters")
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    #: The last printing.
    run = models.ForeignKey(LetterRun, models.PROTECT, null=True, related_name="letters")
    digest = models.CharField(max_length=64, blank=True, editable=False)
    expires_at = models.DateTimeField(null=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    used_at = models.DateTimeField(null=True, editable=False)
    void_at = models.DateTimeField(null=True, editable=False)

    objects = ResidenceLetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["residence"],
                condition=Q(used_at=None, void_at=None),
                name="one_letter_on_its_way",
            ),
            models.CheckConstraint(
                name="printed_letter_has_its_code",
                condition=Q(run=None, digest="", expires_at=None)
                | Q(run__isnull=False, digest__regex=r"^[0-9a-f]{64}$", expires_at__isnull=False),
            ),
            models.CheckConstraint(name="letter_tried_so_often", condition=Q(tries__lte=10)),
            models.CheckConstraint(
                name="letter_used_or_void", condition=Q(used_at=None) | Q(void_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def last_day(self) -> date | None:
        """The last day on which its code works, the whole of it."""
        return last_date(self.expires_at) if self.expires_at else None
