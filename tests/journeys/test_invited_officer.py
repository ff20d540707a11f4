"""Somebody without an account is invited by mail, arrives, and works at the desk."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from accounts.invitations import actions
from accounts.models import User
from notifications.mails.invitations import send_staff_invitation
from notifications.models import Letter
from notifications.sending.mail import send_letter
from tests.factors import App
from tests.plugins.city import City

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = "nadia@viche.example"


def test_an_invited_officer_signs_up_and_works(city: City, admin: User, department):
    invitation = actions.invite(
        EMAIL, by=admin, role="officer", department=department, reason="Наказ № 12"
    )
    assert send_staff_invitation(invitation.pk)
    link = re.search(r"/account/invitation/\S+", mail.outbox[-1].body)[0]
    page = city.window(None, link)
    page.locator("main a[href*='/account/signup/']").click()
    form = page.locator("form[action$='/account/signup/']")
    form.locator("[name=email]").fill(EMAIL)
    form.locator("label[for=id_agreed]").click()
    form.locator(".govuk-button").first.click()
    page.wait_for_url("**/account/signup/code/**")
    page.locator("[name=code]").fill(_code())
    page.locator("main form button.govuk-button[value=verify]").click()
    # Back at the invitation; the second factor comes first.
    page.get_by_role("button", name="Далі – до другого фактора").click()
    page.locator("main .govuk-button--secondary").click()
    app = App((page.locator(".secret").text_content() or "").replace(" ", ""))
    page.locator("[name=code]").fill(app.code())
    page.locator("main .govuk-button").first.click()
    page.wait_for_url("**/account/security/codes/**")
    page.locator("main .govuk-button").first.click()
    page.locator("[name=own_given_name]").fill("Надія")
    page.locator("[name=own_family_name]").fill("Криниця")
    page.get_by_role("button", name="Прийняти запрошення").click()
    page.wait_for_url(f"{city.web.url}/desk/")
    page.goto(f"{city.web.url}/desk/consultations/new/")
    expect(page.locator("h1")).to_be_visible()
    assert User.objects.get(email=EMAIL).speaks_for(department.pk)


def _code() -> str:
    for letter_id in Letter.objects.order_by("pk").values_list("pk", flat=True):
        send_letter(letter_id)
    return re.search(r"^\d{4}-\d{4}$", mail.outbox[-1].body, re.MULTILINE)[0]
