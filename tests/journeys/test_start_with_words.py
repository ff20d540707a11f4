"""Somebody writes what they want to say once: their words stand in the form that they choose."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from consultations.models import Consultation, Remark
from core.db.search import document
from petitions.models import Petition
from tests.factories import PASSWORD
from tests.petitions.factories import petition
from tests.plugins.city import PHONE, City

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "Літні майданчики працюють до ночі. Закривайте їх о десятій вечора."
TITLE = "Закривати літні майданчики раніше"


@pytest.fixture
def terrace(consultation: Consultation, bohdan: User) -> Consultation:
    """An open consultation and a petition about terraces."""
    consultation.search = document(A=consultation.title)
    consultation.save(update_fields=["search"])
    petition(bohdan, title=TITLE, search=document(A=TITLE))
    return consultation


def write(page: Page, track: str) -> None:
    """Write the words and choose what they are for."""
    page.fill("[name=text]", TEXT)
    page.get_by_label(track).check()
    page.get_by_role("button", name="Далі", exact=True).click()
    expect(page.locator("h1")).to_have_text("Куди надіслати ваші слова")
    expect(page.locator("main")).to_contain_text(TITLE)


def test_without_javascript_and_signed_out_a_remark_keeps_the_words(
    city: City, olena: User, terrace: Consultation
) -> None:
    olena.set_password(PASSWORD)
    olena.save()
    olena.emailaddress_set.create(email=olena.email, verified=True, primary=True)
    page = city.window(None, viewport=PHONE, java_script_enabled=False)
    page.get_by_role("link", name="Що ви хочете сказати місту?").click()
    write(page, "Ще не знаю")
    page.get_by_role("button", name="Сказати це тут").click()
    page.wait_for_url("**/account/login/**")
    page.fill("[name=login]", olena.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(city.web.url + reverse("consultations:speak", args=[terrace.pk]))
    expect(page.locator("[name=text]")).to_have_value(TEXT)
    page.get_by_role("button", name="Оприлюднити").click()
    page.wait_for_url("**/remarks/**")
    assert Remark.objects.get().comment.text == TEXT


def test_a_petition_begins_with_the_words(city: City, olena: User, terrace: Consultation) -> None:
    page = city.window(olena, "/start/", viewport=PHONE)
    write(page, "Щоб рада зробила те, чого хоче багато людей")
    page.get_by_role("button", name="Створити петицію").click()
    expect(page.locator("main")).to_contain_text("Літні майданчики працюють до ночі.")
    page.get_by_role("button", name="Почати", exact=True).click()
    expect(page.locator("[name=title]")).to_have_value("Літні майданчики працюють до ночі")
    with page.expect_navigation():
        page.get_by_role("button", name="Зберегти й продовжити").click()
    draft = Petition.objects.get(author=olena)
    page.goto(city.web.url + reverse("petitions:start_text", args=[draft.pk]))
    expect(page.locator("[name=text]")).to_have_value(TEXT)


def test_without_an_account_an_appeal_holds_the_words(city: City, terrace: Consultation) -> None:
    page = city.window(None, "/start/", viewport=PHONE, java_script_enabled=False)
    write(page, "Розповісти раді про проблему, попросити або запропонувати")
    page.get_by_role("button", name="Написати заяву").click()
    page.wait_for_url("**/appeals/new/")
    expect(page.locator("[name=text]")).to_have_value(TEXT)
    expect(page.locator("[name=kind][value=application]")).to_be_checked()
