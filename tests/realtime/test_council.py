"""The council's own data in pages that are open while somebody changes them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from city.council import actions as city

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.cpu(10)]


def test_sockets_are_told_once_whatever_they_watch(live, consultation, open_socket):
    readers = [open_socket(live, topic) for topic in (consultation.topic, "petitions")]
    for reader in readers:
        reader.next()
    city.change_council({"phone": "111-22-33"}, by=None)
    for reader in readers:
        assert reader.until(lambda frame: "council" in frame, timeout=3)["spread"] < 1


def test_an_open_page_and_a_display_say_the_new_name(browser: Browser, daphne, consultation):
    context = browser.new_context(service_workers="block")
    pages = [context.new_page(), context.new_page()]
    for page, path in zip(pages, ("", "display/"), strict=True):
        page.goto(f"{daphne.url}/consultations/{consultation.pk}/{path}")
        expect(page.locator("[data-live-status]")).to_have_attribute("data-state", "live")
    city.change_council({"council": "Степова селищна рада"}, by=None)
    expect(pages[0].locator(".site-header__council")).to_have_text("Степова селищна рада")
    expect(pages[0].locator("#footer-council")).to_have_text("Степова селищна рада")
    expect(pages[1].locator(".display__council")).to_have_text("Степова селищна рада")
    context.close()
