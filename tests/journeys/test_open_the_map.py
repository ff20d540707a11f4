"""Somebody opens the map of a draft: on tiles, under production's static files and policy."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Request, expect

from city.maps.tiles import tiles_path, tiles_version
from city.models import District
from consultations.models import Consultation
from tests.city.maps.geojson import put_on_map
from tests.city.maps.tiles import write_tiles
from tests.journeys.touch import TOUCH
from tests.plugins.city import DESKTOP, Servers
from tests.servers import ROOT, Server, start_web

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.with_all]

#: Bytes that the tap may load, as they come over the wire.
MOST_AFTER_TAP = 600_000
#: No server of sockets runs here, no service worker and no graphics card: browsers say so.
_NOT_OURS = ("WebSocket", "GL Driver", "Service Worker")
#: What the draft's page has folded.
_FACTS = "Строки, документи, хто відповідальний"
#: Of css/tokens.css, by day: water on tiles (--calm over --ground), letters, what is marked.
_WATER, _INK, _ORE = (0xB0, 0xBD, 0xC4), (0x1C, 0x19, 0x17), (0x8C, 0x23, 0x18)


@pytest.fixture
def tiles(servers: Servers, settings: Any) -> Iterator[None]:
    """The council's file, beside the media of all servers of this run."""
    settings.MEDIA_ROOT = servers.folders["MEDIA_ROOT"]
    write_tiles(tiles_path())
    yield
    tiles_path().unlink()


@pytest.fixture
def deployed(
    transactional_db: None, tiles: None, tmp_path: Path, settings: Any
) -> Iterator[Server]:
    """Pages as bin/serve starts them: without DEBUG, static files collected under their hashes."""
    production = {
        "DEBUG": "0",
        "SECRET_KEY": settings.SECRET_KEY,
        "PERSON_KEY_SECRET": settings.PERSON_KEY_SECRET,
        "STATIC_ROOT": str(tmp_path / "static"),
    }
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", **production},
        check=True,
    )
    with start_web(**production, MEDIA_ROOT=str(settings.MEDIA_ROOT)) as web:
        yield web


@pytest.fixture
def open_draft(
    browser: Browser, deployed: Server, consultation: Consultation
) -> Iterator[Callable[..., Page]]:
    """Opens the page of a draft about a district and two streets, in a window of its own."""
    put_on_map(consultation)
    District.objects.filter(name="Північний берег").update(name_en="North Bank")
    complaints: list[str] = []
    with ExitStack() as opened:

        def open_window(**options: Any) -> Page:
            context = browser.new_context(locale="uk-UA", service_workers="block", **options)
            opened.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(20_000)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda said: complaints.append(said.text))
            page.goto(f"{deployed.url}/consultations/{consultation.pk}/")
            return page

        yield open_window
    assert [said for said in complaints if not any(word in said for word in _NOT_OURS)] == []


_FOCUSED = """() => {
  const { ariaLabel, textContent } = document.activeElement;
  return (ariaLabel || textContent).trim();
}"""


def _count(picture: bytes, colour: tuple[int, int, int]) -> int:
    """How many pixels of the picture have the colour."""
    with Image.open(BytesIO(picture)) as image:
        counted = image.convert("RGB").getcolors(2**24) or []
    return sum(
        number
        for number, found in counted
        if all(abs(one - other) < 6 for one, other in zip(found, colour, strict=True))
    )


@pytest.mark.cpu(25)
def test_the_map_on_tiles(open_draft: Callable[..., Page]):
    """One test: to collect the static files is the dearest part."""
    _tap(open_draft(**TOUCH))
    page = open_draft(viewport=DESKTOP)
    _walk_by_keyboard(page)
    _read_in_english(page)


def _tap(page: Page) -> None:
    """What a tap loads and shows."""
    loaded: list[Request] = []

    def note(request: Request) -> None:
        if "/favicon" not in request.url:  # the whole Chromium asks for it when it likes
            loaded.append(request)

    page.context.on("requestfinished", note)
    page.get_by_text(_FACTS).tap()
    button = page.get_by_role("button", name="Відкрити карту")
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert (loaded, page.workers) == ([], [])

    button.tap()
    dialog = page.get_by_role("dialog", name="Карта міста")
    expect(dialog.get_by_role("status")).to_have_text("")
    [worker] = page.workers
    assert "/static/map/maplibre-gl-worker." in worker.url
    names = {Path(urlsplit(request.url).path).name.split(".")[0] for request in loaded}
    assert names == {
        *("maplibre-gl", "maplibre-gl-worker", "pmtiles", "tiled-map", "tiled-map-style"),
        *("features", tiles_version()),
    }
    # Playwright does not measure a worker's file, nor what the browser has kept.
    kept = page.request.get(worker.url, headers={"accept-encoding": "gzip"})
    sizes = [request.sizes()["responseBodySize"] for request in loaded]
    total = sum(max(size, 0) for size in sizes) + int(kept.headers["content-length"])
    assert 400_000 < total < MOST_AFTER_TAP
    tiles = [request for request in loaded if ".pmtiles" in request.url]
    assert {(each.headers["range"][:6], each.response().status) for each in tiles} == {
        ("bytes=", 206)
    }

    # Tiles, letters drawn of the page's typeface, and what the page is about.
    picture = dialog.locator("canvas").screenshot()
    assert _count(picture, _WATER) > 500
    assert _count(picture, _INK) > 50
    assert _count(picture, _ORE) > 100

    # Whose data it is stands in the window, and the places in a list.
    expect(dialog.get_by_role("link", name="OpenStreetMap")).to_be_in_viewport(ratio=1)
    for name in ("Північний берег", "вулиця Берегова", "вулиця Мостова"):
        expect(dialog.get_by_role("list").get_by_role("button", name=name)).to_be_visible()


def _walk_by_keyboard(page: Page) -> None:
    """The list beside the drawing, the map, and what a screen reader is told of both."""
    page.locator("summary", has_text=_FACTS).focus()
    page.keyboard.press("Enter")

    # The drawing is one picture with its text; what is marked is a list of links beside it.
    figure = page.locator("figure.map")
    expect(figure.get_by_role("img")).to_have_accessible_name(
        re.compile("^Карта міста Межі районів.* названо в переліку поруч")
    )
    assert figure.get_by_role("img").aria_snapshot().count("\n") == 0
    figure.get_by_role("link", name="Північний берег", exact=True).focus()
    walked = _tab_to(page, "Відкрити карту")
    assert all(name in " ".join(walked) for name in ("вулиця Берегова", "вулиця Мостова"))

    # The map on tiles: a dialog whose parts have names, and which Escape leaves.
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Карта міста")
    expect(dialog.get_by_role("status")).to_have_text("")
    expect(dialog.get_by_role("button", name="Закрити карту")).to_be_focused()
    walked = _tab_to(page, "вулиця Мостова")
    assert walked[0].startswith("Карта: стрілки рухають її")
    assert walked[1:] == ["Наблизити", "Віддалити", "Північний берег", *walked[4:]]
    page.keyboard.press("Enter")
    tree = dialog.aria_snapshot()
    for line in (
        'region "Карта: стрілки',
        'button "Наблизити"',
        'button "Віддалити"',
        'list "Показати на карті"',
        'link "учасники OpenStreetMap"',
    ):
        assert line in tree
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(page.get_by_role("button", name="Відкрити карту")).to_be_focused()

    # Opened again it has the colours of the theme that was chosen meanwhile.
    page.locator("[data-theme-choice=dark]").click()
    page.get_by_role("button", name="Відкрити карту").click()
    canvas = dialog.locator("canvas")
    expect(dialog).to_be_visible()
    for _attempt in range(10):
        if not _count(canvas.screenshot(), _WATER):
            break
    assert _count(canvas.screenshot(), _WATER) == 0


def _read_in_english(page: Page) -> None:
    """Names are English where there are such; what is not says its language."""
    address = urlsplit(page.url)
    page.goto(f"{address.scheme}://{address.netloc}/en{address.path}")
    page.locator("details.about > summary").click()
    page.get_by_role("button", name="Open the map").click()
    places = page.locator("[data-map-places]")
    expect(places.get_by_role("button", name="North Bank")).not_to_have_attribute("lang", "uk")
    expect(places.get_by_role("button", name="вулиця Мостова")).to_have_attribute("lang", "uk")


def _tab_to(page: Page, last: str) -> list[str]:
    """The names of what Tab leads through, to the one of this name."""
    names: list[str] = []
    while not names or names[-1] != last:
        page.keyboard.press("Tab")
        names.append(page.evaluate(_FOCUSED))
        assert len(names) < 20, names
    return names
