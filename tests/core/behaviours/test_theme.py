"""Light or dark by the device and by the switch; the typeface that the alphabet is drawn with."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page

from core.domain.council import from_settings
from tests.core.behaviours.site import Site

LIGHT, DARK = "#faf7f2", "#191513"
ALPHABET = (
    "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯабвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
    "ыэёъ «п’ять», „об\u02bcєкт“ – № 7, 12 ₴ … Abcdefghijklmnopqrstuvwxyz & (0123456789)"
)


def ground(page: Page) -> str:
    return page.evaluate(
        "getComputedStyle(document.documentElement).getPropertyValue('--ground').trim()"
    )


@pytest.fixture
def open_site(browser):
    """A page with the switch of the footer, in a window with the options."""
    sites = []

    def opened(**options) -> Site:
        site = Site(browser, **options)
        sites.append(site)
        footer = render_to_string("components/footer.html", {"city": from_settings()})
        site.pages["/"] = (
            '<!DOCTYPE html><html lang=uk class="govuk-template"><title>Test</title>'
            '<meta name="theme-color" content="#8c2318" media="(prefers-color-scheme: light)">'
            '<meta name="theme-color" content="#231d1a" media="(prefers-color-scheme: dark)">'
            '<link rel="icon" href="/static/img/favicon.svg">'  # else one is asked for
            '<script src="/static/js/theme.js"></script>'
            '<link rel="stylesheet" href="/static/govuk/govuk-frontend.min.css">'
            '<link rel="stylesheet" href="/static/css/tokens.css">'
            '<link rel="stylesheet" href="/static/css/frame.css">'
            f"<body><p>{ALPHABET}</p><p><b>{ALPHABET}</b></p>{footer}</body></html>"
        )
        site.page.goto(site.address)
        return site

    yield opened
    for site in sites:
        assert not site.complaints
        site.close()


def test_what_is_chosen_overrules_the_device_and_stays_on_it(open_site):
    page = open_site(color_scheme="light").page
    assert ground(page) == LIGHT
    page.click("[data-theme-choice=dark]")
    assert ground(page) == DARK
    assert page.locator("[data-theme-choice=dark][aria-pressed=true]").count() == 1
    page.reload()
    assert page.locator("html[data-theme=dark]").count() == 1
    assert ground(page) == DARK
    shown = "[...document.querySelectorAll('meta[name=theme-color]')].map((one) => one.media)"
    assert page.evaluate(shown) == ["not all", "all"]
    page.emulate_media(media="print")
    assert ground(page) == LIGHT, "paper is light"
    page.emulate_media(media="screen")
    page.click("[data-theme-choice='']")
    assert ground(page) == LIGHT
    assert page.evaluate("localStorage.length") == 0
    page.emulate_media(color_scheme="dark")
    assert ground(page) == DARK
    page.click("[data-theme-choice=light]")
    assert ground(page) == LIGHT


def test_without_a_script_the_device_decides_and_nothing_is_offered(open_site):
    page = open_site(color_scheme="dark", java_script_enabled=False).page
    assert not page.locator(".theme-switch").is_visible()
    body = page.context.new_cdp_session(page)
    body.send("DOM.enable")
    body.send("CSS.enable")
    root = body.send("DOM.getDocument")["root"]["nodeId"]
    html = body.send("DOM.querySelector", {"nodeId": root, "selector": "html"})["nodeId"]
    styles = body.send("CSS.getComputedStyleForNode", {"nodeId": html})["computedStyle"]
    assert {"name": "color-scheme", "value": "dark"} in styles


def test_the_typeface_draws_the_whole_alphabet(open_site):
    page = open_site().page
    page.evaluate("document.fonts.ready")
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    for which in ("body > p", "body > p > b"):
        node = session.send("DOM.querySelector", {"nodeId": root, "selector": which})["nodeId"]
        faces = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        assert {(face["familyName"], face["isCustomFont"]) for face in faces} == {("Arsenal", True)}
