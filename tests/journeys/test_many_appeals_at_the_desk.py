"""A hundred and fifty appeals are accepted and given to one officer in at most ten presses."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from appeals.models import Appeal
from city.models import Department
from tests import factories as people
from tests.appeals import factories
from tests.journeys.presses import Presses
from tests.plugins.city import City

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 150


def _wait(number: int, author: User) -> None:
    first = factories.appeal(author)
    copies = []
    for other in range(2, number + 1):
        copy = Appeal.objects.get(pk=first.pk)
        copy.pk, copy.number = None, other + 1000
        copies.append(copy)
    Appeal.objects.bulk_create(copies)


@pytest.mark.cpu(30)
def test_a_hundred_and_fifty_in_ten_presses(
    city: City, transactional_db: None, ofi: User, olena: User, department: Department
) -> None:
    Department.objects.filter(pk=department.pk).update(registers_appeals=True)
    roads = people.department("Управління доріг", slug="roads")
    worker = people.user("worker", "Оксана", "Шляхова", role="officer", department=roads)
    _wait(MANY, olena)

    page = city.window(ofi, reverse("appeals_desk:list"))
    hand = Presses(page)
    hand.press("link", f"Прийняти {MANY}")
    hand.press("link", "Прийняти й передати багато")
    hand.press("link", "Позначити всі 100 показаних")
    expect(page.locator("main")).to_contain_text("Після цих чекають ще 50")
    hand.choose("[name=executor]", f"{roads.pk}:{worker.pk}")
    hand.press("button", "Прийняти й передати позначені")
    # What was left over stands there for the same officer, ticked.
    expect(page.locator("[name=appeals]:checked")).to_have_count(MANY - 100)
    hand.press("button", "Прийняти й передати позначені")
    expect(page).to_have_url(city.web.url + reverse("appeals_desk:list") + "?list=register")

    assert hand.number <= 10
    given = Appeal.objects.filter(department=roads, officer=worker, accepted_at__isnull=False)
    assert given.count() == MANY
