"""Contact sheets of thirty pages of the demo city, to be looked at by people.

`bin/bench sheets FOLDER`: each page in Ukrainian and English, light and dark, 360 and 1,280 px wide
(displays 1,920), into FOLDER/pages/, and from them a sheet for each of the eight ways (PNG) and
`index.html` with all of them. `--before OLDER` puts the pictures of an earlier run beside them;
`--only WORDS` takes the pages whose names hold one of the words, `--ways uk-light-360,…` some ways.
What is printed, a draft, a report and a petition, stands in FOLDER/print/ as PDF, and its pages as
PNG where pdftoppm is installed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from accounts.models import User
from appeals.models import Answer
from benchmarks import ground, inside
from benchmarks.fanout import hub
from city.models import District
from consultations.models import Consultation, Remark
from meetings.models import Meeting
from newsroom.models import Article
from petitions.models import Petition
from tests.plugins.browser import CHROMIUM, QUIET
from votes.models import Poll

WIDTHS, SCHEMES, LANGUAGES = (360, 1280), ("light", "dark"), ("uk", "en")
WAYS = tuple(
    f"{language}-{scheme}-{width}"
    for language in LANGUAGES
    for scheme in SCHEMES
    for width in WIDTHS
)
HEIGHTS = {360: 740, 1280: 800, 1920: 1080}
PRINTED = ("consultation", "report", "petition")
#: Pixels of a page's height at most in a picture, and in a sheet, of its width.
LONGEST, SHOWN = 12_000, {360: 4, 1280: 1.5, 1920: 1.5}
#: Pixels of a picture's width in a sheet, and pictures a row.
THUMB, ROW = {360: 240, 1280: 480}, {360: 10, 1280: 6}
GAP, LABEL = 16, 22
#: Loads what a browser leaves until the reader comes near: a picture shows the whole page.
ALL_IMAGES = """Promise.all([...document.images].map((image) => {
  image.loading = "eager";
  return image.decode().catch(() => null);
}))"""


@dataclass(frozen=True)
class Shot:
    """A page and who looks at it: the name of a demo person, or "" for a stranger."""

    name: str
    path: str
    who: str = ""

    @property
    def is_display(self) -> bool:
        return "display" in self.name


def main(options: list[str]) -> None:
    if CHROMIUM is None:
        print("sheets: needs Chromium (on Debian: apt-get install chromium)")
        return
    asked = _parser().parse_args(options)
    folder = Path(asked.folder)
    shots = [shot for shot in _shots() if not asked.only or any(w in shot.name for w in asked.only)]
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    with hub() as (port, _), ground.pages(LIVE_URL=f"ws://{ground.HOST}:{port}/live/") as base:
        for way in asked.ways:
            _take(base, shots, way, folder / "pages")
            print(f"{way}: {len(shots)} pages", flush=True)
        _print_pages(base, [shot for shot in shots if shot.name in PRINTED], folder / "print")
    before = Path(asked.before) if asked.before else None
    for way in asked.ways:
        _make_sheet(folder, shots, way, before)
    _write_index(folder, shots, asked.ways, before)
    print(f"Contact sheets: {folder}/index.html and {folder}/*.png")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bin/bench sheets")
    parser.add_argument("folder", help="outside of the clone: sheets are not committed")
    parser.add_argument("--before", metavar="FOLDER", help="of an earlier run")
    parser.add_argument("--only", type=lambda words: words.split(","), metavar="WORDS")
    parser.add_argument("--ways", type=lambda ways: ways.split(","), default=WAYS)
    return parser


def _shots() -> Iterator[Shot]:
    yield from _public()
    yield from _of_residents()
    yield from _of_the_desk()
    yield from _displays()


def _public() -> Iterator[Shot]:
    largest = max(Consultation.objects.open(), key=lambda each: each.remarks.count())
    reported = Consultation.objects.exclude(reported_at=None).order_by("pk").first()
    remark = Remark.objects.filter(consultation=reported).order_by("pk").first()
    counted = Poll.objects.with_results().first()
    yield Shot("home", reverse("portal:home"))
    yield Shot("consultations", reverse("consultations:list"))
    yield Shot("consultation", largest.get_absolute_url())
    yield Shot("report", reverse("consultations:report", args=[reported.pk]))
    yield Shot("remark", reverse("consultations:remark", args=[reported.pk, remark.pk]))
    yield Shot("petitions", reverse("petitions:list"))
    yield Shot("petition", Petition.objects.published().order_by("pk").first().get_absolute_url())
    yield Shot("polls", reverse("votes:list"))
    yield Shot("results", reverse("votes:results", args=[counted.pk]))
    yield Shot("meetings", reverse("meetings:list"))
    yield Shot(
        "meeting", Meeting.objects.published().order_by("-begins_at").first().get_absolute_url()
    )
    yield Shot("news", reverse("newsroom:list"))
    yield Shot("article", Article.objects.published().order_by("pk").first().get_absolute_url())
    yield Shot("search", reverse("portal:search") + "?q=%D1%80%D0%B5%D0%BC%D0%BE%D0%BD%D1%82")
    yield Shot("district", reverse("portal:district", args=[District.objects.first().slug]))
    answer = Answer.objects.published().order_by("pk").first()
    yield Shot("appeal-answer", reverse("appeals:answer", args=[answer.pk]))
    yield Shot("indicators", reverse("indicators:overview"))
    yield Shot("sign-up", reverse("account_signup"))


def _of_residents() -> Iterator[Shot]:
    yield Shot("my-page", reverse("portal:me"), "olena")
    yield Shot("my-data", reverse("my_data"), "olena")
    yield Shot(
        "vote", reverse("votes:vote", args=[Poll.objects.open().order_by("pk").first().pk]), "olena"
    )
    yield Shot("new-petition", reverse("petitions:start"), "olena")
    yield Shot("new-appeal", reverse("appeals:new"), "olena")


def _of_the_desk() -> Iterator[Shot]:
    consultation = Consultation.objects.open().order_by("pk").first()
    yield Shot("desk", reverse("portal:desk"), "ofi")
    yield Shot("desk-moderation", reverse("moderation:queue"), "mo")
    yield Shot("desk-consultation", reverse("desk:detail", args=[consultation.pk]), "admin")
    yield Shot("desk-appeals", reverse("appeals_desk:list"), "admin")
    yield Shot("desk-city", reverse("city_desk:council"), "admin")


def _displays() -> Iterator[Shot]:
    consultation = Consultation.objects.open().order_by("pk").first()
    meeting = Meeting.objects.published().order_by("-begins_at").first()
    yield Shot("display-consultation", reverse("consultations:display", args=[consultation.pk]))
    yield Shot("display-meeting", reverse("meetings:display", args=[meeting.pk]))


def _take(base: str, shots: list[Shot], way: str, folder: Path) -> None:
    """A picture of each page, the whole of it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        contexts: dict[tuple[str, bool], BrowserContext] = {}
        for shot in shots:
            key = (shot.who, shot.is_display)
            if key not in contexts:
                contexts[key] = _open_context(browser, base, shot, way)
            page = contexts[key].new_page()
            language = way.split("-")[0]
            answer = page.goto(base + ("/en" if language == "en" else "") + shot.path)
            if answer is None or answer.status != 200:
                print(f"{shot.name} ({way}): answered {answer and answer.status}", flush=True)
            page.wait_for_load_state("networkidle")
            page.evaluate(ALL_IMAGES)
            height = min(LONGEST, page.evaluate("document.documentElement.scrollHeight"))
            size = page.viewport_size or {"width": 0, "height": 0}
            clip = {"x": 0, "y": 0, "width": size["width"], "height": max(height, size["height"])}
            page.screenshot(
                path=folder / f"{shot.name}-{way}.png",
                clip=clip,
                full_page=True,
                animations="disabled",
            )
            page.close()
        browser.close()


def _print_pages(base: str, shots: list[Shot], folder: Path) -> None:
    """Each page as a browser prints it."""
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for shot in shots:
            page = browser.new_page(locale="uk-UA", service_workers="block")
            page.goto(base + shot.path, wait_until="networkidle")
            path = folder / f"{shot.name}.pdf"
            page.pdf(path=path, prefer_css_page_size=True)
            page.close()
            if shutil.which("pdftoppm"):
                command = ["pdftoppm", "-png", "-r", "72", path, path.with_suffix("")]
                subprocess.run(command, check=True)
        browser.close()


def _open_context(browser: Browser, base: str, shot: Shot, way: str) -> BrowserContext:
    _, scheme, narrow = way.split("-")
    width = 1920 if shot.is_display else int(narrow)
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHTS[width]},
        locale="uk-UA",
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        service_workers="block",
    )
    if shot.who:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop in this thread
        session = inside.sign_in(User.objects.get(email=f"{shot.who}@viche.example")).cookies
        value = session[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": base}])
    return context


def _make_sheet(folder: Path, shots: list[Shot], way: str, before: Path | None) -> None:
    """All pages of one way in one picture, each with its name; earlier ones on their left."""
    width = int(way.split("-")[2])
    cells = [_cell(folder, shot, way, THUMB[width], before) for shot in shots]
    cell_width = max(cell.width for cell in cells)
    rows = [cells[at : at + ROW[width]] for at in range(0, len(cells), ROW[width])]
    heights = [max(cell.height for cell in row) for row in rows]
    size = (
        GAP + min(len(cells), ROW[width]) * (cell_width + GAP),
        GAP + sum(height + GAP for height in heights),
    )
    sheet = Image.new("RGB", size, "#888888")
    top = GAP
    for row, height in zip(rows, heights, strict=True):
        for place, cell in enumerate(row):
            sheet.paste(cell, (GAP + place * (cell_width + GAP), top))
        top += height + GAP
    sheet.save(folder / f"{way}.png")


def _cell(folder: Path, shot: Shot, way: str, width: int, before: Path | None) -> Image.Image:
    sources = [each for each in (before, folder) if each]
    pictures = [_thumb(each / "pages" / f"{shot.name}-{way}.png", width) for each in sources]
    cell = Image.new(
        "RGB",
        (width * len(pictures), LABEL + max(each.height for each in pictures)),
        "#888888",
    )
    ImageDraw.Draw(cell).text((0, 2), shot.name, fill="#ffffff", font=ImageFont.load_default(15))
    for place, each in enumerate(pictures):
        cell.paste(each, (place * width, LABEL))
    return cell


def _thumb(path: Path, width: int) -> Image.Image:
    """The top of the picture, so wide; a grey place where there is none."""
    if not path.exists():
        return Image.new("RGB", (width, width), "#777777")
    with Image.open(path) as picture:
        height = min(picture.height, int(SHOWN[picture.width] * picture.width))
        top = picture.convert("RGB").crop((0, 0, picture.width, height))
        return top.resize((width, round(height * width / picture.width)), Image.Resampling.LANCZOS)


def _write_index(folder: Path, shots: list[Shot], ways: list[str], before: Path | None) -> None:
    """All pictures, to be scrolled through: a row a page, a column a way."""

    def picture(place: Path, shot: Shot, way: str) -> str:
        url = escape(f"{os.path.relpath(place, folder)}/pages/{shot.name}-{way}.png")
        words = f"{shot.name}, {way}"
        return f'<a href="{url}"><img loading="lazy" width="240" alt="{words}" src="{url}"></a>'

    places = [each for each in (before, folder) if each]
    rows = "".join(
        f"<tr><th>{escape(shot.name)}</th>"
        + "".join(
            f"<td>{''.join(picture(each, shot, way) for each in places)}</td>" for way in ways
        )
        + "</tr>"
        for shot in shots
    )
    head = "".join(f'<th><a href="{way}.png">{way}</a></th>' for way in ways)
    (folder / "index.html").write_text(
        '<!doctype html><meta charset="utf-8"><title>Contact sheets</title>'
        "<style>td { vertical-align: top; white-space: nowrap }</style>"
        f"<table><tr><th></th>{head}</tr>{rows}</table>",
        encoding="utf-8",
    )
