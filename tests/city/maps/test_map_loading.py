"""The map of the city: put in from the council's own GeoJSON, or refused with a clear sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from city.maps.actions import draw_map
from city.models import Change, Council, District, MapFeature, Street
from core.domain.rules import Refused
from tests.city.maps.geojson import AREA, LINE, POINT, collection, feature

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> District:
    return District.objects.create(slug="tsentr", name="Центр")


@pytest.fixture
def sadova(centre: District) -> Street:
    return Street.objects.create(slug="sadova", name="вулиця Садова", district=centre)


def test_a_file_is_loaded_and_corrected(tmp_path: Path, capsys, sadova):
    file = tmp_path / "map.geojson"
    features = [
        feature(AREA, name="Центр"),
        feature(LINE, name="вул. Садова", slug="sadova"),
        feature(LINE, name="річка Рудна", kind="water"),
        feature(LINE, name="річка Рудна", kind="water"),
        feature(AREA, name="річка Рудна", kind="water"),
        feature(POINT, name="Вокзал"),
        feature({"type": "Point", "coordinates": [33.4, 47.92]}, name="Вокзал"),
    ]
    file.write_bytes(collection(*features, attribution="Відкриті дані міста"))
    call_command("load_city", str(file))
    assert "district: 1, street: 1, water: 2, place: 2." in capsys.readouterr().out
    river = MapFeature.objects.get(kind="water", geometry__type="MultiLineString")
    assert len(river.geometry["coordinates"]) == 2
    council = Council.objects.get()
    assert council.map_attribution == "Відкриті дані міста"
    change = Change.objects.get()
    assert (change.table, change.by) == ("council", None)
    call_command("load_city", str(file))
    assert Change.objects.count() == 1, "the same map is no change"
    file.write_bytes(collection(feature(POINT, name="Лікарня")))
    call_command("load_city", str(file))
    assert MapFeature.objects.get(kind="place").name == "Лікарня"
    assert MapFeature.objects.filter(kind="street").exists(), "other kinds stay"
    after = Council.objects.get()
    assert after.map_version != council.map_version
    assert after.map_attribution == council.map_attribution


def ring(*points: list[Any]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [list(points)]}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG", "не JSON"),
        (b'{"type": "Feature"}', "FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": []}', "немає"),
        (b"[" * 100_000, "не JSON"),
        (b'{"type": "FeatureCollection", "features": [NaN]}', "не JSON"),
        (collection(feature(AREA, name="Центр"), crs={"name": "EPSG:3857"}), "WGS 84"),
        (collection(feature(POINT, name="Центр"), feature(AREA, name="Інший")), "районів: Інший"),
        (collection(feature(LINE, name="вулиця Інша")), "вулиць: вулиця Інша"),
        (collection(feature(LINE, kind="river", name="Рудна")), r"1 \(Рудна\).*water"),
        (collection(feature(POINT, kind="water", name="Рудна")), "1 .*water"),
        (collection(feature(POINT)), "1 .*name"),
        (collection(feature(POINT, name="А"), feature(POINT, name="А")), r"2 \(А\): повторюється"),
        (collection(feature({"type": "Point", "coordinates": [47.9, 33.4]}, name="А")), "довгота"),
        (collection(feature({"type": "Point", "coordinates": [2.35, 48.8]}, name="А")), "Україн"),
        (collection(feature({"type": "Point", "coordinates": [3717000, 6e6]}, name="А")), "WGS"),
        (collection(feature({"type": "Point", "coordinates": ["33", "47"]}, name="А")), "числ"),
        (collection(feature({"type": "Point", "coordinates": 33}, name="А")), "координати"),
        (collection(feature({"type": "Circle", "coordinates": []}, name="А")), "1 "),
        (collection(feature(None, name="А")), "1 "),
        (collection(feature({"type": "LineString", "coordinates": [[33, 47]]}, name="А")), "дві"),
        (collection(feature(ring([33, 47], [33, 48], [34, 48]), name="Центр")), "замкне"),
        (b" " * 5_000_001, "5 МБ"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_stored(centre, content, said):
    draw_map(collection(feature(AREA, name="Центр")), by=None)
    before = list(MapFeature.objects.values())
    with pytest.raises(Refused, match=f"(?s){said}") as refused:
        draw_map(content, by=None)
    assert refused.value.verdict.code == "city.not_a_map"
    assert list(MapFeature.objects.values()) == before


def test_streets_of_one_name_are_told_apart_by_their_district(sadova):
    other = District.objects.create(slug="stepove", name="Степове")
    there = Street.objects.create(slug="sadova-2", name="вулиця Садова", district=other)
    with pytest.raises(Refused, match="Садова"):
        draw_map(collection(feature(LINE, name="вулиця Садова")), by=None)
    draw_map(collection(feature(LINE, name="вулиця Садова", district="Степове")), by=None)
    assert MapFeature.objects.get().street == there


@pytest.mark.parametrize(
    ("kind", "geometry"),
    [
        ("place", None),
        ("place", "Point"),
        ("place", [33, 47]),
        ("place", {"type": "Point"}),
        ("place", {"type": "Point", "coordinates": [33]}),
        ("place", {"type": "Point", "coordinates": [33, "47"]}),
        ("place", {"type": "Point", "coordinates": [33, 91]}),
        ("place", {"type": "Point", "coordinates": [-181, 47]}),
        ("place", {"type": "Point", "coordinates": [33, 47, 1]}),
        ("place", {"type": "Point", "coordinates": [33, 47], "more": 1}),
        ("place", {"type": "MultiLineString", "coordinates": [[[33, 47], [33, 48]]]}),
        ("water", {"type": "MultiLineString", "coordinates": []}),
        ("water", {"type": "MultiLineString", "coordinates": [[]]}),
        ("water", {"type": "MultiLineString", "coordinates": [[[33, 47]]]}),
        ("water", {"type": "MultiLineString", "coordinates": [[33, 47]]}),
        ("water", {"type": "MultiPolygon", "coordinates": [[[[33, 47], [33, 48], [33, 47]]]]}),
        ("water", {"type": "MultiPolygon", "coordinates": [[[[33, 47], [34, 48], [33, 48]] * 2]]}),
        ("hill", {"type": "Point", "coordinates": [33, 47]}),
    ],
)
def test_the_database_refuses_what_is_no_geometry(kind, geometry):
    with pytest.raises(IntegrityError), transaction.atomic():
        MapFeature.objects.create(kind=kind, name="А", geometry=geometry)


def test_the_database_keeps_one_outline_of_one_thing(centre, sadova):
    line = {"type": "MultiLineString", "coordinates": [LINE["coordinates"]]}
    MapFeature.objects.create(kind="street", street=sadova, geometry=line)
    for wrong in (
        {"kind": "street", "street": sadova},
        {"kind": "street", "name": "вулиця"},
        {"kind": "water"},
        {"kind": "route", "name": "А", "street": sadova},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            MapFeature.objects.create(geometry=line, **wrong)


def test_the_desk_puts_a_file_on_the_map(client: Client, admin, centre):
    client.force_login(admin)
    address = reverse("city_desk:map")
    wrong = SimpleUploadedFile("map.geojson", b"[]")
    answer = client.post(address, {"file": wrong, "attribution": "Кадастр"})
    assert answer.status_code == 422
    assert "FeatureCollection" in answer.text
    assert 'value="Кадастр"' in answer.text, "what was typed stays"
    good = SimpleUploadedFile("map.geojson", collection(feature(AREA, name="Центр")))
    answer = client.post(address, {"file": good, "attribution": "Кадастр"}, follow=True)
    assert "map__area" in answer.text
    client.post(address, {"attribution": "Міська рада"})
    council = Council.objects.get()
    assert (council.map_attribution, bool(council.map_version)) == ("Міська рада", True)
    client.post(reverse("city_desk:remove_map"))
    assert not MapFeature.objects.exists()
    assert Council.objects.get().map_version == ""
    assert "карта" in client.get(reverse("city_desk:changes")).text.lower()


def test_the_demo_citys_map_fits_its_streets():
    from demo.city import load_city
    from demo.streets import load_map, load_streets

    load_city()
    load_streets()
    load_map()
    assert MapFeature.objects.filter(kind="district").count() == District.objects.count()
    assert MapFeature.objects.filter(kind="street").count() == Street.objects.count()
