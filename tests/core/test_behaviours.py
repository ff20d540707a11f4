"""The page's scripts in a real browser: keeping texts, selecting words, the queue by keyboard.

Pages are made here and served by the test itself; static files are the product's own.
"""

from __future__ import annotations

import json
import mimetypes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.template import Context, RequestContext, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import mark_safe
from playwright.sync_api import Browser, Page, expect

from tests.core.pieces import Speech
from tests.core.test_components import SAMPLES

CSP = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'"


class Site:
    """A browser's window, the pages that it can open, and what it asked for and complained of."""

    def __init__(self, browser: Browser, **options) -> None:
        self.pages: dict[str, str] = {}
        self.moved: dict[str, str] = {}
        self.refused: dict[str, str] = {}
        self.asked: list[str] = []
        self.complaints: list[str] = []
        site = self

        class Answer(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.answer(self)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.server.daemon_threads = True
        Thread(target=self.server.serve_forever, args=[0.05], daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.context = browser.new_context(**options)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(5000)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type == "error" else None,
        )

    def close(self) -> None:
        self.context.close()
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        path = request.path.split("?")[0]
        self.asked.append(path)
        status, kind, body = 404, "text/html; charset=utf-8", b""
        if path.startswith("/static/") and (found := finders.find(path.removeprefix("/static/"))):
            status, kind, body = 200, mimetypes.guess_type(path)[0] or "", Path(found).read_bytes()
        elif path in self.moved:
            status = 302
        elif html := self.pages.get(path):
            status, body = 200, html.encode()
        elif html := self.refused.get(path):
            status, body = 403, html.encode()
        request.send_response(status)
        if status == 302:
            request.send_header("Location", self.moved[path])
        request.send_header("Content-Security-Policy", CSP)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def open(self, body: str, **context) -> Page:
        """Open a page with this body (a template), scripts loaded."""
        self.pages["/"] = page_of(body, **context)
        self.page.goto(self.address)
        return self.page


def page_of(body: str, **context) -> str:
    source = (
        "{% load static components %}<!DOCTYPE html><html lang=en><head><title>Test</title>"
        '<link rel="stylesheet" href="{% static "css/tokens.css" %}"></head>'
        f"<body>{body}</body></html>"
    )
    with translation.override("en"):
        return Template(source).render(Context(context))


@pytest.fixture
def site(browser):
    site = Site(browser)
    yield site
    site.close()
    # A page of this test has no icon.
    assert not [said for said in site.complaints if "404" not in said]


# Selecting words

CLAUSES = """
<section><span class="clause__marker">2.1.</span>
  <div class="clause-text" data-clause="k1">
    🏛 Кіоски стоять <b>не ближче</b> ніж десять метрів від зупинки.
  </div></section>
<section><div class="clause-text" data-clause="k2">Власник має рік.</div></section>
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
    assert page.locator("[data-clause=k1] + .words-offer").count() == 1
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
    page = site.open(
        CLAUSES + '<a href="/speak/?clause=k2" data-remark-open="k2">Comment</a>' + OFFER
    )
    select(page, "має рік")
    page.click(BUTTON)
    page.wait_for_url("**/speak/**")
    asked = page.evaluate("Object.fromEntries(new URL(location.href).searchParams)")
    assert asked["clause"] == "k2"
    assert (asked["exact"], asked["start"], asked["end"]) == ("має рік", "8", "15")


# Keeping what was typed

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


@pytest.mark.parametrize("done", ["remark:1:2", "*"])
def test_success_forgets_the_text(site, done):
    type_in(site.open(FIELD), "Перше")
    page = site.open(f'<p hidden data-kept-done="{done}"></p>' + FIELD)
    page.wait_for_selector("[data-kept-done]", state="detached")
    assert page.evaluate(KEPT) is None
    assert page.locator(".kept").count() == 0


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


# The queue by keyboard

ITEM = """
<li data-queue-item tabindex="-1" id="item-{0}">{0} <button data-approve>Leave</button>
  <details data-hide><summary>Hide</summary><select><option>Insult</option></select></details></li>
"""
QUEUE = (
    '{% include "components/moderation_keys.html" only %}<ol>'
    + "".join(ITEM.format(n) for n in (1, 2, 3))
    + '</ol><label>Search <input id="search"></label>'
)


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.tagName")


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


# Every component, together in the frame


def everything(language: str) -> str:
    """The frame with each component in it, and a form with errors."""
    request = RequestFactory().get("/" if language == "uk" else "/en/")
    request.user = AnonymousUser()
    request.session = {}
    apart = {"header.html", "footer.html", "messages.html", "confirm.html", "error_summary.html"}
    apart |= {"error_500.html", "error_503.html"}
    # Of displays: they have a frame and colours of their own.
    apart |= {"display_head.html", "display_top.html", "display_join.html"}
    parts = [
        render_to_string(f"components/{name}", sample)
        for name, sample in SAMPLES.items()
        if name not in apart
    ]
    body = "<h1>Components</h1><h2>All</h2>" + "".join(parts) + str(Speech({}))
    source = "{% extends 'base.html' %}{% block content %}{{ body }}{% endblock %}"
    template = Template(source)
    with translation.override(language):
        return template.render(RequestContext(request, {"body": mark_safe(body)}))


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("width", [320, 1280])
def test_components_are_accessible_and_fit(browser, language, width):
    site = Site(browser, viewport={"width": width, "height": 800})
    with translation.override(language):
        site.pages["/"] = everything(language)
    site.page.goto(site.address)
    site.page.wait_for_selector(".govuk-character-count__status", state="attached")
    found = Axe().run(site.page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert site.page.evaluate("document.documentElement.scrollWidth") <= width
    assert not [path for path in site.asked if "font" in path or path.startswith("/assets")]
    assert not site.complaints
    site.close()


def test_error_summary_takes_the_focus_without_a_script(browser):
    site = Site(browser, java_script_enabled=False)
    page = site.open("<main>{{ form }}</main>", form=Speech({}))
    assert page.locator("[data-error-summary]:focus").count() == 1
    page.click("[data-error-summary] a >> nth=0")
    assert page.locator("#id_name:focus").count() == 1
    site.close()


# Answers of htmx

ASK = """
<template data-failed>
  {% include "components/notice.html" with kind="error" text="No answer." only %}
</template>
<script type="module" id="app-js" src="/static/js/app.js"></script>
<script type="module" src="/static/htmx/htmx.min.js"></script>
<a href="/plain/" hx-get="{{ to }}" hx-target="#place" id="ask">Ask</a><div id="place">Before</div>
"""


def asked(site: Site, to: str) -> Page:
    page = site.open(ASK, to=to)
    page.wait_for_selector("#ask[data-htmx-powered]")
    page.click("#ask")
    return page


def test_a_fragment_goes_into_its_place(site):
    site.pages["/fragment/"] = "<b>Fragment</b>"
    page = asked(site, "/fragment/")
    page.wait_for_selector("#place b")


def test_a_redirect_to_a_page_is_followed(site):
    site.pages["/login/"] = page_of("<h1>Sign in</h1>")
    site.moved["/speak/"] = "/login/?next=/speak/"
    page = asked(site, "/speak/")
    page.wait_for_url("**/login/?next=/speak/")


def test_a_redirect_to_a_fragment_goes_into_its_place(site):
    site.pages["/fragment/"] = "<b>Fragment</b>"
    site.moved["/act/"] = "/fragment/"
    page = asked(site, "/act/")
    page.wait_for_selector("#place b")


def test_a_refusal_is_told_in_the_words_of_its_page(browser):
    site = Site(browser)
    site.refused["/speak/"] = page_of("<main><h1>You cannot do this</h1><p>It closed.</p></main>")
    page = asked(site, "/speak/")
    page.wait_for_selector(".notice")
    assert page.inner_text(".notice") == "You cannot do this. It closed."
    assert page.inner_text("#place") == "Before"
    page.click("#ask")
    page.wait_for_selector(".notice + #ask")
    expect(page.locator(".notice")).to_have_count(1)
    site.close()


def test_a_lost_connection_is_told(browser):
    site = Site(browser)
    page = site.open(ASK, to="/speak/")
    page.wait_for_selector("#ask[data-htmx-powered]")
    site.context.set_offline(True)
    page.click("#ask")
    page.wait_for_selector(".notice")
    assert page.inner_text(".notice") == "No answer."
    assert page.inner_text("#place") == "Before"
    site.close()


def test_error_summary_that_arrives_takes_the_focus_once(site):
    page = site.open(
        '<script type="module" id="app-js" src="/static/js/app.js"></script>'
        "<label>Else <input id=else></label><div id=place></div>"
    )
    page.wait_for_function("document.body.classList.contains('govuk-frontend-supported')")
    swap = 'document.dispatchEvent(new CustomEvent("htmx:after:swap"))'
    page.evaluate(
        "(html) => { document.getElementById('place').innerHTML = html; " + swap + "}",
        render_to_string("components/error_summary.html", SAMPLES["error_summary.html"]),
    )
    assert page.locator("[data-error-summary]:focus").count() == 1
    page.focus("#else")
    page.evaluate(swap)
    assert focused(page) == "else"
