"""Models of the council's row, its age groups, martial law, elections, and changes of its data."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.domain.email_addresses import EmailModelField


class Council(models.Model):
    """The council's name, contacts, arms and colours: one row, on every page (core.domain.council).

    ``arms`` are checked and written anew (city/council/arms.py); a ``…_version`` is a digest of
    what it is of, part of its address; "": there are none. ``map_version`` is that of all rows of
    MapFeature.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(_("city"), max_length=100)
    name_locative = models.CharField(_("city, in the locative case"), max_length=100)
    name_en = models.CharField(
        _("city, in English"), max_length=100, blank=True, default="", db_default=""
    )
    council = models.CharField(_("council"), max_length=200)
    council_en = models.CharField(
        _("council, in English"), max_length=200, blank=True, default="", db_default=""
    )
    address = models.CharField(_("address"), max_length=200)
    phone = models.CharField(_("telephone"), max_length=40)
    email = EmailModelField(_("e-mail"))
    website = models.URLField(_("website"), blank=True)
    arms = models.BinaryField(null=True)
    arms_type = models.CharField(max_length=20, blank=True)
    arms_version = models.CharField(max_length=40, blank=True)
    brand = models.CharField(_("main colour"), max_length=7, blank=True)
    brand_deep = models.CharField(_("darker colour"), max_length=7, blank=True)
    #: "": made of the main colour.
    brand_dark = models.CharField(
        _("colour of dark pages"), max_length=7, blank=True, default="", db_default=""
    )
    colours_version = models.CharField(max_length=40, blank=True)
    map_version = models.CharField(max_length=40, blank=True)
    map_attribution = models.CharField(_("whose data the map is"), max_length=200, blank=True)
    #: What copies for a request for information cost (2939-VI art. 21), in hryvnias a page; None:
    #: the council has set no price, and they are free. The price keeps to the Cabinet's limit.
    copy_price = models.DecimalField(
        _("copying, hryvnias a page"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    copy_limit = models.DecimalField(
        _("the Cabinet’s limit, hryvnias a page"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
    )
    copy_account = models.CharField(
        _("account for copying"), max_length=300, blank=True, default="", db_default=""
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="one_council", condition=Q(id=1)),
            models.CheckConstraint(
                name="council_copy_price_within_its_limit",
                condition=Q(copy_price=None, copy_limit=None, copy_account="")
                | Q(
                    copy_price__isnull=False,
                    copy_price__gt=0,
                    copy_limit__isnull=False,
                    copy_price__lte=F("copy_limit"),
                )
                & ~Q(copy_account=""),
                violation_error_message=_(
                    "Copies have a price within the Cabinet’s limit and an account, or none of "
                    "these (2939-VI art. 21)."
                ),
            ),
            models.CheckConstraint(
                name="council_dark_colour", condition=Q(brand_dark__regex=r"^(#[0-9a-f]{6})?$")
            ),
        ]

    def __str__(self) -> str:
        return self.council


class AgeGroup(models.Model):
    """Number of residents of an age group: of 14 and 15 years, of 16 and 17, of 18 and more, as
    ages are known here.
    """

    since = models.PositiveSmallIntegerField(_("from years of age"), unique=True)
    population = models.PositiveIntegerField(_("population"))

    class Meta:
        ordering = ["since"]
        constraints = [
            models.CheckConstraint(name="age_group_as_known", condition=Q(since__in=[14, 16, 18]))
        ]

    def __str__(self) -> str:
        return f"{self.since}+"

    @property
    def words(self) -> str | Promise:
        """The age as people read it."""
        return {
            14: _("14 and 15 years of age"),
            16: _("16 and 17 years of age"),
            18: _("18 years of age and more"),
        }.get(self.since, str(self))


_IN_ORDER = Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))


def _apart(name: str, message: Any) -> ExclusionConstraint:
    """No two rows have a day in common."""
    days = Func(F("starts_on"), F("ends_on"), Value("[]"), function="daterange")
    return ExclusionConstraint(
        name=name,
        expressions=[(days, RangeOperators.OVERLAPS)],
        violation_error_message=message,
    )


class DatedPeriod(models.Model):
    """From ``starts_on`` to ``ends_on``, its last day; null: not known."""

    starts_on: models.DateField[Any, Any]
    ends_on: models.DateField[Any, Any]

    class Meta:
        abstract = True

    def clean(self) -> None:
        """The days are in order: PostgreSQL makes no range of others."""
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("It must not end before it begins.")})


class MartialLawPeriod(DatedPeriod):
    """A dated period of martial law (law 389-VIII); ``ends_on`` is its last day, null: not known.

    It drives both working days (law 2136-IX art. 6) and whether publication is mandatory.
    """

    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    act = models.CharField(_("act"), max_length=200)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(name="martial_law_in_order", condition=_IN_ORDER),
            _apart(
                "martial_law_periods_apart", _("Another period has some of these days already.")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on or '…'}"


class LocalElection(DatedPeriod):
    """The process of a local election (regular, extraordinary or repeat): its first and last day;
    ``ends_on`` null: not known yet.

    A council holds no public consultations in it and shortly before (law 3841-IX art. 7(8)).
    """

    name = models.CharField(_("which election"), max_length=200)
    starts_on = models.DateField(_("first day of the electoral process"))
    ends_on = models.DateField(_("last day of the electoral process"), null=True, blank=True)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(name="election_in_order", condition=_IN_ORDER),
            _apart("elections_apart", _("Another election has some of these days already.")),
        ]

    def __str__(self) -> str:
        return self.name


class Change(models.Model):
    """A change of the council's own data: author, time, former and new values.

    ``table`` is a name of city.actions.TABLES, or "council"; for terms that were counted anew it is
    what they bind. ``row`` is the id there, ``name`` what it was called. ``values``: by column, the
    value before and after. ``by``: the person's id; none: the server's command line.
    """

    class Verb(models.TextChoices):
        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        CLOSED = "closed", _("closed")
        REOPENED = "reopened", _("opened again")
        REMOVED = "removed", _("removed")
        RECOUNTED = "recounted", _("counted anew")

    at = models.DateTimeField(db_default=Now(), editable=False)
    by = models.BigIntegerField(null=True, editable=False)
    verb = models.CharField(max_length=12, choices=Verb)
    table = models.CharField(max_length=20)
    row = models.BigIntegerField()
    name = models.CharField(max_length=300)
    values = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["table", "row", "-id"], name="city_change_of_row"),
            models.Index(fields=["by", "-id"], name="city_change_by"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row} {self.verb}"
