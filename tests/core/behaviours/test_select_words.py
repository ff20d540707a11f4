"""Words of a clause, selected to be spoken of."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.core.behaviours.site import page_of

CLAUSES = """
<section class="clause" id="c-k1"><span class="clause__marker">2.1.</span>
  <div class="clause-text">
    🏛 Кіоски стоять <b>не ближче</b> ніж десять метрів від зупинки.
  </div></section>
<section class="clause" id="c-k2"><div class="clause-text">Власник має рік.</div>
  <a href="/speak/?clause=k2" data-remark-open>Comment</a></section>
<p id="outside">Ще слова поза пунктом.</p>
"""
FORM = """
<form data-remark-form><input type="hidden" name="clause" value="k1">
  <input type="hidden" name="start"><input type="hidden" name="end">
  <input type="hidden" name="exact"><input type="hidden" name="prefix">
  <input type="hidden" name="suffix">
  <div data-quote hidden><q data-quote-words></q>
  <button type="button" data-quote-clear>Not these</button></div>
  <label>Words <textarea name="text"></textarea></label></form>
"""
OFFER = '{% include "components/select_words.html" only %}'
SELECT = """([from, to]) => {
  const find = (words) => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walk.nextNode()); ) {
      const at = node.data.indexOf(words);
      if (at >= 0 && node.parentElement.closest("section, p")) return [node, at, at + words.length];
    }
  };
  const [first, start] = find(from);
  const [last, , end] = find(to);
  getSelection().setBaseAndExtent(first, start, last, end);
}"""
BUTTON = "[data-words-speak]"


def select(page: Page, first: str, last: str | None = None) -> None:
    page.evaluate(SELECT, [first, last or first])


def test_selected_words_are_offered_and_filled_in(site):
    page = site.open(CLAUSES + FORM + OFFER)
    select(page, "стоять ", "ніж")
    page.click(BUTTON)
    got = {
        name: page.input_value(f"input[name={name}]")
        for name in ("start", "end", "exact", "prefix", "suffix")
    }
    text = "🏛 Кіоски стоять не ближче ніж десять метрів від зупинки."
    start, end = int(got["start"]), int(got["end"])
    assert got["exact"] == "стоять не ближче ніж" == text[start:end]
    assert text[:start] == got["prefix"]
    assert text[end:] == got["suffix"]
    assert page.inner_text("[data-quote-words]") == "стоять не ближче ніж"
    assert page.locator("textarea:focus").count() == 1
    assert page.locator(BUTTON).count() == 0


def test_offer_follows_the_clause_and_leaves_the_selection(site):
    page = site.open(CLAUSES + FORM + OFFER)
    select(page, "десять метрів")
    page.wait_for_selector(BUTTON)
    assert page.locator("#c-k1 .clause-text + .words-offer").count() == 1
    assert page.evaluate("getSelection().toString()") == "десять метрів"
    assert page.locator(f"{BUTTON}:focus").count() == 0
    page.hover(BUTTON)
    page.mouse.down()
    assert page.evaluate("getSelection().toString()") == "десять метрів"


def test_offer_is_reached_by_keyboard(site):
    page = site.open(CLAUSES + FORM + OFFER)
    select(page, "десять метрів")
    page.wait_for_selector(BUTTON)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.input_value("input[name=exact]") == "десять метрів"


@pytest.mark.parametrize(
    ("first", "last"), [("десять", "Власник"), ("поза пунктом", None), (" ", None)]
)
def test_nothing_is_offered_but_for_words_of_one_clause(site, first, last):
    page = site.open(CLAUSES + FORM + OFFER)
    select(page, "десять")
    page.wait_for_selector(BUTTON)
    select(page, first, last)
    page.wait_for_selector(BUTTON, state="detached")


def test_the_quote_can_be_taken_back(site):
    page = site.open(CLAUSES + FORM + OFFER)
    select(page, "десять")
    page.click(BUTTON)
    page.click("[data-quote-clear]")
    assert page.input_value("input[name=exact]") == ""
    assert page.input_value("input[name=clause]") == "k1"
    assert page.locator("[data-quote]").is_hidden()


def test_without_a_form_the_words_travel_in_the_address(site):
    site.pages["/speak/"] = page_of("<p>The form.</p>")
    page = site.open(CLAUSES + OFFER)
    select(page, "має рік")
    page.click(BUTTON)
    page.wait_for_url("**/speak/**")
    asked = page.evaluate("Object.fromEntries(new URL(location.href).searchParams)")
    assert asked["clause"] == "k2"
    assert (asked["exact"], asked["start"], asked["end"]) == ("має рік", "8", "15")
