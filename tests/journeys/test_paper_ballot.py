"""A ballot on paper: one officer types the sheet, another one types it again; it counts, and the
results say that it came on paper. What the second types otherwise is refused with a sentence."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from city.models import Department
from tests import factories as house
from tests.plugins.city import PHONE, City
from tests.votes import factories
from votes.models import Poll

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def poll(ofi: User, department: Department) -> Poll:
    return factories.poll(ofi, department, questions=[factories.SINGLE, factories.RANKED])


@pytest.fixture
def colleague(department: Department) -> User:
    return house.user("colleague", "Ганна", "Друга", role="officer", department=department)


def fill(page: Page, option: str, order: list[str]) -> None:
    """What stands on the sheet: one option, and all in order."""
    page.get_by_role("radio", name=option).check()
    ranked = page.get_by_role("group", name="У якому порядку?")
    for place, name in enumerate(order, 1):
        ranked.get_by_label(name, exact=True).select_option(str(place))


def test_a_sheet_counts_when_two_have_typed_the_same(
    city: City, ofi: User, colleague: User, poll: Poll
) -> None:
    sheets = f"/desk/polls/{poll.pk}/sheets/"
    order = ["Сквер", "Парк", "Стадіон"]

    first = city.window(ofi, sheets)
    first.get_by_label("Номер аркуша").fill("А-17")
    fill(first, "Сквер", order)
    first.get_by_role("button", name="Внести аркуш").click()
    expect(first.locator("main")).to_contain_text("№ А17")
    expect(first.locator("main")).to_contain_text("чекає на колегу")
    expect(first.get_by_role("link", name="А17")).to_have_count(0)  # not by the same person

    # The second does not see what the first typed; what differs is refused, and nothing is lost.
    second = city.window(colleague, sheets, viewport=PHONE)
    second.get_by_role("link", name="А17").click()
    expect(second.locator("input:checked")).to_have_count(0)
    fill(second, "Парк", order)
    second.get_by_role("button", name="Порівняти").click()
    expect(second.locator("[data-error-summary]")).to_contain_text("Це не те, що вже введено")
    expect(second.get_by_role("radio", name="Парк")).to_be_checked()

    # She looks at the sheet again.
    fill(second, "Сквер", order)
    second.get_by_role("button", name="Порівняти").click()
    second.wait_for_url(f"**{sheets}")
    expect(second.locator("main")).to_contain_text("Аркуші, що враховано: 1")

    factories.close(poll)
    first.goto(f"{city.web.url}/desk/polls/{poll.pk}/")
    first.get_by_role("button", name="Порахувати").click()
    first.wait_for_url(f"**/polls/{poll.pk}/results/")
    expect(first.locator("main")).to_contain_text("на папері")
    poll.refresh_from_db()
    assert poll.result.counted["paper"] == poll.result.counted["ballots"] == 1
    won = poll.result.counted["questions"][0]["winners"]
    assert won == [poll.questions.first().options.get(text="Сквер").pk]
