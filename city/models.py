"""The council's own world: departments, themes, districts, ages, the martial-law periods."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.email_addresses import EmailModelField


class Named(models.Model):
    """A named thing, listed in Ukrainian order (``name_key``, see core.collation)."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    name_key = models.CharField(max_length=400, editable=False, default="")
    slug = models.SlugField(unique=True)

    class Meta:
        abstract = True
        ordering = ["name_key", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        from core.collation import key

        self.name_key = key(self.name)
        super().save(*args, **kwargs)


class Department(Named):
    """A department or executive body of the council that prepares drafts and answers."""

    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = EmailModelField(_("e-mail"), blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)


class Theme(Named):
    """A subject area: transport, land, housing."""


class District(Named):
    """A part of the city, with its population for who-is-missing figures."""

    population = models.PositiveIntegerField(_("population"), null=True, blank=True)


class AgeGroup(models.Model):
    """How many people of an age live in the community: of 14 and 15 years, of 16 and 17, of 18 and
    more, as ages are known here."""

    since = models.PositiveSmallIntegerField(_("from years of age"), unique=True)
    population = models.PositiveIntegerField(_("population"))

    class Meta:
        ordering = ["since"]
        constraints = [
            models.CheckConstraint(name="age_group_as_known", condition=Q(since__in=[14, 16, 18]))
        ]

    def __str__(self) -> str:
        return f"{self.since}+"


class MartialLawPeriod(models.Model):
    """A dated period of martial law (law 389-VIII); ``ends_on`` is its last day, null: not known.

    It drives both working days (law 2136-IX art. 6) and whether publication is mandatory.
    """

    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    act = models.CharField(_("act"), max_length=200)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                name="martial_law_in_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on or '…'}"
