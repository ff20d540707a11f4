"""The frame on a phone of 360 × 740: where pages begin, the menu, a notice that is closed, what was
refused. bin/bench phone measures the same on twenty pages of the demo city."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from core.domain import clock
from tests import factories
from tests.core.behaviours.site import Site, focused
from tests.meetings import factories as meetings
from tests.newsroom import factories as news
from tests.pages.phone import MOST, MOST_LARGE, MOST_WITH_NOTICE, measure
from tests.petitions import factories as petitions
from tests.votes import factories as votes

pytestmark = [pytest.mark.django_db, pytest.mark.cpu(12)]

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
LISTS = ("/consultations/", "/petitions/", "/polls/", "/news/", "/meetings/", "/deputies/")
LONG = "Про Порядок розміщення літніх майданчиків біля закладів ресторанного господарства міста"


@pytest.fixture
def city(department, olena, ofi):
    for _number in range(2):
        factories.consultation(department, title=LONG)
    petitions.petition(olena, title="Висадити дерева вздовж вулиці Степової й полити їх улітку")
    votes.poll(ofi, department)
    meetings.meeting()
    news.article(title="Воду в Шахтарському вимкнено до шостої вечора: де стоять бочки")


@pytest.fixture
def phone(browser):
    site = Site(browser, **PHONE)
    yield site
    assert not [said for said in site.complaints if "404" not in said and "WebSocket" not in said]
    site.close()


def show(site: Site, path: str) -> Page:
    """The page of the product as a stranger gets it."""
    site.pages[path] = Client().get(path).text
    site.page.goto(site.address + path)
    return site.page


def test_pages_begin_at_the_top_and_lists_on_the_first_screen(city, phone, department):
    long = factories.consultation(department, title=LONG).get_absolute_url()
    for path in ("/", long, *LISTS, "/en/petitions/"):
        page = show(phone, path)
        plain, large = measure(page), measure(page, large=True)
        print(path, plain, large)
        assert plain.main <= MOST, path
        assert large.main <= MOST_LARGE, path
        assert (plain.wider, plain.over, large.wider, large.over) == (0, [], 0, []), path
        if path.removeprefix("/en") in LISTS:
            assert plain.card is not None, path
            assert plain.card < PHONE["viewport"]["height"], path
    assert page.evaluate("document.querySelector('#q').checkVisibility()") is False
    page.locator(".fold-switch__label").tap()
    expect(page.locator("#q")).to_be_visible()


def test_the_menu_opens_without_a_script(city, browser):
    site = Site(browser, **PHONE, java_script_enabled=False)
    page = show(site, "/news/")
    menu = page.get_by_role("navigation", name="Головне меню")
    petitions = menu.get_by_role("link", name="Петиції")
    expect(petitions).to_be_hidden()
    expect(page.get_by_role("link", name="Увійти")).to_be_visible()
    expect(menu.get_by_role("link", name="Пошук")).to_be_visible()
    expect(page.locator(".urgent__close")).to_have_count(0)
    page.locator(".site-menu__switch").tap()
    expect(petitions).to_be_visible()
    expect(page.get_by_role("link", name="English")).to_be_visible()
    expect(page.get_by_role("link", name="Зареєструватися")).to_be_visible()
    # With room there is nothing to open.
    page.locator(".site-menu__switch").tap()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(petitions).to_be_visible()
    expect(page.locator(".site-menu__switch")).to_be_hidden()
    site.close()


def test_a_notice_is_a_line_that_this_device_closes(city, phone):
    news.article(
        title="Повітряна тривога скасована, автобуси їдуть за розкладом вихідного дня до ночі",
        urgent_until=clock.now() + timedelta(hours=3),
    )
    page = show(phone, "/petitions/")
    bar = page.locator(".urgent")
    assert measure(page).main <= MOST_WITH_NOTICE
    page.locator("[data-notice-close]").tap()
    expect(bar).to_be_hidden()
    assert focused(page) == "main"
    page.reload()
    expect(bar).to_be_hidden()
    assert measure(page).main <= MOST
    # Another word of it, and it is shown again.
    phone.pages["/petitions/"] = phone.pages["/petitions/"].replace("до ночі", "до ранку")
    page.reload()
    expect(bar).to_be_visible()


def test_what_was_refused_takes_the_focus_wherever_the_address_leads(browser):
    site = Site(browser)
    notice = (
        '<link rel="icon" href="/static/img/favicon.svg">'
        '<script type="module" id="app-js" src="/static/js/app.js"></script>'
        '{% notice "error" "It closed." role="status" takes_focus=True %}'
        '<p id="end">End</p>'
    )
    page = site.open(notice)
    expect(page.locator(".notice")).to_be_focused()
    page.goto("about:blank")
    page.goto(f"{site.address}/#end")
    expect(page.locator(".notice")).to_be_focused()
    site.close()
