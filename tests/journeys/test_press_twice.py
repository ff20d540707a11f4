"""A form whose button is pressed twice is stored once; while it is under way the button says so."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from consultations.models import Consultation, Remark
from tests.plugins.city import City

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_button_pressed_twice(city: City, consultation: Consultation, olena):
    form = f"/consultations/{consultation.pk}/speak/"
    _on_a_plain_form(city.window(olena, form))
    assert Remark.objects.count() == 1
    _without_scripts(city.window(olena, form, java_script_enabled=False))
    assert Remark.objects.count() == 2
    _on_a_live_page(city.window(olena, consultation.get_absolute_url()))
    assert Remark.objects.count() == 3


#: Presses a button twice, and says what it is like while the form is under way.
PRESS_TWICE = """(button) => {
  button.focus();
  button.click();
  button.click();
  return [button.textContent, button.ariaDisabled, document.activeElement === button];
}"""


def _on_a_plain_form(page: Page) -> None:
    """While it is under way the button says so; Back passes by the form that was sent."""
    posts: list[str] = []
    page.on("request", lambda sent: posts.append(sent.url) if sent.method == "POST" else None)
    page.get_by_label("Ваші слова").fill("Підтримую")
    button = page.locator("form.remark-form button.govuk-button")
    assert button.evaluate(PRESS_TWICE) == ["Надсилаємо…", "true", True]
    expect(page.get_by_text("Дякуємо")).to_be_visible()
    assert len(posts) == 1
    page.go_back()
    assert not page.url.endswith("/speak/")


def _without_scripts(page: Page) -> None:
    """Two posts leave the browser; the second one's answer is what it shows."""
    page.get_by_label("Ваші слова").fill("Підтримую")
    page.locator("form.remark-form button.govuk-button").dblclick(no_wait_after=True)
    expect(page.get_by_text("Дякуємо")).to_be_visible()


def _on_a_live_page(page: Page) -> None:
    """By htmx: after a refusal and after a lost connection the button can be pressed again."""
    page.get_by_role("link", name="Висловитися про весь проєкт").click()
    place = page.locator("#speak-whole")
    button = place.locator("button.govuk-button")
    button.click()
    expect(place.locator("[data-error-summary]")).to_be_visible()
    _is_as_before(button)
    page.route("**/speak/", lambda route: route.abort())
    place.locator("textarea").first.fill("Підтримую")
    button.click()
    expect(page.locator("[data-failed-notice]")).to_be_visible()
    _is_as_before(button)
    page.unroute_all()
    button.dblclick(no_wait_after=True)
    expect(page.locator("[data-thanks]")).to_be_visible()


def _is_as_before(button) -> None:
    expect(button).to_have_text("Оприлюднити")
    expect(button).not_to_have_attribute("aria-disabled", "true")
