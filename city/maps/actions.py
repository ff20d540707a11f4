"""Put the council's own outlines on the map, and take them off."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from json import dumps
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from city.council.actions import digest_of, lock_council, store_council
from city.lists.lines import in_lines
from city.maps import geojson
from city.maps.geojson import Feature, NotAMap
from city.models import Council, District, MapFeature, Street
from city.rules import Actor
from city.streets.names import fold
from core.domain.actions import action
from core.domain.rules import reject

Kind = MapFeature.Kind
#: What is on the map once: its kind; the id of its district or street, or its name with the type of
#: its geometry (a river has lines and areas), of a place with its point.
type Key = tuple[object, ...]
#: What the types of geometry of each kind are, the one first that says its kind by itself.
_GEOMETRIES = {
    Kind.DISTRICT: ("MultiPolygon",),
    Kind.STREET: ("MultiLineString",),
    Kind.PLACE: ("Point",),
    Kind.ROUTE: ("MultiLineString",),
    Kind.RAILWAY: ("MultiLineString",),
    Kind.WATER: ("MultiPolygon", "MultiLineString"),
}
_NO_KIND = gettext_lazy("its “kind” is none of these: %(kinds)s.")
_WRONG_GEOMETRY = gettext_lazy("a feature of the kind “%(kind)s” is drawn by another geometry.")
_NO_NAME = gettext_lazy("it has no “name”.")
#: Missing names that a sentence tells.
_MOST_TOLD = 10


def draw_map(content: bytes, attribution: str | None = None, *, by: Actor | None) -> dict[str, int]:
    """Put the features of a GeoJSON file on the map; all of them or none.

    They replace what the map has of the same kinds and leave other kinds as they are. A district
    is found by its slug or name, a street by its slug, or its name and district. A feature without
    a ``kind`` is a district if it is an area, a street if it is a line, a place if it is a point.
    Lines of one name are one feature, and so are its areas. ``attribution``: whose data that is;
    "": as the file says; None: that, else as it is stored. Returns how many of each kind the file
    has.

    Refuses by rules.change, and with ``city.not_a_map``, whose message says what is wrong where.
    Emits CityChanged.
    """
    with action():
        row = lock_council(by)
        try:
            features, said = geojson.read(content)
            rows = _rows(features)
        except NotAMap as wrong:
            reject("city.not_a_map", str(wrong))
        MapFeature.objects.filter(kind__in={each.kind for each in rows}).delete()
        MapFeature.objects.bulk_create(rows)
        known = row.map_attribution if attribution is None else ""
        _store(row, attribution or said or known, by)
        return dict(Counter(str(each.kind) for each in rows))


def remove_map(*, by: Actor | None) -> None:
    """Show no map. Refuses by rules.change. Emits CityChanged."""
    with action():
        row = lock_council(by)
        MapFeature.objects.all().delete()
        _store(row, row.map_attribution, by)


def attribute_map(attribution: str, *, by: Actor | None) -> None:
    """Say whose data the map is. Refuses by rules.change. Emits CityChanged."""
    with action():
        row = lock_council(by)
        store_council(row, in_lines(Council, {"map_attribution": attribution}), by)


def _store(row: Council, attribution: str, by: Actor | None) -> None:
    columns = ("kind", "name", "district", "street", "geometry")
    stored = list(MapFeature.objects.order_by("pk").values_list(*columns))
    version = digest_of(dumps(sorted(stored, key=dumps)).encode()) if stored else ""
    values = {"map_version": version, "map_attribution": attribution}
    store_council(row, in_lines(Council, values), by)


def _rows(features: Iterable[Feature]) -> list[MapFeature]:
    """Rows to be stored, each thing once. Raises NotAMap."""
    rows: dict[Key, MapFeature] = {}
    districts, streets = _Districts(), _Streets()
    for feature in features:
        kind = _kind_of(feature)
        row = MapFeature(kind=kind, geometry=feature.geometry)
        key: Key
        if kind == Kind.DISTRICT:
            row.district_id = districts.find(feature)
            key = (kind, row.district_id)
        elif kind == Kind.STREET:
            row.street_id = streets.find(feature)
            key = (kind, row.street_id)
        else:
            row.name = feature.name
            point = feature.geometry["coordinates"] if kind == Kind.PLACE else ()
            key = (kind, feature.name, feature.geometry["type"], *point)
        if key[1] is None:  # not in the list: told below, with all others
            continue
        _add(rows, key, row, feature)
    for missing, sentence in (
        (districts.missing, _("These are not in the list of districts: %(names)s.")),
        (streets.missing, _("These are not in the list of streets: %(names)s.")),
        (streets.ambiguous, _("Several streets are called so, say their district: %(names)s.")),
    ):
        if missing:
            names = list(dict.fromkeys(missing))
            told = "; ".join(names[:_MOST_TOLD]) + ("; …" if len(names) > _MOST_TOLD else "")
            raise NotAMap(sentence % {"names": told})
    return list(rows.values())


def _add(
    rows: dict[Key, MapFeature],
    key: Key,
    row: MapFeature,
    feature: Feature,
) -> None:
    """Add the row, or its lines to those of the same thing."""
    other = rows.setdefault(key, row)
    if other is row:
        return
    if row.geometry["type"] == "Point":
        raise NotAMap(_("it is there twice."), feature.number, feature.name)
    other.geometry["coordinates"] += row.geometry["coordinates"]


def _kind_of(feature: Feature) -> Kind:
    found = feature.geometry["type"]
    if not feature.kind:
        kind = next(kind for kind, types in _GEOMETRIES.items() if found == types[0])
    elif feature.kind in Kind.values:
        kind = Kind(feature.kind)
    else:
        kinds = ", ".join(Kind.values)
        raise NotAMap(_NO_KIND % {"kinds": kinds}, feature.number, feature.name)
    if found not in _GEOMETRIES[kind]:
        raise NotAMap(_WRONG_GEOMETRY % {"kind": kind.value}, feature.number, feature.name)
    if not feature.name and not (feature.slug and kind in (Kind.DISTRICT, Kind.STREET)):
        raise NotAMap(str(_NO_NAME), feature.number, feature.slug)
    return kind


class _Districts:
    """The council's districts by slugs and names; ``missing``: names of others."""

    def __init__(self) -> None:
        self.missing: list[str] = []
        self._known: dict[str, int] = {}
        for pk, name, slug in District.objects.values_list("pk", "name", "slug"):
            self._known |= {fold(name): pk, slug: pk}

    def find(self, feature: Feature) -> int | None:
        found = self._known.get(feature.slug) or self._known.get(fold(feature.name))
        if found is None:
            self.missing.append(feature.name or feature.slug)
        return found


class _Streets:
    """The council's streets by slugs, and by names and districts; ``missing`` and ``ambiguous``:
    names that mean none or several."""

    def __init__(self) -> None:
        self.missing: list[str] = []
        self.ambiguous: list[str] = []
        self._by_slug: dict[str, int] = {}
        self._by_name: Mapping[str, list[tuple[int, set[str]]]] = defaultdict(list)
        columns = ("pk", "name", "slug", "district__name", "district__slug")
        for pk, name, slug, *district in Street.objects.open().values_list(*columns):
            self._by_slug[slug] = pk
            self._by_name[fold(name)].append((pk, {fold(word or "") for word in district}))

    def find(self, feature: Feature) -> int | None:
        if feature.slug in self._by_slug:
            return self._by_slug[feature.slug]
        found: list[Any] = self._by_name.get(fold(feature.name), [])
        if feature.district:
            found = [each for each in found if fold(feature.district) in each[1]]
        if len(found) == 1:
            pk: int = found[0][0]
            return pk
        told = f"{feature.name} ({feature.district})" if feature.district else feature.name
        (self.ambiguous if found else self.missing).append(told or feature.slug)
        return None
