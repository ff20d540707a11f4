"""A letter's proposal: entered at the desk, numbered by the job, decided, and read by everybody."""

from __future__ import annotations

import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from consultations.jobs import number_remarks
from consultations.models import Consultation, Remark
from core.domain import clock
from core.domain.calendar import local_date
from tests.journeys.worker import work
from tests.plugins.city import PHONE, City

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.with_all, pytest.mark.cpu(20)]

WORDS = "Прошу закривати майданчики о дев’ятій вечора."
REASON = "Тихі години встановлює закон: з 22:00."
CONTACT = "вул. Садова, 5"


def test_a_letter_gets_its_number_and_its_disposition(
    city: City, consultation: Consultation, ofi: User
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    pk = consultation.pk
    reader = city.window(None, reverse("consultations:dispositions", args=[pk]), viewport=PHONE)
    expect(reader.locator("main")).to_contain_text("Оприлюднених рішень ще немає")

    desk = city.window(ofi, reverse("desk:register", args=[pk]))
    desk.get_by_role("link", name="Внести пропозицію").click()
    desk.locator("[name=source][value=letter]").check()
    desk.fill("[name=received_on]", local_date(clock.now()).isoformat())
    desk.fill("[name=author_name]", "Марія Ткачук")
    desk.fill("[name=contact]", CONTACT)
    desk.select_option("[name=clause]", label="п. 2")
    desk.fill("[name=text]", WORDS)
    desk.get_by_role("button", name="Внести й оприлюднити").click()
    expect(desk.get_by_text("Внесено. Номер з’явиться протягом хвилини.")).to_be_visible()
    entered = desk.locator("tbody tr")
    expect(entered.locator("th")).to_have_text("–")
    number_remarks.defer(timestamp=0)
    work("default")
    desk.reload()
    expect(entered.locator("th")).to_have_text("№ 1")

    remark = Remark.objects.get()
    desk.goto(city.web.url + reverse("desk:table", args=[pk]))
    row = desk.locator(f"#row-{remark.pk}")
    expect(row).to_contain_text("Марія Ткачук")
    row.locator("summary").click()
    row.get_by_label("відхилено").check()
    row.locator("textarea").fill(REASON)
    row.get_by_role("button", name="Зберегти й погодити").click()
    expect(row.locator("[data-row-state]")).to_contain_text("Погоджено:")

    reader.reload()
    shown = reader.locator(f"#row-{remark.pk}")
    for words in ("№ 1", "Марія Ткачук", "п. 2", WORDS, REASON):
        expect(shown).to_contain_text(words)
    expect(shown).to_contain_text("відхилено", ignore_case=True)
    expect(reader.locator("body")).not_to_contain_text(CONTACT)
    assert reader.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert city.complaints == []
