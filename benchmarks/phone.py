"""Where twenty pages begin on a phone, and what fourteen jobs take there: taps, pages, screens.

360 × 740 px; each page in Ukrainian and English, light and dark, with letters as they come and
twice as large: px down to ``main``, to the first thing of its list, its height in screens, and what
sticks out or lies on something else. A job is done by thumb from the first page on, in the demo
city, in either language and with letters of either size; what a mail holds is not waited for.
``BENCH_ONLY=pages`` or ``jobs``: one of the two tables.
"""

from __future__ import annotations

import os
import re
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
from consultations.models import Consultation, Procedure, Remark
from meetings.models import Meeting
from newsroom.models import Article
from notifications.models import Letter
from petitions.models import Petition
from tests.journeys.touch import TOUCH, Thumb
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
                rows.append(_row(f"{name}, {language}", has_notice, plain, large, dark))
                page.close()
    ground.table(
        f"First content on a phone, px (at most {MOST}, {MOST_WITH_NOTICE} with a notice, "
        f"{MOST_LARGE} with large letters), and the first thing of a list (before {HEIGHT})",
        ("page", "notice", "main", "card", "screens", "main 200 %", "card 200 %", "dark", "wrong"),
        rows,
    )


def _row(
    name: str, has_notice: bool, plain: Begin, large: Begin, dark: tuple[Begin, Begin]
) -> tuple[object, ...]:
    wrong = [*plain.over, *large.over]
    if plain.main > (MOST_WITH_NOTICE if has_notice else MOST):
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
        "yes" if has_notice else "–",
        plain.main,
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


class Job(Thumb):
    """A job by places on the page, so that it is the same in both languages."""

    def press(self, where: str) -> None:
        """Tap what leads to another page."""
        self.go(self.page.locator(where).locator("visible=true").first)

    def touch(self, where: str) -> None:
        self.tap(self.page.locator(where).locator("visible=true").first)

    def write(self, where: str, words: str) -> None:
        self.type(self.page.locator(where).locator("visible=true").first, words)

    def menu(self, where: str) -> None:
        """By the menu."""
        self.touch(".site-menu__switch")
        self.press(f".site-header {where}")

    def send(self) -> None:
        """The form of the page."""
        self.press("main form[method=post] button.govuk-button")


def _say(job: Job) -> None:
    job.press("a.govuk-button[href$='/speak/']")
    job.write("textarea[name=text]", "Додайте ранковий рейс.")
    job.send()


def _say_of_a_clause(job: Job) -> None:
    job.press(".choice a[href*='/consultations/']:not([href*=state])")
    job.touch(".clause__speak")
    job.page.locator(".clause textarea").first.wait_for()
    job.write(".clause textarea[name=text]", "Тут потрібен ще й навіс.")
    job.touch(".clause [data-remark-form] button.govuk-button")
    job.page.locator("[data-thanks], [data-error-summary]").first.wait_for()


def _sign(job: Job) -> None:
    job.press(".choice a[href$='/sign/']")
    job.send()


def _sign_by_mail(job: Job) -> None:
    job.press(".choice a[href$='/sign/']")
    job.press("main a[href$='/sign/mail/'], main a[href*='mail']")
    job.write("main input[name=name], main input[name=full_name]", "Дарина Січова")
    job.write("main input[type=email]", f"daryna-{os.getpid()}@example.org")
    job.send()


def _sign_up(job: Job) -> None:
    """Where signing in is asked for: by an e-mail and the code that is mailed to it."""
    form = "form[action$='/account/signup/']"
    job.write(f"{form} [name=email]", f"newcomer-{time.time_ns()}@example.org")
    job.touch(f"{form} label[for=id_agreed]")
    job.press(f"{form} button.govuk-button")
    mailed = re.search(r"\b\d{4}-\d{4}\b", Letter.objects.latest("pk").text)
    job.write("[name=code]", mailed[0] if mailed else "")
    job.press("main button[name=action][value=verify]")


def _say_from_nothing(job: Job) -> None:
    job.press("a.govuk-button[href$='/speak/']")
    _sign_up(job)
    job.write("textarea[name=text]", "Додайте ранковий рейс.")
    job.write("[name=own_given_name]", "Дарина")
    job.write("[name=own_family_name]", "Січова")
    job.press("[data-remark-form] .form-actions button.govuk-button")


def _company_from_nothing(job: Job) -> None:
    """From the first page over the list to a draft about business, and back to it."""
    rules = Procedure.objects.filter(participants=Procedure.Participants.BUSINESSES)
    draft = Consultation.objects.open().filter(procedure__in=rules).order_by("pk").first()
    job.press(".choice__link[href*='/consultations/']")
    job.press(f".cards a[href$='{draft.get_absolute_url()}']")
    job.press("a[href*='/speak/']")
    _sign_up(job)
    job.write("textarea[name=text]", "Для нас це зарплата баристи за місяць.")
    job.press("button[name=keep][value=organisation]")
    job.write("[name=code]", "20000002")
    job.write("[name=name]", "Товариство з обмеженою відповідальністю «Канарка»")
    job.write("[name=location]", "50001, пл. Рудникова, буд. 2")
    job.touch("[name=sector]")
    job.page.select_option("[name=sector]", "I")
    job.taps += 1  # the option in the phone's own list
    job.touch("label[for^=id_size]")
    job.write("[name=own_given_name]", "Дарина")
    job.write("[name=own_family_name]", "Січова")
    job.send()
    job.press("[data-remark-form] .form-actions button.govuk-button")


def _find_a_poll(job: Job) -> None:
    job.menu("a[href$='/polls/']")
    job.press(".cards > .card a")


def _begin_a_petition(job: Job) -> None:
    job.press("a.home__act[href$='/petitions/start/']")
    job.send()
    job.write("[name=title]", "Навчити плавати всіх третьокласників")
    job.send()


def _write_to_the_council(job: Job) -> None:
    job.press("a.home__act[href$='/appeals/new/']")
    job.touch("main .govuk-radios__label")
    job.write("main textarea", "У дворі не світить ліхтар.")


def _find_an_appeal(job: Job) -> None:
    job.menu("a[href$='/appeals/']")
    job.press("main a[href$='/appeals/find/']")


def _search(job: Job) -> None:
    job.press(".site-header a[href$='/search/']")
    job.write("main input[type=search]", "ремонт доріг")
    job.press("main form[role=search] button")
    job.press(".cards > .card a")


def _look_up_a_deputy(job: Job) -> None:
    job.menu("a[href$='/deputies/']")
    job.press(".deputies a")


def _follow_an_area(job: Job) -> None:
    job.press(".site-footer a[href$='/areas/']")


def _change_the_language(job: Job) -> None:
    job.menu("a[hreflang]")


#: Who has done nothing yet: another person each time, for what one does once.
SOMEBODY = "somebody"
#: Name, who does it ("" a stranger, SOMEBODY, a demo person), how.
JOBS: tuple[tuple[str, str, Callable[[Job], None]], ...] = (
    ("say something of the matter that moves", "olena", _say),
    ("say something, from nothing", "", _say_from_nothing),
    ("a company's remark, from nothing", "", _company_from_nothing),
    ("say something of a clause", "olena", _say_of_a_clause),
    ("sign, signed in", SOMEBODY, _sign),
    ("sign by mail, to the mail", "", _sign_by_mail),
    ("find a poll", "", _find_a_poll),
    ("begin a petition, to its text", "olena", _begin_a_petition),
    ("write to the council, to one's name", "", _write_to_the_council),
    ("find one's appeal, to the form", "", _find_an_appeal),
    ("search, to the first result", "", _search),
    ("look up a deputy", "", _look_up_a_deputy),
    ("follow an area, to the form", "", _follow_an_area),
    ("change the language", "", _change_the_language),
)


def _person(who: str) -> User | None:
    if who == SOMEBODY:
        email = f"{who}-{time.time_ns()}@example.org"
        return User.objects.create_user(email, given_name="Дарина", family_name="Січова")
    return User.objects.get(email=f"{who}@viche.example") if who else None


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
