"""A resident agrees to be drawn by lot, is drawn, answers the question, and reads the results."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from playwright.sync_api import expect

from accounts.models import Residence
from city.models import District
from core.domain import clock
from insights.models import Panel, PanelConsent, PanelMember
from tests.insights.panels import LINK, SEED, make_known, willing
from tests.journeys.worker import work
from tests.plugins.city import PHONE, City

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.cpu(18)]


def moment(**later: float) -> str:
    return f"{clock.now() + timedelta(**later):%Y-%m-%dT%H:%M}"


def test_from_consent_to_the_answered_question(city: City, olena, admin):
    willing("centre", 18, 19)
    now, year = clock.now(), clock.now() + timedelta(days=365)
    place = District.objects.get(slug="centre")
    Residence.objects.create(
        user=olena, district=place, how="letter", checked_at=now, expires_at=year
    )
    phone = city.window(olena, "/account/panel/", viewport=PHONE, java_script_enabled=False)
    phone.get_by_label("Я погоджуюся").check()
    phone.get_by_role("button", name="Зберегти").click()
    expect(phone.locator("main")).to_contain_text("Вас можуть обрати для наступної панелі")
    assert PanelConsent.objects.filter(user=olena).exists()

    desk = city.window(admin, "/desk/panel/new/")
    for name, value in {
        "year": "2031",
        "seats": "20",
        "seed_source": "маяк, раунд 20000000",
        "seed_at": moment(hours=5),
        "closes_at": moment(days=9),
    }.items():
        desk.locator(f"[name={name}]").fill(value)
    desk.locator("form:has([name=seats]) button.govuk-button").click()
    desk.get_by_role("button", name="Оприлюднити список").click()
    expect(desk.locator("main")).to_contain_text("Список оприлюднено")
    panel = Panel.objects.get()
    key = PanelMember.objects.get(user=olena).key
    phone.goto(f"{city.web.url}/account/panel/")
    expect(phone.locator("main")).to_contain_text(key)

    make_known(panel)
    desk.reload()
    desk.locator("[name=seed]").fill(SEED)
    desk.locator("[name=seed_link]").fill(LINK)
    desk.locator("form:has([name=seed]) button.govuk-button").click()
    expect(desk.locator("main")).to_contain_text("Жеребкування проведено")
    work("mail")
    (letter,) = [each for each in mail.outbox if each.to == [olena.email]]
    found = re.search(r"https?://[^/\s]+(/insights/trust/\d+/answer/)", str(letter.body))
    assert found, letter.body
    phone.goto(city.web.url + found[1])
    phone.get_by_label("радше довіряю").check()
    phone.locator("form:has([name=value]) button.govuk-button").click()
    expect(phone.locator("main")).to_contain_text("Ви відповіли")

    desk.reload()
    desk.get_by_role("button", name="Закрити зараз").click()
    expect(desk.locator("main")).to_contain_text("Результати оприлюднено")
    assert not PanelMember.objects.exists()
    stranger = city.window(None, f"/insights/trust/{panel.pk}/", viewport=PHONE)
    # One answer would be hers.
    expect(stranger.locator("main")).to_contain_text("менш ніж п’ятеро")
    expect(stranger.locator("main")).to_contain_text(SEED)
