"""News: its public pages, and the desk where it is written."""

from __future__ import annotations

from datetime import timedelta

from django.utils.timezone import localtime

from city.models import District, Street, Theme
from consultations.models import Consultation
from core.domain import clock
from newsroom.articles import actions
from newsroom.models import Article, State
from tests.newsroom import factories
from tests.pages.page_checks import PageCheck, PageChecks, of
from tests.pages.page_walk import PageWalk
from tests.pages.steps import send

TITLE = (
    "Через ремонт водогону на вулиці Незалежності тимчасово зміниться рух тролейбусів і маршруток "
    "у середмісті"
)


def _full() -> Article:
    """A corrected one with all that an article can have, urgent."""
    found = Article.objects.filter(title=TITLE).first()
    if found is not None:
        return found
    theme = Theme.objects.get_or_create(slug="roads", defaults={"name": "Дороги"})[0]
    district = District.objects.get_or_create(slug="center", defaults={"name": "Середмістя"})[0]
    street = Street.objects.get_or_create(
        slug="vodohinna", defaults={"name": "вулиця Водогінна", "district": district}
    )[0]
    consultations = Consultation.objects.published()[:1]
    about = {
        "themes": [theme],
        "district": district,
        "streets": [street],
        "consultations": list(consultations),
        "urgent_until": clock.now() + timedelta(days=3),
    }
    text = "Рух змінять:\n\n- тролейбус 4;\n- тролейбус 12.\n\n> Дякуємо за терпіння.\n\n" * 3
    article = factories.article(title="Рух змінять", text=text, **about)
    for width in (1700, 700):
        factories.picture(article, data=factories.photo(width, 600))
    return actions.edit(
        article,
        by=factories.people.load("ofi"),
        content=factories.content(title=TITLE, text=text, **about),
        reason="Уточнили вулиці",
    )


def _in(state: State) -> Article:
    found = Article.objects.filter(title=f"Новина {state}").first()
    return found or factories.article(state, title=f"Новина {state}", **factories.ENGLISH)


def _event() -> Article:
    found = Article.objects.filter(kind="event").first()
    return found or factories.article(says=factories.event())


def _details(town: PageWalk) -> list[PageCheck]:
    full, event = _full(), _event()
    return [
        of("newsroom:detail", full.pk),
        of("newsroom:detail", full.pk, width=360, height=740),
        of("newsroom:detail", event.pk),
        of("newsroom:detail", _in(State.PUBLISHED).pk),
        of("newsroom:detail", _in(State.WITHDRAWN).pk, status=410),
    ]


def _desk(name: str, *states: State, sends: bool = False) -> PageChecks:
    def checks(town: PageWalk) -> list[PageCheck]:
        rows = [_in(state) for state in states]
        steps = (None, send) if sends else (None,)
        return [of(name, row.pk, who="admin", then=step) for row in rows for step in steps]

    return checks


def _pictures(name: str) -> PageChecks:
    def checks(town: PageWalk) -> list[PageCheck]:
        article = _full()
        picture = article.pictures.first()
        assert picture
        return [of(name, article.pk, picture.pk, who="admin")]

    return checks


PAGES: dict[str, PageChecks] = {
    "newsroom:list": lambda town: [
        of("newsroom:list", query=query, width=width)
        for query, width in (("", 1280), ("", 360), ("?q=нічого+такого", 1280))
        if _full() and _event()
    ],
    "newsroom:detail": _details,
    "newsroom:calendar": lambda town: [
        of("newsroom:calendar", query=query, width=width)
        for query in (f"?month={localtime(_event().begins_at):%Y-%m}", "?month=2031-02")
        for width in (1280, 360)
    ],
    "newsroom_desk:list": lambda town: [
        of("newsroom_desk:list", who="admin", query=f"?list={name}")
        for name in ("", "published", "withdrawn")
        if _full() and _in(State.WITHDRAWN)
    ],
    "newsroom_desk:new": lambda town: [
        of("newsroom_desk:new", who="admin", then=step) for step in (None, send)
    ],
    "newsroom_desk:detail": lambda town: [
        *_desk("newsroom_desk:detail", *State)(town),
        of("newsroom_desk:detail", _full().pk, who="admin", width=360),
    ],
    "newsroom_desk:preview": lambda town: [
        of("newsroom_desk:preview", _full().pk, who="admin"),
        *_desk("newsroom_desk:preview", State.DRAFT)(town),
    ],
    "newsroom_desk:edit": lambda town: [
        of("newsroom_desk:edit", _full().pk, who="admin"),
        *_desk("newsroom_desk:edit", State.DRAFT)(town),
    ],
    "newsroom_desk:publish": _desk("newsroom_desk:publish", State.DRAFT, State.PLANNED),
    "newsroom_desk:unplan": _desk("newsroom_desk:unplan", State.PLANNED),
    "newsroom_desk:withdraw": _desk("newsroom_desk:withdraw", State.PUBLISHED, sends=True),
    "newsroom_desk:discard": _desk("newsroom_desk:discard", State.DRAFT),
    "newsroom_desk:new_picture": _desk("newsroom_desk:new_picture", State.DRAFT, sends=True),
    "newsroom_desk:picture": _pictures("newsroom_desk:picture"),
    "newsroom_desk:remove_picture": _pictures("newsroom_desk:remove_picture"),
}
#: Routes that show no page, and why.
NO_PAGE: dict[str, str] = {
    **dict.fromkeys(("api:news", "api:article"), "JSON"),
    "newsroom:feed": "Atom",
    "newsroom:dates": "iCalendar",
    "newsroom:dates_of": "iCalendar",
    "news-picture": "a picture",
    "newsroom:card": "a picture",
}
