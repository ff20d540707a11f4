"""Olena starts a petition and meets one that asks for the same, with and without JavaScript."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from core.db.search import document
from petitions.models import Petition, State
from tests.factories import PASSWORD
from tests.petitions import factories
from tests.plugins.city import PHONE, City

pytestmark = pytest.mark.django_db(transaction=True)

START = "/petitions/start/"
TITLE = "Встановити пандус біля поліклініки № 5"


@pytest.fixture
def ramp(transactional_db: None, bohdan: User) -> Petition:
    """Bohdan's, open for signing."""
    return factories.petition(bohdan, title=TITLE, search=document(A=TITLE, B="Пандус."))


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def begin(page: Page) -> None:
    """Start a petition; the next page has loaded its scripts when she begins to type."""
    press(page, "Почати")
    page.wait_for_url("**/start/*/what/")


def test_while_typing_she_meets_a_similar_one_and_goes_to_sign_it(
    city: City, olena: User, ramp: Petition
) -> None:
    page = city.window(olena, START, viewport=PHONE)
    begin(page)
    # The first lookup is never answered: a slow one must not hold up the last.
    page.route("**/alike/", lambda route: None, times=1)
    with page.expect_request("**/alike/"):
        page.locator("[name=title]").press_sequentially("Пандуси в")
    page.locator("[name=title]").press_sequentially(" поліклініці № 5")
    expect(page.locator("#alike")).to_contain_text(TITLE)
    expect(page.locator("[name=title]")).to_be_focused()
    page.get_by_role("link", name="Підписати цю петицію").click()
    expect(page.locator("h1")).to_contain_text(TITLE)
    assert ramp.get_absolute_url() in page.url
    page.go_back()  # she has thought better of it: what she typed is offered again
    press(page, "Повернути текст")
    expect(page.locator("[name=title]")).to_have_value("Пандуси в поліклініці № 5")


def test_hers_is_another_one_and_she_sends_it(city: City, olena: User, ramp: Petition) -> None:
    page = city.window(olena, START, viewport=PHONE)
    begin(page)
    page.locator("[name=title]").press_sequentially("Пандус біля поліклініки № 12")
    expect(page.locator("#alike")).to_contain_text(TITLE)
    press(page, "Зберегти й продовжити")  # she has seen it: no page between
    page.fill("[name=text]", "Пандус за нормами доступності.")
    press(page, "Зберегти й продовжити")
    expect(page.locator("[name=author_name]")).to_have_value("Олена Коваль")
    press(page, "Зберегти й продовжити")
    expect(page.locator("main")).to_contain_text("Пандус біля поліклініки № 12")
    page.get_by_role("link", name="Назад").click()
    expect(page.locator("[name=author_name]")).to_have_value("Олена Коваль")
    page.go_back()
    press(page, "Надіслати петицію")
    expect(page.locator("h1")).to_have_text("Петицію надіслано")
    petition = Petition.objects.get(author=olena)
    due = page.locator(f"time[datetime='{petition.publish_due_on}']")
    expect(due).to_be_visible()


def test_without_javascript_they_are_shown_before_she_goes_on(
    city: City, olena: User, ramp: Petition
) -> None:
    page = city.window(olena, START, viewport=PHONE, java_script_enabled=False)
    begin(page)
    page.fill("[name=title]", "Проект пандуса для поліклініки № 5")
    press(page, "Зберегти й продовжити")
    expect(page.locator("h1")).to_have_text("Може, про це вже просили?")
    expect(page.get_by_role("link", name="Підписати цю петицію")).to_have_attribute(
        "href", ramp.get_absolute_url()
    )
    page.get_by_role("link", name="Моя петиція про інше: продовжити").click()
    page.fill("[name=text]", "Пандус.")
    press(page, "Зберегти й продовжити")
    page.fill("[name=author_name]", "Коваль Олена Іванівна")
    press(page, "Зберегти й продовжити")
    press(page, "Надіслати петицію")
    expect(page.locator("h1")).to_have_text("Петицію надіслано")
    assert Petition.objects.get(author=olena).author_name == "Коваль Олена Іванівна"


@pytest.mark.parametrize("scripts", [True, False])
def test_what_she_typed_outlives_her_session(city: City, olena: User, scripts: bool) -> None:
    olena.set_password(PASSWORD)
    olena.save()
    olena.emailaddress_set.create(email=olena.email, verified=True, primary=True)
    draft = factories.petition(olena, State.DRAFT, text="", reasons="", author_name="")
    address = reverse("petitions:start_text", args=[draft.pk])
    page = city.window(olena, address, java_script_enabled=scripts)
    page.fill("[name=text]", "Довго думала і написала.")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    press(page, "Зберегти й продовжити")
    page.wait_for_url("**/account/login/**")
    page.fill("[name=login]", olena.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(city.web.url + address)  # not the form whose ``next`` it is
    expect(page.locator("[name=text]")).to_have_value("Довго думала і написала.")
    press(page, "Зберегти й продовжити")
    page.wait_for_url("**/author/**")
    draft.refresh_from_db()
    assert draft.text == "Довго думала і написала."
