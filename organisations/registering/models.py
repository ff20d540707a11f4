"""The model of an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisations.registering.sectors import Sector

if TYPE_CHECKING:
    from accounts.models import Anybody


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def confirmed(self) -> OrganisationQuerySet:
        """Confirmed and not closed: these may speak, and everybody may know of them."""
        return self.filter(confirmed_at__isnull=False, closed_at=None)

    def waiting(self) -> OrganisationQuerySet:
        """Registered and neither confirmed, refused nor closed: the office's queue."""
        return self.filter(confirmed_at=None, refused_at=None, closed_at=None)

    def visible_to(self, user: Anybody) -> OrganisationQuerySet:
        """The ones whose own page one sees: where one has a mandate that is not revoked."""
        if not user.is_authenticated:
            return self.none()
        # At most one row joins: one_mandate_of_a_person.
        return self.filter(mandates__user=user, mandates__revoked_at=None)


class Organisation(models.Model):
    """A legal entity or a sole proprietor (ФОП) that takes part under its own name.

    ``code`` is the ЄДРПОУ, eight digits as text. A sole proprietor has a РНОКПП instead, which is
    personal data: of it only ``code_key``, a keyed hash, is kept. Several may claim one code until
    one of them is confirmed.
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

    class Paper(models.TextChoices):
        """The document shown at the office; never its number."""

        EXTRACT = "extract", _("extract from the Unified State Register")
        APPOINTMENT = "appointment", _("order or minutes appointing the head")
        PROXY = "proxy", _("power of attorney")
        IDENTITY = "identity", _("identity document of the person")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    code = models.CharField(_("ЄДРПОУ"), max_length=8, blank=True)
    code_key = models.CharField(max_length=64, blank=True, editable=False)
    name = models.CharField(_("full name"), max_length=300)
    short_name = models.CharField(_("short name"), max_length=160)
    location = models.CharField(_("location"), max_length=300)
    #: "": not said yet. Only what needs one asks for it (consultations.costs.rules.say_as).
    sector = models.CharField(_("sector"), max_length=1, choices=Sector, blank=True)
    size = models.CharField(_("size"), max_length=10, choices=Size, blank=True)
    contact = models.CharField(_("contact"), max_length=200)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    registered_at = models.DateTimeField(db_default=Now(), editable=False)
    #: Since when it waits for the office: a refused one that is corrected goes to the end.
    waits_since = models.DateTimeField(db_default=Now(), editable=False)
    how = models.CharField(max_length=10, choices=How, blank=True, editable=False)
    papers = ArrayField(
        models.CharField(max_length=12, choices=Paper), default=list, editable=False
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    refused_at = models.DateTimeField(null=True, editable=False)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    refused_reason = models.CharField(max_length=500, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = OrganisationQuerySet.as_manager()

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
            models.UniqueConstraint(
                fields=["registered_by", "code", "code_key"],
                condition=Q(closed_at=None) & (~Q(code="") | ~Q(code_key="")),
                name="one_claim_of_a_person",
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
            models.CheckConstraint(
                name="organisation_refused_with_a_reason",
                condition=Q(refused_at=None, refused_reason="")
                | (Q(refused_at__isnull=False, confirmed_at=None) & ~Q(refused_reason="")),
            ),
            models.CheckConstraint(
                name="organisation_of_a_section", condition=Q(sector__in=["", *Sector.values])
            ),
        ]
        indexes = [
            models.Index(
                fields=["waits_since", "id"],
                condition=Q(confirmed_at=None, refused_at=None, closed_at=None),
                name="organisation_queue",
            ),
            models.Index(fields=["code"], condition=~Q(code=""), name="organisation_code"),
        ]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        """The page of those who act for it."""
        return reverse("organisations:detail", args=[self.pk])

    @property
    def is_sole(self) -> bool:
        return self.kind == self.Kind.SOLE

    @property
    def is_confirmed(self) -> bool:
        """Checked, and not closed since."""
        return self.confirmed_at is not None and self.closed_at is None

    @property
    def paper_names(self) -> str:
        """Names of the documents shown at the office."""
        return ", ".join(str(paper.label) for paper in self.Paper if paper in self.papers)
