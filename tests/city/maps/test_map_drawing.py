"""Maps on pages: what is marked, how large they are, what they cost."""

from __future__ import annotations

import gzip
import re
from math import cos, pi, sin

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from city.maps.actions import draw_map
from city.maps.drawing import draw, drawing
from city.maps.projection import Projection, label_point, path_of, simplify
from city.models import Council, District, MapFeature, Street
from consultations.models import State
from core.domain import council
from tests import factories
from tests.appeals import factories as appeals
from tests.city.maps.geojson import AREA, LINE, collection, feature, put_on_map
from tests.meetings import factories as meetings
from tests.newsroom import factories as news
from tests.petitions import factories as petitions


def test_a_square_of_the_earth_is_a_square_of_the_drawing():
    """A degree of longitude at 60° is half as long as one of latitude."""
    projection = Projection.of([(30, 59.95), (30.2, 60.05)])
    assert abs(projection.width - projection.height) <= 2
    assert projection.point(30, 60.05) < projection.point(30.2, 59.95)


def test_simplified_lines_keep_their_shape():
    line = [(0, 0), (100, 1), (200, 0), (200, 100), (199, 200)]
    assert simplify(line, 2) == [(0, 0), (200, 0), (199, 200)]
    assert simplify(line[:2], 2) == line[:2]
    assert path_of([[(0, 0), (10, 5), (10, 0), (0, 0)]], closed=True) == "M0 0l10 5 0 -5z"


def test_a_label_stands_within_a_bent_district():
    bent = [(0, 0), (100, 0), (100, 20), (20, 20), (20, 80), (100, 80), (100, 100), (0, 100)]
    x, y = label_point([*bent, (0, 0)])
    assert (y < 20 or y > 80) or x < 20


def _blob(x: float, y: float, radius: float, corners: int) -> list[list[float]]:
    ring = [
        [
            x
            + radius * (1 + 0.1 * sin(at * 7) + 0.02 * sin(at * 131)) * cos(at * 2 * pi / corners),
            y + radius * (1 + 0.1 * sin(at * 5)) * sin(at * 2 * pi / corners),
        ]
        for at in range(corners)
    ]
    return [*ring, ring[0]]


def test_a_large_city_takes_six_kilobytes():
    """20 districts of 1,000 corners each, 1,500 streets of 12 points, 30 lines of 300."""
    features = [
        MapFeature(
            kind="district",
            district=District(pk=n, name=f"Район {n}", slug=f"d{n}"),
            geometry={
                "type": "MultiPolygon",
                "coordinates": [[_blob(33 + n % 5 * 0.1, 47 + n // 5 * 0.07, 0.05, 1000)]],
            },
        )
        for n in range(20)
    ]
    features += [
        MapFeature(
            kind=kind,
            street_id=n if kind == "street" else None,
            name="",
            geometry={
                "type": "MultiLineString",
                "coordinates": [
                    [
                        [33 + n % 50 / 120 + at / 1000, 47 + n % 37 / 170 + sin(at * 2) / 500]
                        for at in range(points)
                    ]
                ],
            },
        )
        for kind, number, points in (("street", 1500, 12), ("route", 30, 300))
        for n in range(1, number + 1)
    ]
    drawn = draw(features)
    assert drawn is not None
    assert len(drawn.areas) == 20
    assert len(drawn.street_paths) == 1500
    html = render_to_string("components/map_drawing.html", {"drawing": drawn, "district_ids": (3,)})
    assert len(gzip.compress(html.encode())) <= 6_000
    assert "map__area--here" in html
    assert not re.search(r"style=|#[0-9a-f]{3}|fill=|stroke=", html)


@pytest.fixture
def opened(department):
    return factories.consultation(department, State.OPEN)


@pytest.fixture
def streets(db) -> list[Street]:
    """Two: one has a line, of the other the middle is known; in a district that has an area."""
    centre = District.objects.create(slug="tsentr", name="Центр")
    found = [
        Street.objects.create(slug=slug, name=name, district=centre, latitude=47.9, longitude=33.4)
        for slug, name in (("sadova", "вулиця Садова"), ("rudna", "вулиця Рудна"))
    ]
    draw_map(
        collection(feature(AREA, name="Центр"), feature(LINE, slug="sadova", name="Садова")),
        by=None,
    )
    council.forget_council()
    return found


def test_a_consultation_shows_where_it_is(client: Client, opened, streets):
    opened.district = streets[0].district
    opened.save()
    opened.streets.set(streets)
    council.forget_council()
    page = client.get(opened.get_absolute_url()).text
    drawn = page[page.index('<svg class="map__drawing') :].split("</svg>")[0]
    assert 'role="img"' in drawn
    assert "map__area--here" in drawn
    assert drawn.count('map__street"') == drawn.count("map__point") == 1
    assert Council.objects.get().council in page.split("map__source")[1]
    assert "вулиця Рудна" in page


@pytest.mark.django_db
def test_petitions_meetings_and_news_show_where_they_are(client: Client, olena):
    things = [petitions.petition(olena), meetings.meeting(), news.article()]
    put_on_map(*things)
    District.objects.filter(slug="on-the-map").update(name_en="North Bank")
    Street.objects.filter(slug="mostova").update(name_en="Mostova Street")
    council.forget_council()
    for thing in things:
        page = client.get(thing.get_absolute_url()).text
        assert page.count('class="map__street"') == 1, thing
        assert page.count('class="map__point"') == 2, "a short line has a point, too"
        beside = page.split('<figcaption class="map__words">')[1].split("</figcaption>")[0]
        lists = thing.get_absolute_url().rstrip("0123456789/")
        assert f'href="{lists}/?district=on-the-map"' in beside
        assert ">вулиця Мостова</a>" in beside
        english = client.get(f"/en{thing.get_absolute_url()}").text
        assert '<text class="map__label map__label--here" x' in english
        assert ">North Bank</text>" in english and ">North Bank</a>" in english
        assert "Північний берег" not in english.split("<figure")[1].split("</figure>")[0]
        assert english.count("Mostova Street") >= 2, "in words and beside the map"
        assert "вулиця Мостова" not in english, thing


def test_of_an_appeal_its_author_and_the_desk_see_the_place(client: Client, olena, streets):
    appeal = appeals.filed(olena, street=streets[0], district=streets[0].district).appeal
    council.forget_council()
    addresses = (
        reverse("appeals:detail", args=[appeal.pk]),
        reverse("appeals_desk:detail", args=[appeal.pk]),
    )
    for address, reader in zip(addresses, (olena, appeals.registrar()), strict=True):
        assert client.get(address).status_code != 200
        client.force_login(reader)
        assert 'class="map__street"' in client.get(address).text
        client.logout()


def test_what_is_about_the_whole_city_has_no_map(client: Client, opened, streets):
    council.forget_council()
    assert "map__drawing" not in client.get(opened.get_absolute_url()).text


def test_the_drawing_is_kept_until_the_map_is_another(streets, django_assert_num_queries):
    first = drawing()
    with django_assert_num_queries(0):
        assert drawing() is first
    draw_map(collection(feature(AREA, name="Центр", slug="tsentr")), by=None)
    council.forget_council()
    council.council()
    with django_assert_num_queries(2):  # geometry is not read
        assert drawing() is first
    District.objects.filter(slug="tsentr").update(name_en="Centre")
    council.forget_council()
    renamed = drawing()
    assert renamed is not None
    assert renamed.areas[0].name_en == "Centre"
    Street.objects.filter(slug="rudna").update(longitude=33.41)
    council.forget_council()
    assert drawing() != renamed


def test_without_a_map_nothing_is_read(db, django_assert_num_queries):
    council.council()
    with django_assert_num_queries(0):
        assert drawing() is None


def test_lists_count_by_district(client: Client, opened, streets, department):
    address = reverse("consultations:list")
    assert "map__shade" not in client.get(address).text
    opened.district = streets[0].district
    opened.save()
    without_outline = District.objects.create(slug="stepove", name="Степове")
    factories.consultation(department, district=without_outline)
    council.forget_council()
    page = client.get(address, {"state": "open"}).text
    assert "map__shade--4" in page
    assert "<li>інші райони: 1</li>" in page and "<li>усе місто" not in page
    assert re.search(r'href="[^"]*state=open&amp;district=tsentr">Центр</a>: 1', page)
    assert "map__shade" not in client.get(address, {"district": "tsentr"}).text


@pytest.mark.parametrize(
    ("name_en", "expected"),
    [
        ("Centre", ("Centre",)),
        ("", ("Центр",)),
        ("A name " * 20, ("Центр",)),
    ],
)
def test_english_maps_have_english_names_where_they_fit(name_en, expected):
    corners = [[33, 47], [33.3, 47], [33.3, 47.2], [33, 47.2], [33, 47]]
    geometry = {"type": "MultiPolygon", "coordinates": [[corners]]}
    district = District(pk=1, name="Центр", slug="tsentr", name_en=name_en)
    drawn = draw([MapFeature(kind="district", district=district, geometry=geometry)])
    assert drawn is not None
    (area,) = drawn.areas
    assert area.local_lines == ("Центр",)
    with override("en"):
        assert area.local_lines == expected
        label = render_to_string("components/map_label.html", {"area": area})
    assert f">{' '.join(expected)}</text>" in label
    assert ('lang="uk"' in label) is (expected == ("Центр",))


def test_a_place_is_drawn_where_its_name_has_room():
    district = District(pk=1, name="Центр", slug="tsentr")
    corners = [[33, 47], [33.3, 47], [33.3, 47.2], [33, 47.2], [33, 47]]
    features = [
        MapFeature(
            kind="district",
            district=district,
            geometry={"type": "MultiPolygon", "coordinates": [[corners]]},
        )
    ]
    area = draw(features)
    assert area is not None
    label = area.areas[0]
    assert label.lines == ("Центр",)
    for name, longitude, latitude in (
        ("вокзал", 33.02, 47.05),
        ("ринок", 33.29, 47.05),
        ("під назвою району", 33 + 0.3 * label.x / area.width, 47.2 - 0.2 * label.y / area.height),
        ("за містом", 33.5, 47.1),
    ):
        geometry = {"type": "Point", "coordinates": [longitude, latitude]}
        features.append(MapFeature(kind="place", name=name, geometry=geometry))
    drawn = draw(features)
    assert drawn is not None
    assert [(each.name, each.is_left) for each in drawn.places] == [
        ("вокзал", False),
        ("ринок", True),
    ]
