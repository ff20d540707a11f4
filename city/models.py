"""The council itself and its own lists: departments, themes, districts, streets, martial law."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Now
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from city.streets import names
from core.domain.council import local_name
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


class NamedQuerySet[Row: "Named"](models.QuerySet[Row]):
    """Rows of a list of the council's."""

    def open(self) -> Self:
        """Those that new things can be given."""
        return self.filter(closed_at=None)

    def offered(self, current: Iterable[int | None] = ()) -> Self:
        """Those that a form offers: open ones, and what the edited thing has already."""
        return self.filter(Q(closed_at=None) | Q(pk__in=[pk for pk in current if pk]))


class Named(models.Model):
    """A named thing, listed in Ukrainian order (``name_key``, see core.db.collation).

    What is closed is offered for nothing new, and stays named where it was used.
    """

    name = models.CharField(
        _("name"),
        max_length=200,
        unique=True,
        error_messages={"unique": _("Another one has this name already.")},
    )
    name_en = models.CharField(
        _("name in English"), max_length=200, blank=True, default="", db_default=""
    )
    name_key = models.CharField(max_length=400, editable=False, default="")
    slug = models.SlugField(
        unique=True, error_messages={"unique": _("Another one has this slug already.")}
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)

    objects = NamedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["name_key", "pk"]

    def __str__(self) -> str:
        return self.local_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        from core.db.collation import key

        self.name_key = key(self.sorted_by)
        super().save(*args, **kwargs)

    @property
    def local_name(self) -> str:
        """Its name in the active language; in Ukrainian where it has no English one."""
        return local_name(self.name, self.name_en)

    @property
    def sorted_by(self) -> str:
        """The words by which lists sort it."""
        return self.name


class Department(Named):
    """A department or executive body of the council that prepares drafts and answers."""

    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = EmailModelField(_("e-mail"), blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    registers_appeals = models.BooleanField(
        _("registers appeals"),
        default=False,
        help_text=_("Its officers and secretaries register what people write to the council."),
    )


class Theme(Named):
    """A subject area: transport, land, housing."""


class District(Named):
    """A part of the city, with its population for who-is-missing figures."""

    population = models.PositiveIntegerField(_("population"), null=True, blank=True)


#: Of one street.
MOST_FORMER_NAMES = 10


class Street(Named):
    """A street, avenue or square of the community, by its full name: «вулиця Соборності».

    Two places of one community may each have «вулиця Садова»: a name is unique in its district.
    Streets are sorted by their name without its kind; ``lookup`` is what typed words are compared
    with (city/streets/names.py).
    """

    name = models.CharField(_("name"), max_length=200)
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, verbose_name=_("district")
    )
    former_names = models.JSONField(_("former names"), default=list, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    lookup = models.TextField(editable=False, default="")

    class Meta(Named.Meta):
        constraints = [
            models.UniqueConstraint(
                name="street_name_in_district",
                fields=["name", "district"],
                nulls_distinct=False,
                violation_error_message=_("The district has a street of this name already."),
            ),
            models.CheckConstraint(
                name="street_both_coordinates",
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
                violation_error_message=_("Give both coordinates or none."),
            ),
            models.CheckConstraint(
                name="street_on_earth",
                condition=Q(latitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                violation_error_message=_(
                    "A latitude is between −90 and 90, a longitude between −180 and 180."
                ),
            ),
        ]
        indexes = [models.Index(fields=["name_key", "id"], name="city_street_in_order")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.lookup = names.lookup_of([self.name, *self.former_names])
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Names are lines with words in them, by which the street can be found."""
        if self.name and not names.lookup_of([self.name]):
            raise ValidationError({"name": _("Write its name in words.")})
        former = self.former_names
        if len(former) > MOST_FORMER_NAMES or any(len(name) > 200 for name in former):
            raise ValidationError({"former_names": _("Ten names at most, each of one line.")})

    @property
    def sorted_by(self) -> str:
        return names.sorted_by(self.name)


class MapFeature(models.Model):
    """Something on the map of the city: the area of a district, the line of a street, water.

    ``geometry`` is GeoJSON (RFC 7946) in WGS 84: MultiPolygon, MultiLineString or Point, as its
    kind has it; the function ``city_geometry_is_valid`` of PostgreSQL checks it. A district and a
    street are named by their rows, anything else by ``name``. The lines of one name are one row and
    so are its areas; places of one name stand at different points.
    """

    class Kind(models.TextChoices):
        DISTRICT = "district", _("districts")
        STREET = "street", _("streets")
        ROUTE = "route", _("bus and tram lines")
        RAILWAY = "railway", _("railways")
        WATER = "water", _("rivers and lakes")
        PLACE = "place", _("places")

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200, blank=True)
    district = models.OneToOneField(District, models.PROTECT, null=True, related_name="+")
    street = models.OneToOneField(Street, models.PROTECT, null=True, related_name="+")
    geometry = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="map_feature_geometry",
                condition=Func(
                    F("kind"),
                    F("geometry"),
                    function="city_geometry_is_valid",
                    output_field=models.BooleanField(),
                ),
            ),
            models.CheckConstraint(
                name="map_feature_of_one_thing",
                condition=Q(kind="district", district__isnull=False, street=None, name="")
                | Q(kind="street", district=None, street__isnull=False, name="")
                | (
                    Q(kind__in=("route", "railway", "water", "place"), district=None, street=None)
                    & ~Q(name="")
                ),
            ),
            models.UniqueConstraint(
                "kind",
                "name",
                KT("geometry__type"),
                name="map_feature_once",
                condition=Q(kind__in=("route", "railway", "water")),
            ),
            models.UniqueConstraint(
                name="map_place_once",
                fields=["name", "geometry"],
                condition=Q(kind="place"),
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.kind} {self.district_id or self.street_id}"


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
            ),
            ExclusionConstraint(
                name="martial_law_periods_apart",
                expressions=[
                    (
                        Func(F("starts_on"), F("ends_on"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    )
                ],
                violation_error_message=_("Another period has some of these days already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on or '…'}"

    def clean(self) -> None:
        """The days are in order: PostgreSQL makes no range of others."""
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("It must not end before it begins.")})


class LocalElection(models.Model):
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
            models.CheckConstraint(
                name="election_in_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            ExclusionConstraint(
                name="elections_apart",
                expressions=[
                    (
                        Func(F("starts_on"), F("ends_on"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    )
                ],
                violation_error_message=_("Another election has some of these days already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The days are in order: PostgreSQL makes no range of others."""
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("It must not end before it begins.")})


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
