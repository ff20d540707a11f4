"""An appeal at the desk: ofi registers it and gives it to a department, whose head extends its term
and whose officer answers; another one is forwarded to who is competent."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from appeals.models import Appeal, State
from city.models import Department
from core.domain import clock
from tests import factories as people
from tests.appeals import factories
from tests.plugins.city import PHONE, City

pytestmark = pytest.mark.django_db(transaction=True)

ANSWER = "Лавку на зупинці встановлено 20 листопада."


@pytest.fixture
def office(transactional_db: None, ofi: User, department: Department) -> Department:
    """ofi's own department registers appeals."""
    Department.objects.filter(pk=department.pk).update(registers_appeals=True)
    return department


def _register(page: Page, **fields: str) -> Appeal:
    page.locator("[name=via][value=letter]").check()
    page.locator("[name=kind][value=application]").check()
    for name, words in fields.items():
        page.fill(f"[name={name}]", words)
    page.get_by_role("button", name="Зареєструвати").click()
    expect(page.locator("#receipt")).to_be_visible()
    return Appeal.objects.latest("pk")


@pytest.mark.cpu(30)  # four windows; at night it is the first to open the whole Chromium
def test_ofi_registers_gives_it_on_and_it_is_answered(
    city: City, office: Department, ofi: User
) -> None:
    roads = people.department("Управління доріг", slug="roads")
    boss = factories.head(roads)
    worker = people.user("worker", "Оксана", "Шляхова", role="officer", department=roads)

    # What came by letter gets its number; the receipt says it.
    page = city.window(ofi, reverse("appeals_desk:list"))
    page.get_by_role("link", name="Зареєструвати письмове чи усне").click()
    appeal = _register(
        page,
        name="Гнатюк Марія Іванівна",
        residence="вул. Тиха, 3",
        subject="Зупинка без лавки",
        text="Прошу поставити лавку на зупинці.",
    )
    expect(page.locator(".receipt")).to_contain_text(appeal.label)

    # It is accepted, for the department of roads.
    page.get_by_role("link", name="До звернення").click()
    page.get_by_role("link", name="Прийняти до розгляду").click()
    page.select_option("[name=executor]", str(roads.pk))
    page.get_by_role("button", name="Прийняти").click()
    expect(page.locator("main")).to_contain_text("Управління доріг")

    # Its head asks the head of the body, who extends its term with a reason, on a phone.
    there = reverse("appeals_desk:detail", args=[appeal.pk])
    mayor = factories.mayor()
    chief = city.window(boss, there, viewport=PHONE)
    chief.get_by_role("link", name="Передати на рішення керівника органу").click()
    chief.fill("[name=words]", "Продовжити строк: потрібна експертиза.")
    chief.get_by_role("button", name="Передати керівникові органу").click()
    expect(chief.locator("main")).to_contain_text("Тепер звернення бачать керівник органу")
    hall = city.window(mayor, there, viewport=PHONE)
    hall.get_by_role("link", name="Продовжити строк").click()
    hall.fill("[name=reason]", "Потрібна експертиза.")
    hall.get_by_role("button", name="Продовжити й повідомити заявника").click()
    expect(hall.locator("main")).to_contain_text("Потрібна експертиза.")
    hall.close()

    # An officer drafts the answer, the head approves it, the officer sends it by letter.
    hers = city.window(worker, reverse("appeals_desk:detail", args=[appeal.pk]))
    hers.get_by_role("link", name="Написати відповідь").click()
    hers.fill("[name=text]", ANSWER)
    hers.locator("[name=result][value=satisfied]").check()
    hers.get_by_role("button", name="Зберегти проєкт").click()
    expect(hers.locator("main")).to_contain_text(ANSWER)
    chief.goto(chief.url)
    chief.get_by_role("link", name="Погодити відповідь").click()
    expect(chief.locator("main")).to_contain_text(ANSWER)
    chief.get_by_role("button", name="Погодити").click()
    expect(chief.get_by_role("link", name="Надіслати відповідь")).to_be_visible()
    hers.goto(hers.url)
    hers.get_by_role("link", name="Надіслати відповідь").click()
    hers.locator("[name=how][value=letter]").check()
    hers.get_by_role("button", name="Надіслати відповідь").click()
    expect(hers.locator("main")).to_contain_text(ANSWER)
    appeal.refresh_from_db()
    assert appeal.state_at(clock.now()) == State.ANSWERED
    assert appeal.term == "extended"


def test_ofi_forwards_what_is_another_bodys(city: City, office: Department, ofi: User) -> None:
    appeal = factories.appeal()
    page = city.window(ofi, reverse("appeals_desk:detail", args=[appeal.pk]))
    page.get_by_role("link", name="Переслати за належністю").click()
    page.get_by_role("button", name="Переслати й повідомити заявника").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()
    page.fill("[name=to]", "Рудногірська районна рада")
    page.get_by_role("button", name="Переслати й повідомити заявника").click()
    expect(page.locator("main")).to_contain_text("Рудногірська районна рада")
    appeal.refresh_from_db()
    assert appeal.state_at(clock.now()) == State.FORWARDED
