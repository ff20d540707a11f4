"""The model of what stands on the map of the city."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _

from city.lists.models import District
from city.streets.models import Street


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
