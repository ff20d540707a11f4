"""The queue of moderation by keyboard."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.core.behaviours.site import Site, focused

ITEM = """
<li data-queue-item tabindex="-1" id="item-{0}">{0} <button data-approve>Leave</button>
  <details data-hide><summary>Hide</summary><select><option>Insult</option></select></details></li>
"""
QUEUE = (
    '{% include "components/moderation_keys.html" only %}<ol>'
    + "".join(ITEM.format(n) for n in (1, 2, 3))
    + '</ol><label>Search <input id="search"></label>'
)


def queue(site: Site) -> Page:
    page = site.open(QUEUE)
    page.wait_for_selector("[data-keys]")
    return page


def test_queue_goes_up_and_down(site):
    page = queue(site)
    went = []
    for key in "jjjjkkkk":
        page.keyboard.press(key)
        went.append(focused(page)[-1])
    assert went == list("12332111")


def test_queue_works_on_a_ukrainian_keyboard(site):
    page = queue(site)
    page.evaluate(
        """() => document.body.dispatchEvent(
          new KeyboardEvent("keydown", { key: "о", code: "KeyJ", bubbles: true }))"""
    )
    assert focused(page) == "item-1"


def test_queue_leaves_up_and_opens_the_hiding(site):
    page = queue(site)
    page.evaluate(
        """() => { window.left = []; document.addEventListener("click", ({ target }) => {
          if (target.matches("[data-approve]")) left.push(target.parentElement.id); }) }"""
    )
    for key in ("j", "j", "a", "h"):
        page.keyboard.press(key)
    assert page.evaluate("left") == ["item-2"]
    assert focused(page) == "SELECT"
    assert page.locator("#item-2 details[open]").count() == 1
    page.keyboard.press("Escape")
    assert focused(page) == "item-2"


def test_keys_do_nothing_in_a_field_with_a_modifier_or_switched_off(site):
    page = queue(site)
    page.focus("#search")
    page.keyboard.press("j")
    assert (focused(page), page.input_value("#search")) == ("search", "j")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Control+j")
    assert focused(page) == "BODY"
    page.uncheck("[data-keys-switch]")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    assert focused(page) == "BODY"
    page = queue(site)
    assert not page.is_checked("[data-keys-switch]")
