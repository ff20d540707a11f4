"""Lists of the desk by keyboard, and the key of its search."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.core.behaviours.site import Site, focused

ROW = (
    '<tr id="row-{0}"><td><input type="checkbox" id="tick-{0}"> <a href="#at-{0}">{0}</a></td></tr>'
)
LIST = (
    '<input id="desk-q" value="фонтан">'
    + '{% include "components/list_keys.html" with ticks=True only %}'
    + '<table class="desk-table"><tbody>'
    + "".join(ROW.format(n) for n in (1, 2, 3))
    + '</tbody></table><script type="module" src="/static/js/desk-keys.js"></script>'
)


@pytest.fixture
def page(site: Site) -> Page:
    opened = site.open(LIST)
    expect(opened.locator("[data-list-keys]")).to_be_visible()
    return opened


def test_ten_keys_in_a_row_go_tick_and_open(page: Page):
    for key in "jxjjxkxjko":
        page.keyboard.press(key)
    ticked = page.locator("input:checked:not([data-keys-switch])").evaluate_all(
        "all => all.map(({ id }) => id)"
    )
    assert ticked == ["tick-1", "tick-2", "tick-3"]
    assert page.url.endswith("#at-2")


def test_one_key_goes_to_the_search_and_none_works_in_a_field(page: Page):
    page.keyboard.press("/")
    assert focused(page) == "desk-q"
    page.keyboard.press("j")
    assert (focused(page), page.input_value("#desk-q")) == ("desk-q", "j")


def test_keys_can_be_switched_off(page: Page):
    page.uncheck("[data-keys-switch]")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("/")
    assert focused(page) == "BODY"
