"""What the public pages weigh in a browser with an empty cache, beside the budgets.

Compressed bytes as they come over the wire, headers not counted, and how much a page's parts move
while it loads (CLS). Pages with pictures have a table of their own: what a phone with a fine screen
loads for its first screen, and for the whole page when it is read to the end.
"""

from __future__ import annotations

import gzip
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from playwright.sync_api import Browser, Page, sync_playwright

from accounts.models import User
from benchmarks import ground, inside
from benchmarks.lighthouse import public_pages
from consultations.models import Consultation, Remark
from demo.scale import Scale
from newsroom.models import Article
from petitions.models import Petition
from tests.honest_remarks import honest
from tests.plugins.browser import CHROMIUM, QUIET
from votes.models import Poll

KILO = 1000
#: As deploy/nginx.conf compresses pages.
LEVEL = 6
#: A law of 328 clauses, where it is; else as many clauses of invented words.
LAW = "data/ua_official/zakon_1160-IV_rehuliatorna_polityka.txt"
_SHARED = Path(os.environ.get("VICHE_SHARED", ground.ROOT.parent / "shared"))
#: Bytes at most of a page without its pictures, of its scripts and styles; of the HTML of a list.
TOTAL, SCRIPTS, STYLES, LIST = 100 * KILO, 40 * KILO, 30 * KILO, 15 * KILO
#: Bytes at most of the pictures in the first screen, and of all pictures of a page.
FIRST_SCREEN, PICTURES = 40 * KILO, 150 * KILO
LISTS = ("consultations:list", "petitions:list", "votes:list")
PHONE = {"width": 360, "height": 740}
HALL = {"width": 1920, "height": 1080}
KINDS = {"Document": "html", "Stylesheet": "css", "Script": "js", "Image": "images"}

#: Adds up every shift of the layout that no person brought about.
_SHIFTS = """() => {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}"""

#: Pictures of the page: bytes in the first screen, in all, how many, how many of those below the
#: first screen are loaded at once. Reads to the end, so that late ones come too.
_PICTURES = """async () => {
  const images = [...document.images].filter((each) => each.checkVisibility());
  const isFirst = new Map(
    images.map((each) => [each, each.getBoundingClientRect().top < innerHeight]),
  );
  const eager = images.filter((each) => !isFirst.get(each) && each.loading !== "lazy").length;
  for (const each of images) {
    each.loading = "eager";
    await each.decode().catch(() => null);
  }
  const size = (all) => [...new Set(all.map((each) => each.currentSrc))]
    .map((url) => performance.getEntriesByName(url)[0]?.encodedBodySize ?? 0)
    .reduce((sum, bytes) => sum + bytes, 0);
  return [size(images.filter((each) => isFirst.get(each))), size(images), images.length, eager];
}"""


@dataclass
class Weight:
    """Of one page: bytes by kind, their sum, requests, and CLS."""

    bytes: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    shift: float = 0.0

    @property
    def total(self) -> int:
        return self.bytes.total()


def main() -> None:
    if CHROMIUM is None:
        print("weight: needs Chromium (on Debian: apt-get install chromium)")
        return
    measured = {path: name for name, path in _pages()}
    measured |= {path: name for name, path in public_pages() if path not in measured}
    pages = [(name, path, "") for path, name in measured.items()]
    law = reverse("consultations:detail", args=[_law()])
    pages += [("law of 328 clauses", law, ""), ("the same, signed in", law, _sign_in())]
    with_pictures = list(_pictured())
    with ground.pages() as base, _chromium() as browser:
        rows = [
            _row(name, _weigh(browser, base + path, session), path) for name, path, session in pages
        ]
        pictured = [
            _picture_row(name, _weigh_pictures(browser, base + path))
            for name, path in with_pictures
        ]
    ground.table(
        "Weight of the public pages (Chromium, empty cache, compressed kB)",
        ("page", "html", "css", "js", "images", "other", "total", "requests", "CLS", "over"),
        rows,
    )
    print(
        f"\nbudgets: total without images {TOTAL // KILO}, js {SCRIPTS // KILO},"
        f" css {STYLES // KILO}, html of a list {LIST // KILO} kB; CLS 0"
    )
    ground.table(
        "Pictures on a phone (two pixels a point, kB)",
        ("page", "first screen", "all", "pictures", "not lazy", "over"),
        pictured,
    )
    print(f"\nbudgets: first screen {FIRST_SCREEN // KILO}, all {PICTURES // KILO} kB; 0 not lazy")


def _pages() -> Iterator[tuple[str, str]]:
    few, many = ground.consultation_with(200), ground.consultation_with(5000)
    latest = Remark.objects.filter(consultation=few).aggregate(pk=Max("pk"))["pk"]
    shown = Consultation.objects.get(pk=few)
    yield "home", reverse("portal:home")
    yield "list of consultations", reverse("consultations:list")
    yield "search", reverse("portal:search") + "?q=" + shown.title.split()[0]
    yield "consultation, 200 remarks", reverse("consultations:detail", args=[few])
    yield "consultation, 5,000 remarks", reverse("consultations:detail", args=[many])
    for demo in Consultation.objects.filter(pk__lt=few, announced_at__isnull=False).order_by("pk"):
        yield f"demo: {demo.title[:34]}", reverse("consultations:detail", args=[demo.pk])
    petition, poll = Petition.objects.published().first(), Poll.objects.with_results().first()
    yield "list of petitions", reverse("petitions:list")
    yield "petition", petition.get_absolute_url()
    yield "list of polls", reverse("votes:list")
    yield "poll", poll.get_absolute_url()
    yield "results of a poll", reverse("votes:results", args=[poll.pk])
    yield "remark", reverse("consultations:remark", args=[few, latest])
    yield "sign in", reverse("account_login")
    yield "sign up", reverse("account_signup")
    yield "display", reverse("consultations:display", args=[few])


def _law() -> int:
    """A consultation on a draft as long as a law, with 200 remarks."""
    path = _SHARED / LAW
    invented = [f"{number}. {words}" for number, words in enumerate(honest(328), 1)]
    text = path.read_text() if path.exists() else "\n\n".join(["Про лад у місті", *invented])
    return int(Scale().consultation(200, text=text).consultation.pk)


def _sign_in() -> str:
    """The session of a resident."""
    reader = inside.sign_in(User.objects.get(email="olena@viche.example"))
    return str(reader.cookies[settings.SESSION_COOKIE_NAME].value)


def _pictured() -> Iterator[tuple[str, str]]:
    """Public pages of the demo that have pictures."""
    yield "home", reverse("portal:home")
    yield "list of consultations", reverse("consultations:list")
    for consultation in Consultation.objects.filter(pictures__isnull=False).distinct():
        yield f"consultation {consultation.pk}", consultation.get_absolute_url()
    yield "list of petitions", reverse("petitions:list")
    for petition in Petition.objects.published().filter(photos__isnull=False).distinct():
        yield f"petition {petition.pk}", petition.get_absolute_url()
    yield "news", reverse("newsroom:list")
    for article in Article.objects.published().filter(pictures__isnull=False).distinct():
        yield f"article {article.pk}", article.get_absolute_url()
    for poll in Poll.objects.filter(questions__options__picture__gt="").distinct().order_by("pk"):
        yield f"poll {poll.pk}", poll.get_absolute_url()


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


def _weigh(browser: Browser, url: str, session: str = "") -> Weight:
    """Open the page in a browser of its own: nothing is in its cache. Its HTML is weighed as the
    proxy compresses it, which a page with personal parts is not before."""
    context = browser.new_context(
        viewport=HALL if "/display/" in url else PHONE,
        locale="uk-UA",
        service_workers="block",  # what it keeps is no part of the page
    )
    if session:
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": session, "url": url}])
    page = context.new_page()
    weight = Weight()
    _listen(page, weight)
    page.add_init_script(f"({_SHIFTS})()")
    answer = page.goto(url, wait_until="networkidle")
    assert answer and answer.ok, url
    weight.bytes["html"] = len(gzip.compress(answer.body(), LEVEL))
    page.mouse.wheel(0, 2000)  # nothing may move for who reads on either
    page.wait_for_timeout(500)
    weight.shift = page.evaluate("window.shifted")
    context.close()
    return weight


def _weigh_pictures(browser: Browser, url: str) -> tuple[int, int, int, int]:
    context = browser.new_context(
        viewport=PHONE, device_scale_factor=2, locale="uk-UA", service_workers="block"
    )
    page = context.new_page()
    page.goto(url, wait_until="networkidle")
    first, total, count, eager = page.evaluate(_PICTURES)
    context.close()
    return first, total, count, eager


def _picture_row(name: str, found: tuple[int, int, int, int]) -> tuple[object, ...]:
    first, total, count, eager = found
    limits = {
        "first screen": (first, FIRST_SCREEN),
        "all": (total, PICTURES),
        "not lazy": (eager, 0),
    }
    over = [kind for kind, (value, limit) in limits.items() if value > limit]
    return (
        name,
        f"{first / KILO:.1f}",
        f"{total / KILO:.1f}",
        count,
        eager,
        ", ".join(over) or "–",
    )


def _listen(page: Page, weight: Weight) -> None:
    network = page.context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    heads: dict[str, int] = {}

    def answered(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = KINDS.get(event["type"], "other")
        heads[event["requestId"]] = event["response"]["encodedDataLength"]

    def loaded(event: dict[str, Any]) -> None:
        request = event["requestId"]
        if request in kinds:
            weight.requests += 1
            weight.bytes[kinds[request]] += max(0, event["encodedDataLength"] - heads[request])

    network.on("Network.responseReceived", answered)
    network.on("Network.loadingFinished", loaded)
    network.send("Network.enable")


def _row(name: str, weight: Weight, path: str) -> tuple[object, ...]:
    limits = {
        "total": (weight.total - weight.bytes["images"], TOTAL),
        "js": (weight.bytes["js"], SCRIPTS),
        "css": (weight.bytes["css"], STYLES),
        "CLS": (round(weight.shift, 4), 0),
    }
    if path in map(reverse, LISTS):
        limits["html"] = (weight.bytes["html"], LIST)
    over = [kind for kind, (value, limit) in limits.items() if value > limit]
    kinds = ("html", "css", "js", "images", "other")
    return (
        name,
        *(f"{weight.bytes[kind] / KILO:.1f}" for kind in kinds),
        f"{weight.total / KILO:.1f}",
        weight.requests,
        f"{weight.shift:.3f}",
        ", ".join(over) or "–",
    )
