"""Where twenty pages begin on a phone, and what twelve jobs take there: taps, pages, screens.

360 × 740 px; each page in Ukrainian and English, light and dark, with letters as they come and
twice as large: px down to ``main``, to the first thing of its list, its height in screens, and what
sticks out or lies on something else. A job is done by thumb from the first page on, in the demo
city, in either language and with letters of either size; what a mail holds is not waited for.
``BENCH_ONLY=pages`` or ``jobs``: one of the two tables.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from accounts.models import User
from appeals.models import Answer
from benchmarks import ground, inside
from benchmarks.phone_jobs import JOBS, SOMEBODY, VOTER, Job, next_voter
from consultations.models import Consultation, Remark
from meetings.models import Meeting
from newsroom.models import Article
from petitions.models import Petition
from tests.journeys.touch import TOUCH
from tests.pages.phone import LARGE, MOST, MOST_LARGE, MOST_WITH_NOTICE, Begin, measure
from tests.plugins.browser import CHROMIUM, QUIET
from tests.plugins.city import PHONE
from votes.models import Poll

HEIGHT = PHONE["height"]
PREFIXES = {"uk": "", "en": "/en"}
#: Milliseconds after which something that a job looks for is not there.
PATIENCE = 8000
#: Letters twice as large on every page of a window.
_ENLARGE = f"""
  const enlarge = () => {{
    if (document.documentElement) document.documentElement.style.fontSize = "{LARGE}px";
  }};
  enlarge();
  document.addEventListener("readystatechange", enlarge);
"""


def main() -> None:
    if CHROMIUM is None:
        print("phone: needs Chromium (on Debian: apt-get install chromium)")
        return
    only = os.environ.get("BENCH_ONLY", "")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop in this thread
    with ground.pages() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        if only != "jobs":
            _tell_pages(browser, base)
        if only != "pages":
            _tell_jobs(browser, base)
        browser.close()


def pages() -> Iterator[tuple[str, str]]:
    """The name and the path of each of the twenty."""
    largest = max(Consultation.objects.open(), key=lambda each: each.remarks.count())
    reported = Consultation.objects.exclude(reported_at=None).order_by("pk").first()
    remark = Remark.objects.filter(consultation=reported).order_by("pk").first()
    petition = Petition.objects.published().order_by("pk").first()
    poll = Poll.objects.open().order_by("pk").first()
    meeting = Meeting.objects.published().order_by("-begins_at").first()
    yield "home", reverse("portal:home")
    yield "consultations", reverse("consultations:list")
    yield "consultation", largest.get_absolute_url()
    yield "remark", reverse("consultations:remark", args=[reported.pk, remark.pk])
    yield "petitions", reverse("petitions:list")
    yield "petition", petition.get_absolute_url()
    yield "sign by mail", reverse("petitions:sign_by_mail", args=[petition.pk])
    yield "polls", reverse("votes:list")
    yield "poll", poll.get_absolute_url()
    yield "meetings", reverse("meetings:list")
    yield "meeting", meeting.get_absolute_url()
    yield "deputies", reverse("deputies:list")
    yield "news", reverse("newsroom:list")
    yield "article", Article.objects.published().order_by("pk").first().get_absolute_url()
    yield "search", reverse("portal:search") + "?q=%D1%80%D0%B5%D0%BC%D0%BE%D0%BD%D1%82"
    yield "new appeal", reverse("appeals:new")
    yield "answers", reverse("appeals:answers")
    answer = Answer.objects.published().order_by("pk").first()
    yield "answer", reverse("appeals:answer", args=[answer.pk])
    yield "you said", reverse("portal:done")
    yield "sign in", reverse("account_login")


def _tell_pages(browser: Browser, base: str) -> None:
    rows = []
    with _window(browser) as context:
        for name, path in pages():
            for language, prefix in PREFIXES.items():
                page = context.new_page()
                page.goto(base + prefix + path, wait_until="load")
                has_notice = page.locator("[data-notice]").count() > 0
                plain, large = measure(page), measure(page, large=True)
                page.emulate_media(color_scheme="dark")
                dark = measure(page), measure(page, large=True)
                page.evaluate("document.querySelector('.urgent')?.remove()")
                closed = measure(page).main if has_notice else None
                rows.append(_row(f"{name}, {language}", closed, plain, large, dark))
                page.close()
    ground.table(
        f"First content on a phone, px (at most {MOST}, {MOST_WITH_NOTICE} with a notice, "
        f"{MOST_LARGE} with large letters), and the first thing of a list (before {HEIGHT})",
        (
            *("page", "main", "its notice closed", "card", "screens", "main 200 %", "card 200 %"),
            *("dark", "wrong"),
        ),
        rows,
    )


def _row(
    name: str, closed: int | None, plain: Begin, large: Begin, dark: tuple[Begin, Begin]
) -> tuple[object, ...]:
    wrong = [*plain.over, *large.over]
    if plain.main > (MOST if closed is None else MOST_WITH_NOTICE) or (closed or 0) > MOST:
        wrong.append("begins low")
    if large.main > MOST_LARGE:
        wrong.append("begins low at 200 %")
    if (plain.card or 0) >= HEIGHT:
        wrong.append("card below the first screen")
    wider = {"": plain.wider, " at 200 %": large.wider}
    wrong += [f"{by} px wider{where}" for where, by in wider.items() if by]
    same = [(each.main, each.card) for each in dark] == [(b.main, b.card) for b in (plain, large)]
    return (
        name,
        plain.main,
        "–" if closed is None else closed,
        plain.card or "–",
        ceil(plain.height / HEIGHT),
        large.main,
        large.card or "–",
        "same" if same else f"{dark[0].main} · {dark[1].main}",
        "; ".join(wrong) or "–",
    )


@contextmanager
def _window(
    browser: Browser, base: str = "", user: User | None = None, *, large: bool = False
) -> Iterator[BrowserContext]:
    """A phone's, signed in as ``user``; ``large``: with letters twice as large."""
    context = browser.new_context(**TOUCH, locale="uk-UA", service_workers="block")
    context.set_default_timeout(PATIENCE)
    if large:
        context.add_init_script(_ENLARGE)
    if user:
        value = inside.sign_in(user).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": base}])
    yield context
    context.close()


def _person(who: str) -> User | None:
    if who == VOTER:
        return next_voter()
    if who == SOMEBODY:
        email = f"{who}-{time.time_ns()}@example.org"
        return User.objects.create_user(email, given_name="Дарина", family_name="Січова")
    return None


def _tell_jobs(browser: Browser, base: str) -> None:
    ways = [(language, large) for language in PREFIXES for large in (False, True)]
    rows = []
    for name, who, do in JOBS:
        cells = []
        for language, large in ways:
            user = _person(who)
            with _window(browser, base, user, large=large) as context:
                page = context.new_page()
                page.goto(f"{base}{PREFIXES[language]}/")
                cells.append(_did(page, name, do))
        rows.append((name, *cells))
    ground.table(
        "Jobs from the first page on: taps · pages · screens",
        ("job", *(f"{language}{', 200 %' if large else ''}" for language, large in ways)),
        rows,
    )


def _did(page: Page, name: str, do: Callable[[Job], None]) -> str:
    """What it took, or where it stopped."""
    job = Job(page, name)
    try:
        do(job)
    except (Error, AssertionError) as fault:
        reason = str(fault).splitlines()[0][:60]
        return f"{job.taps} · {job.pages} · stopped at {page.url.rpartition('//')[2]}: {reason}"
    return f"{job.taps} · {job.pages} · {job.screens}"
