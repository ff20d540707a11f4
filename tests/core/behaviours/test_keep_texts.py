"""What was typed and not sent is kept in the browser, and offered again."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page

FIELD = """
<form><label>Words <textarea name="text" data-keep="remark:1:2"></textarea></label></form>
{% include "components/kept.html" only %}
"""
KEPT = 'localStorage.getItem("viche.kept:remark:1:2")'


def type_in(page: Page, words: str, whole: str | None = None) -> None:
    page.fill("textarea", words)
    page.wait_for_function(
        f"(text) => ({KEPT} ?? '').includes(JSON.stringify(text))", arg=whole or words
    )


def test_typed_text_is_offered_again_and_brought_back(site):
    type_in(site.open(FIELD), "Десять метрів – мало")
    page = site.open(FIELD)
    assert "Десять метрів – мало" in page.inner_text(".kept")
    assert page.input_value("textarea") == ""
    page.click("[data-kept-use]")
    assert page.input_value("textarea") == "Десять метрів – мало"
    assert page.locator("textarea:focus").count() == 1
    assert page.locator(".kept").count() == 0


def test_new_words_lose_neither_the_kept_ones_nor_themselves(site):
    type_in(site.open(FIELD), "Перше")
    page = site.open(FIELD)
    type_in(page, "Друге", "Перше\n\nДруге")
    page.click("[data-kept-use]")
    assert page.input_value("textarea") == "Перше\n\nДруге"


def test_a_kept_text_can_be_thrown_away(site):
    type_in(site.open(FIELD), "Перше")
    page = site.open(FIELD)
    page.click("[data-kept-drop]")
    assert page.evaluate(KEPT) is None
    assert site.open(FIELD).locator(".kept").count() == 0


def test_a_text_that_the_server_sent_back_is_not_offered(site):
    type_in(site.open(FIELD), "Перше")
    page = site.open(FIELD.replace("></textarea>", ">Перше</textarea>"))
    page.wait_for_function(f"{KEPT} !== null")
    assert page.locator(".kept").count() == 0


@pytest.mark.parametrize("done", ["remark:1:2", "remark:1:1 remark:1:2"])
def test_success_forgets_the_text(site, done):
    type_in(site.open(FIELD), "Перше")
    page = site.open(f'<p hidden data-kept-done="{done}"></p>' + FIELD)
    page.wait_for_selector("[data-kept-done]", state="detached")
    assert page.evaluate(KEPT) is None
    assert page.locator(".kept").count() == 0


def test_an_offer_within_folded_details_is_seen(site):
    folded = f"<details><summary>Reply</summary>{FIELD}</details>"
    page = site.open(folded)
    page.click("summary")
    type_in(page, "Перше")
    assert site.open(folded).locator(".kept").is_visible()


def test_what_nobody_typed_in_is_not_kept(site):
    """It would be offered over what somebody else saves there later."""
    page = site.open(FIELD.replace("></textarea>", ">Збережене</textarea>"))
    page.evaluate("document.forms[0].dispatchEvent(new Event('submit'))")
    assert page.evaluate(KEPT) is None


def test_success_of_another_text_forgets_nothing(site):
    type_in(site.open(FIELD), "Перше")
    page = site.open('<p hidden data-kept-done="remark:1:3"></p>' + FIELD)
    page.wait_for_selector(".kept")


def test_what_was_sent_by_htmx_is_not_kept_again(site):
    page = site.open(FIELD)
    type_in(page, "Перше")
    page.evaluate(
        """() => {
          document.body.insertAdjacentHTML("beforeend", '<p data-kept-done="remark:1:2"></p>');
          document.dispatchEvent(new CustomEvent("htmx:after:swap"));
        }"""
    )
    assert site.open(FIELD).locator(".kept").count() == 0


def test_a_text_is_kept_for_two_weeks(site):
    page = site.open(FIELD)
    old = json.dumps({"text": "Давнє", "at": 0})
    page.evaluate("(kept) => localStorage.setItem('viche.kept:remark:1:2', kept)", old)
    page = site.open(FIELD)
    page.wait_for_function(f"{KEPT} === null")
    assert page.locator(".kept").count() == 0
