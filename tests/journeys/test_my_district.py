"""Somebody chooses their district on the first page: their device keeps it, nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from city.models import Department, District
from consultations.models import Consultation
from tests import factories
from tests.journeys.touch import TOUCH
from tests.plugins.city import City

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.with_all]

SHIFTS = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
})"""


@pytest.fixture
def near(transactional_db: None, department: Department) -> Consultation:
    """A consultation in the northern one of two districts."""
    north = District.objects.create(name="Північний", slug="north")
    District.objects.create(name="Південний", slug="south")
    return factories.consultation(department, district=north, title="Сквер на вулиці Північній")


def test_the_device_keeps_the_district(city: City, near: Consultation) -> None:
    page = city.window(None, "/", **TOUCH)
    mine = page.locator("[data-my-district]")
    mine.get_by_role("link", name="Північний").tap()
    expect(mine.get_by_role("link", name="Північний")).to_be_focused()
    expect(mine.get_by_role("link", name=near.title)).to_be_visible()
    assert page.context.cookies() == []

    # It is there again, nothing moves, and the page is the one that everybody gets.
    page.reload()
    expect(mine.get_by_role("link", name=near.title)).to_be_visible()
    assert page.evaluate(SHIFTS) == 0
    page.goto(f"{city.web.url}/en/")
    expect(mine.get_by_role("link", name=near.title)).to_be_visible()

    # Another one, and none: on the district's own page a button does it, too.
    mine.get_by_role("button", name="Another district").tap()
    expect(mine.get_by_role("link", name="Південний")).to_be_visible()
    page.goto(f"{city.web.url}/districts/south/")
    page.get_by_role("button", name="Це мій район").tap()
    expect(page.locator("[data-district-said]")).not_to_be_empty()
    page.goto(f"{city.web.url}/")
    expect(mine.get_by_text("Зараз у цьому районі нічого не відкрито")).to_be_visible()


def test_the_lines_are_asked_for_by_nobody(city: City, near: Consultation, olena: Any) -> None:
    page = city.window(olena, "/", **TOUCH)
    with page.expect_request("**/districts/north/?short=1") as asked:
        page.locator("[data-my-district]").get_by_role("link", name="Північний").tap()
    assert "cookie" not in asked.value.all_headers()

    # A device that keeps nothing is offered nothing to keep.
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full') }")
    page.goto(f"{city.web.url}/districts/south/")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("button", name="Це мій район")).to_be_hidden()


def test_without_javascript_it_is_a_page(city: City, near: Consultation) -> None:
    page = city.window(None, "/", java_script_enabled=False, **TOUCH)
    page.get_by_role("link", name="Північний").tap()
    expect(page.locator("h1")).to_contain_text("Північний")
    expect(page.get_by_role("link", name=near.title)).to_be_visible()
    expect(page.get_by_role("button", name="Це мій район")).to_be_hidden()
