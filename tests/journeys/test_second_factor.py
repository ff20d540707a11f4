"""The desk opens by a second factor alone: an app set up by keyboard, and a passkey."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import CDPSession, Page, expect

from accounts.models import User
from consultations.models import Consultation
from consultations.remarks import actions
from tests.factories import PASSWORD
from tests.factors import App
from tests.journeys.test_keyboard import tab_to
from tests.plugins.city import City

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def moderator(transactional_db, mo: User) -> User:
    """With a password and a confirmed address, and no second factor yet."""
    mo.set_password(PASSWORD)
    mo.save()
    mo.emailaddress_set.create(email=mo.email, verified=True, primary=True)
    return mo


def sign_in(page: Page, user: User) -> None:
    """By keyboard, with the password."""
    tab_to(page, "[name=login]")
    page.keyboard.type(user.email)
    tab_to(page, "[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def test_staff_set_up_an_app_by_keyboard_and_work(
    city: City, moderator: User, consultation: Consultation, olena: User
):
    said = actions.remark(consultation, by=olena, text="Реклама столів.")
    page = city.window(None, "/account/login/?next=/desk/moderation/%3Flist%3Dnewest")
    sign_in(page, moderator)
    # No desk page without a second factor, but the way to one.
    page.wait_for_url("**/account/security/needed/**")
    for path in ("/desk/", "/desk/moderation/", "/desk/consultations/"):
        page.goto(city.web.url + path)
        expect(page.locator("h1")).to_have_text("Потрібен другий фактор")
    page.goto(f"{city.web.url}/desk/moderation/?list=newest")
    tab_to(page, "main .govuk-button--secondary")
    page.keyboard.press("Enter")
    expect(page.locator("svg.qr")).to_be_visible()
    app = App((page.locator(".secret").text_content() or "").replace(" ", ""))
    # A wrong code first: the page says so and keeps the key.
    tab_to(page, "[name=code]")
    page.keyboard.type("12345")
    page.keyboard.press("Enter")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert page.locator(".secret").text_content().replace(" ", "") == app.secret
    tab_to(page, "[name=code]")
    page.keyboard.type(app.code())
    page.keyboard.press("Enter")
    # Recovery codes, then on to where she was going.
    page.wait_for_url("**/account/security/codes/**")
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    code = page.locator(".recovery-codes li").first.text_content() or ""
    tab_to(page, "main .govuk-button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/moderation/?list=newest")
    expect(page.locator(f"#comment-{said.pk}")).to_contain_text("Реклама столів.")
    # On another device: the password, then a recovery code, and the desk is there.
    other = city.window(None, "/account/login/?next=/desk/")
    sign_in(other, moderator)
    other.wait_for_url("**/account/login/factor/")
    tab_to(other, "[name=code]")
    other.keyboard.type(code)
    other.keyboard.press("Enter")
    other.wait_for_url(f"{city.web.url}/desk/")


def with_authenticator(page: Page) -> CDPSession:
    """Give the browser an authenticator of its own, with its owner's finger always on it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools


def test_a_passkey_is_made_and_signs_in(city: City, moderator: User):
    # Passkeys are bound to a name; an address of numbers is none.
    home = f"http://localhost:{urlsplit(city.web.url).port}"
    page = city.window(None)
    with_authenticator(page)
    page.goto(f"{home}/account/login/?next=/desk/")
    sign_in(page, moderator)
    page.wait_for_url("**/account/security/needed/**")
    page.click("main .govuk-button:not(.govuk-button--secondary)")
    page.fill("[name=name]", "Ноутбук на роботі")
    page.click("form[data-passkey] .govuk-button")
    page.wait_for_url("**/account/security/codes/**")
    page.click("main .govuk-button")
    page.wait_for_url(f"{home}/desk/")
    page.goto(f"{home}/account/security/")
    expect(page.locator("main")).to_contain_text("Ноутбук на роботі")
    # Signing in again takes the passkey alone: no address, no password, no code.
    page.goto(f"{home}/account/logout/")
    page.click("main .govuk-button")
    page.wait_for_url(f"{home}/")
    page.goto(f"{home}/account/login/?next=/desk/")
    page.click("form[data-passkey] .govuk-button")
    page.wait_for_url(f"{home}/desk/")
    # And it is the second factor after a password.
    page.context.clear_cookies(name="session")
    page.goto(f"{home}/account/login/?next=/desk/")
    sign_in(page, moderator)
    page.wait_for_url("**/account/login/factor/")
    page.click("form[data-passkey] .govuk-button")
    page.wait_for_url(f"{home}/desk/")
