"""Models of identity: checks of who a person is, and their keys."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.domain import clock


class Level(models.IntegerChoices):
    """Assurance of an identity (law 2155-VIII art. 15)."""

    LOW = 10, _("e-mail confirmed")
    SUBSTANTIAL = 20, _("checked by the city or by a bank")
    HIGH = 30, _("qualified signature")


class VerificationQuerySet(models.QuerySet["Verification"]):
    def in_force(self) -> VerificationQuerySet:
        """Neither ended nor expired, by the database's clock."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=clock.Now()), ended_at=None)


class Verification(models.Model):
    """One check of who somebody is. A later one of the same person ends the one before."""

    class How(models.TextChoices):
        PROVIDER = "provider", _("by an identity provider")
        OFFICE = "office", _("by a document shown at the office")
        LETTER = "letter", _("by a code from a letter")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="verifications")
    level = models.PositiveSmallIntegerField(choices=Level)
    how = models.CharField(max_length=10, choices=How)
    #: The provider's id («id.gov.ua», «bank_id» …) or the kind of document shown; never its number.
    source = models.CharField(max_length=60, blank=True)
    #: A keyed hash of the РНОКПП (or of the provider's own id): one person, one verified account.
    person_key = models.CharField(max_length=64, blank=True, editable=False)
    #: The ЄДРПОУ that stood in the qualified signature beside the person's own code; public data.
    organisation_code = models.CharField(max_length=8, blank=True)
    #: And its name there: what an organisation confirmed by this signature is called.
    organisation_name = models.CharField(max_length=300, blank=True)
    #: They were known here before, under an account that they have erased.
    came_back = models.BooleanField(default=False, editable=False)
    #: The highest of 14, 16 and 18 that the person has reached; nothing more is kept of their age.
    age_over = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField(db_default=Now(), editable=False)
    #: Who of the office looked at the document.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    expires_at = models.DateTimeField(null=True)
    #: When the person was told that the check runs out at ``expires_at``.
    reminded_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at=None), name="one_verification_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["person_key"],
                condition=Q(ended_at=None) & ~Q(person_key=""),
                name="one_verified_account_per_person",
            ),
            models.CheckConstraint(
                name="verified_age_is_one_of_the_law",
                condition=Q(age_over=None) | Q(age_over__in=[14, 16, 18]),
            ),
            models.CheckConstraint(name="verification_above_low", condition=Q(level__in=[20, 30])),
            models.CheckConstraint(
                name="office_verification_has_its_officer",
                condition=~Q(how="office") | Q(by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_at"],
                condition=Q(ended_at=None, reminded_at=None),
                name="verification_expiring",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} · {self.get_how_display()}"

    def has_expired(self, now: datetime) -> bool:
        """Whether its day has passed at ``now`` (core.domain.clock.now())."""
        return self.expires_at is not None and self.expires_at <= now


class PersonKey(models.Model):
    """By what one living person is known, whichever account is theirs: a keyed hash, and no more.

    Of their РНОКПП, and of their id at each provider that has confirmed them. A check ends; the key
    stays with the account, and with the nameless row of an erased one while what it supported
    still counts there (law 393/96-ВР art. 23-1: one voice a person).
    """

    key = models.CharField(max_length=64, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="person_keys")
    at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return f"#{self.pk}"
