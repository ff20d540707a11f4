"""What htmx does with an answer: a fragment, a redirect, a refusal, none at all."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.core.behaviours.site import Site, page_of

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
