"""Streets: found by anybody, chosen in a form, edited at the desk."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from city.models import District, Street
from tests.pages.page_checks import PageCheck, PageChecks, of
from tests.pages.page_walk import PageWalk


def add_streets() -> list[Street]:
    """Two of one name, in two districts; one had another name."""
    return [
        Street.objects.get_or_create(
            slug=slug,
            name="вулиця Садова",
            district=District.objects.get_or_create(slug=slug, defaults={"name": name})[0],
            former_names=["вулиця Леніна"] if slug == "by-the-river" else [],
        )[0]
        for slug, name in (("by-the-river", "Заріччя"), ("on-the-steppe", "Степове"))
    ]


def type_street(page: Page) -> None:
    """Type the beginning of a name: streets come to choose from."""
    page.locator("[name=street]").press_sequentially("Садо")
    expect(page.locator(".street-field [type=radio]").first).to_be_visible()


def _find(town: PageWalk) -> list[PageCheck]:
    add_streets()
    name = "city:streets"
    return [
        *(of(name, query=f"?street={words}") for words in ("", "Садова", "вул. Леніна", "Довга")),
        of(name),
        of(name, then=type_street),
    ]


def _listed(town: PageWalk) -> list[PageCheck]:
    add_streets()
    return [of("city_desk:streets", who="admin", query=query) for query in ("", "?q=Довга")]


PAGES: dict[str, PageChecks] = {
    "city:streets": _find,
    "city_desk:streets": _listed,
}

#: Routes that show no page, and why.
NO_PAGE = {"city:suggestions": "a region of the forms with a street"}
