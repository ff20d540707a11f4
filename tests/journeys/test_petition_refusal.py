"""Mo goes through the petitions of the morning by keyboard: one refused, one published; and the
author of the refused one reads why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from city.models import Department
from core.domain import clock
from core.domain.calendar import local_date
from petitions.models import Ground, Petition, State
from tests.petitions import factories
from tests.plugins.city import PHONE, City

pytestmark = pytest.mark.django_db(transaction=True)

QUEUE = "/desk/petitions/"
NOTE = "Дороги державного значення утримує держава: напишіть до Служби відновлення."


@pytest.fixture
def ground(transactional_db: None) -> Ground:
    return factories.ground()


@pytest.fixture
def two(olena: User, bohdan: User, ground: Ground) -> tuple[Petition, Petition]:
    """Olena's is overdue, bohdan's has another day."""
    today = local_date(clock.now())
    return (
        factories.petition(
            olena,
            State.MODERATION,
            title="Відремонтувати трасу на Дніпро",
            publish_due_on=today - timedelta(days=1),
        ),
        factories.petition(
            bohdan,
            State.MODERATION,
            title="Лавки в парку Гірників",
            publish_due_on=today + timedelta(days=1),
        ),
    )


def read_why(city: City, olena: User, refused: Petition, ground: Ground) -> Page:
    """Her own page of it says on which ground, by which words of which act, and the note."""
    page = city.window(olena, reverse("petitions:own", args=[refused.pk]), viewport=PHONE)
    for words in (ground.name, ground.quote, ground.article, NOTE):
        expect(page.locator("main")).to_contain_text(words)
    return page


def test_mo_refuses_one_and_publishes_the_next_by_keyboard(
    city: City,
    mo: User,
    olena: User,
    two: tuple[Petition, Petition],
    ground: Ground,
    department: Department,
) -> None:
    hers, his = two
    page = city.window(mo, QUEUE)
    rows = page.locator("[data-queue-item]")
    expect(rows.first).to_contain_text(hers.title)  # what is late stands first, and says so
    expect(rows.first).to_contain_text("прострочено на 1 день")
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_url(f"**{QUEUE}{hers.pk}/")

    # The words of the act stand beside each ground.
    page.keyboard.press("j")
    page.keyboard.press("h")
    radio = page.get_by_role("radio", name=ground.name)
    expect(radio).to_have_accessible_description(f"{ground.article}: «{ground.quote}»")
    radio.check()
    page.fill("details[data-hide] [name=note]", "h j a k")  # single keys are letters in a field
    page.fill("details[data-hide] [name=note]", NOTE)
    page.locator("details[data-hide] form button").press("Enter")

    # On to the next one, which is published.
    page.wait_for_url(f"**{QUEUE}{his.pk}/**")
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator("[name=department]")).to_be_focused()
    page.locator("[name=department]").select_option(str(department.pk))
    page.locator("details[data-approve] form button").press("Enter")
    page.wait_for_url(f"**{QUEUE}")
    expect(page.locator("main")).to_contain_text("Черга порожня")
    hers.refresh_from_db()
    his.refresh_from_db()
    assert (hers.refused_on, hers.refused_note) == (ground, NOTE)
    assert his.published_at and his.department == department
    read_why(city, olena, hers, ground)


def test_without_a_script(
    city: City, mo: User, olena: User, two: tuple[Petition, Petition], ground: Ground
) -> None:
    hers, _his = two
    page = city.window(mo, f"{QUEUE}{hers.pk}/", java_script_enabled=False)
    page.locator("details[data-hide] summary").click()
    page.fill("details[data-hide] [name=note]", NOTE)
    page.locator("details[data-hide] form button").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()  # no ground
    expect(page.locator("details[data-hide] [name=note]")).to_have_value(NOTE)
    page.get_by_role("radio", name=ground.name).check()
    page.locator("details[data-hide] form button").click()
    expect(page.locator(".notice--success")).to_be_visible()
    read_why(city, olena, hers, ground)
