"""The file of map tiles: read in parts; what is marked on tiles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from city.maps.actions import draw_map
from city.maps.features import MOST_POSITIONS
from city.maps.tiles import tiles_path, tiles_version
from city.models import District
from core.web import byte_ranges
from core.web.byte_ranges import Unsatisfiable, find_range
from tests.city.maps.geojson import AREA, collection, feature, put_on_map
from tests.city.maps.test_map_drawing import _blob
from tests.city.maps.tiles import write_tiles


@pytest.fixture
def content(settings: Any, tmp_path: Path) -> bytes:
    """The bytes of the council's file."""
    settings.MEDIA_ROOT = tmp_path
    return write_tiles(tiles_path())


def _tiles(client: Client, **headers: str) -> Any:
    return client.get(reverse("map-tiles", args=[tiles_version()]), headers=headers)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("bytes=0-126", (0, 127)),
        ("bytes=5-5", (5, 1)),
        ("bytes = 900- ", (900, 100)),
        ("bytes=900-5000", (900, 100)),
        ("bytes=-10", (990, 10)),
        ("bytes=-5000", (0, 1000)),
        ("", None),
        ("bytes=-", None),
        ("bytes=9-3", None),
        ("bytes=0-3,7-9", None),
        ("lines=0-3", None),
        ("bytes=०-३", None),
        ("bytes=1000-", Unsatisfiable),
        ("bytes=-0", Unsatisfiable),
        ("bytes=999999999999999999-", Unsatisfiable),
    ],
)
def test_ranges_are_read_as_the_rfc_says(asked: str, found: Any):
    if found is Unsatisfiable:
        with pytest.raises(Unsatisfiable):
            find_range(asked, 1000)
    else:
        assert find_range(asked, 1000) == found


def test_an_empty_file_has_no_last_bytes():
    with pytest.raises(Unsatisfiable):
        find_range("bytes=-1", 0)


def test_a_part_of_the_tiles(client: Client, db: None, content: bytes):
    answer = _tiles(client, range="bytes=100-199")
    assert (answer.status_code, answer.content) == (206, content[100:200])
    assert answer["Content-Range"] == f"bytes 100-199/{len(content)}"
    assert answer["Content-Length"] == "100"
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Content-Type"] == "application/vnd.pmtiles"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["ETag"] == f'"{tiles_version()}"'


def test_a_long_part_comes_in_several(
    client: Client, db: None, content: bytes, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(byte_ranges, "MOST_BYTES", 50)
    answer = _tiles(client, range="bytes=10-")
    assert (answer.status_code, answer.content) == (206, content[10:60])
    assert answer["Content-Range"] == f"bytes 10-59/{len(content)}"


def test_what_lies_behind_the_end_is_refused(client: Client, db: None, content: bytes):
    answer = _tiles(client, range=f"bytes={len(content)}-")
    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{len(content)}")


def test_the_whole_file(client: Client, db: None, content: bytes):
    whole = _tiles(client)
    assert (whole.status_code, b"".join(whole.streaming_content)) == (200, content)
    head = client.head(reverse("map-tiles", args=[tiles_version()]), headers={"range": "bytes=0-9"})
    assert (head.status_code, head.content) == (200, b"")
    assert (head["Content-Length"], head["Accept-Ranges"]) == (str(len(content)), "bytes")


def test_another_file_is_not_mixed_with_the_former(client: Client, db: None, content: bytes):
    etag = f'"{tiles_version()}"'
    assert _tiles(client, **{"range": "bytes=0-9", "if-range": etag}).status_code == 206
    assert _tiles(client, **{"range": "bytes=0-9", "if-range": '"former"'}).status_code == 200
    assert _tiles(client, **{"if-none-match": etag}).status_code == 304
    former = tiles_version()
    write_tiles(tiles_path(), max_zoom=9)
    assert tiles_version() != former
    assert client.get(reverse("map-tiles", args=[former])).status_code == 404


@pytest.mark.parametrize("wrong", [b"", b"PMTiles\x03", b"PMTiles\x02" + bytes(200), bytes(200)])
def test_what_is_no_file_of_tiles_is_not_shown(settings: Any, tmp_path: Path, wrong: bytes):
    settings.MEDIA_ROOT = tmp_path
    assert tiles_version() == ""
    tiles_path().parent.mkdir()
    tiles_path().write_bytes(wrong)
    assert tiles_version() == ""


def test_the_file_may_lie_elsewhere(settings: Any, tmp_path: Path):
    settings.MEDIA_ROOT, settings.MAP_TILES = tmp_path / "media", str(tmp_path / "other.pmtiles")
    write_tiles(tmp_path / "other.pmtiles")
    assert tiles_version()


def test_tiles_that_are_pictures_are_not_shown(content: bytes):
    pictures = bytearray(content)
    pictures[99] = 2
    tiles_path().write_bytes(pictures)
    assert tiles_version() == ""


def test_districts_and_the_streets_that_are_named(
    client: Client, db: None, django_assert_num_queries: Any
):
    lined, pointed = put_on_map()
    District.objects.filter(name="Нагірне").update(name_en="Nahirne")
    District.objects.create(slug="unseen", name="Без межі")
    path = reverse("map-features")
    with django_assert_num_queries(3):
        answer = client.get(path, {"street": [lined.pk, pointed.pk, "x", "²", "9" * 30]})
    assert answer["Content-Type"] == "application/geo+json"
    found = [
        (each["properties"]["kind"], each["properties"]["name"], each["geometry"]["type"])
        for each in answer.json()["features"]
    ]
    assert found == [
        ("district", "Північний берег", "MultiPolygon"),
        ("district", "Нагірне", "MultiPolygon"),
        ("street", "вулиця Берегова", "MultiLineString"),
        ("street", "вулиця Мостова", "Point"),
    ]
    english = [each["properties"]["name_en"] for each in answer.json()["features"]]
    assert english == ["", "Nahirne", "", ""]
    with django_assert_num_queries(0):  # the outlines are kept
        assert len(client.get(path).json()["features"]) == 2


def test_outlines_are_simplified_to_what_a_phone_loads(client: Client, db: None):
    District.objects.create(slug="large", name="Великий")
    ring = _blob(33.4, 47.9, 0.1, 12_000)
    draw_map(collection(feature({**AREA, "coordinates": [ring]}, name="Великий")), by=None)
    [outline] = client.get(reverse("map-features")).json()["features"]
    [[edge]] = outline["geometry"]["coordinates"]
    assert edge[0] == edge[-1]
    assert 500 < len(edge) <= MOST_POSITIONS
