"""Businesses and other organisations, and who may act for them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a mandate lets one do for the organisation."""

    COMMENT = "comment", _("speak in consultations")
    SIGN = "sign", _("sign")
    VOTE = "vote", _("vote")
    ALL = "all", _("everything")


class Organisation(models.Model):
    """A legal entity or a sole proprietor (ФОП) that takes part under its own name.

    ``code`` is the ЄДРПОУ, eight digits as text. A sole proprietor has a РНОКПП instead, which is
    personal data: of it only ``code_key``, a keyed hash, is kept.
    """

    class Kind(models.TextChoices):
        LEGAL = "legal", _("legal entity")
        SOLE = "sole", _("sole proprietor (ФОП)")

    class Size(models.TextChoices):
        MICRO = "micro", _("micro: up to 10 people")
        SMALL = "small", _("small: up to 50 people")
        MEDIUM = "medium", _("medium: up to 250 people")
        LARGE = "large", _("large: over 250 people")

    class How(models.TextChoices):
        SIGNATURE = "signature", _("by a qualified signature with both codes")
        OFFICE = "office", _("by documents shown at the office")
        LETTER = "letter", _("by a code from a letter")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    code = models.CharField(_("ЄДРПОУ"), max_length=8, blank=True)
    code_key = models.CharField(max_length=64, blank=True, editable=False)
    name = models.CharField(_("full name"), max_length=300)
    short_name = models.CharField(_("short name"), max_length=160)
    location = models.CharField(_("location"), max_length=300)
    #: КВЕД section, one Latin letter A–U.
    sector = models.CharField(_("sector"), max_length=1)
    size = models.CharField(_("size"), max_length=10, choices=Size)
    contact = models.CharField(_("contact"), max_length=200)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    registered_at = models.DateTimeField(db_default=Now(), editable=False)
    how = models.CharField(max_length=10, choices=How, blank=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=~Q(code="") & Q(confirmed_at__isnull=False, closed_at=None),
                name="one_organisation_per_code",
            ),
            models.UniqueConstraint(
                fields=["code_key"],
                condition=~Q(code_key="") & Q(confirmed_at__isnull=False, closed_at=None),
                name="one_sole_proprietor_per_person",
            ),
            models.CheckConstraint(
                name="legal_entity_by_its_code",
                condition=Q(kind="legal", code__regex=r"^[0-9]{8}$", code_key="")
                | Q(kind="sole", code=""),
            ),
            models.CheckConstraint(
                name="organisation_confirmed_somehow",
                condition=Q(confirmed_at=None, how="")
                | (Q(confirmed_at__isnull=False) & ~Q(how="")),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self) -> MandateQuerySet:
        """Begun, not over, not revoked, of a confirmed organisation; by the database's clock."""
        return self.filter(
            Q(ends_at=None) | Q(ends_at__gt=Now()),
            starts_at__lte=Now(),
            revoked_at=None,
            organisation__confirmed_at__isnull=False,
            organisation__closed_at=None,
        )


class Mandate(models.Model):
    """What one person may do for one organisation, and from when until when. Never deleted."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="mandates")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mandates")
    #: Runs the organisation here: invites, revokes, changes what it says of itself.
    is_head = models.BooleanField(_("head"), default=False)
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope), verbose_name=_("may"))
    starts_at = models.DateTimeField(_("from"), db_default=Now())
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    granted_at = models.DateTimeField(db_default=Now(), editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=Q(revoked_at=None),
                name="one_mandate_of_a_person",
            ),
            models.CheckConstraint(
                name="mandate_ends_after_it_starts",
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
            ),
            models.CheckConstraint(name="mandate_is_for_something", condition=Q(scopes__len__gt=0)),
        ]
        indexes = [
            models.Index(fields=["user"], condition=Q(revoked_at=None), name="mandate_standing"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.organisation_id}"
