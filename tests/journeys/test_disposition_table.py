"""The table of dispositions: filled by keyboard, by two officers, and without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from consultations.dispositions.actions_texts import add_text
from consultations.dispositions.models import Disposition
from consultations.models import Consultation, Remark
from consultations.remarks import actions
from tests.plugins.city import City

pytestmark = pytest.mark.django_db(transaction=True)

SAVED = "Збережено"


@pytest.fixture
def said(consultation: Consultation, olena, bohdan) -> list[Remark]:
    people = (olena, bohdan, olena)
    return [
        actions.remark(consultation, by=by, text=f"Слово {number}")
        for number, by in enumerate(people)
    ]


def path(consultation: Consultation) -> str:
    return f"/desk/consultations/{consultation.pk}/table/"


def row_of(page: Page, remark: Remark) -> Locator:
    return page.locator(f"#row-{remark.pk}")


def stored(remark: Remark) -> tuple[str, str, bool]:
    found = Disposition.objects.get(pk=remark.pk)
    return found.kind, found.reason, found.approved_at is not None


def test_by_keyboard_alone(city: City, consultation: Consultation, said: list[Remark], ofi, olena):
    add_text(consultation.department, by=ofi, use="reason", title="Тиша", text="Тиша з 22:00.")
    page = city.window(ofi, path(consultation))
    # Who reads the remark meanwhile sees what becomes of it.
    reader = city.window(None, said[1].get_absolute_url())
    first, second, third = (row_of(page, remark) for remark in said)
    page.keyboard.press("j")
    expect(first).to_be_focused()
    page.keyboard.press("1")
    expect(first.locator("[data-row-said]")).to_have_text(SAVED)
    assert stored(said[0]) == ("accepted", "", False)

    expect(first.locator("[data-row-brief]")).to_have_text("враховано")
    page.keyboard.press("j")
    expect(second).to_be_focused()
    expect(second.locator("textarea")).not_to_be_visible()
    page.keyboard.press("o")
    expect(second.locator("textarea")).to_be_visible()
    page.keyboard.press("o")
    expect(second.locator("textarea")).not_to_be_visible()
    page.keyboard.press("3")
    page.keyboard.press("r")
    page.keyboard.type("1, 2, 3 – тихо після 22:00")
    page.keyboard.press("Escape")
    expect(second).to_be_focused()
    expect(second.locator("[data-row-state]")).to_contain_text("ще не погоджено")
    page.keyboard.press("a")
    expect(second.locator("[data-row-state]")).to_contain_text("Погоджено:")
    assert stored(said[1]) == ("rejected", "1, 2, 3 – тихо після 22:00", True)
    expect(reader.locator(".disposition")).to_contain_text("тихо після 22:00")

    # A saved reason goes behind what stands there.
    page.keyboard.press("j")
    page.keyboard.press("2")
    page.keyboard.press("s")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(third.locator("textarea")).to_have_value("Тиша з 22:00.")
    # What is not whole is not approved: the row says so, and keeps what was typed.
    page.keyboard.press("k")
    page.keyboard.press("k")
    expect(first).to_be_focused()
    page.keyboard.press("0")
    page.keyboard.press("a")
    expect(first.locator("[data-error-summary]")).to_be_focused()
    assert city.complaints == []


def test_ten_keys_in_a_row_lose_none(
    city: City, consultation: Consultation, said: list[Remark], ofi
):
    page = city.window(ofi, path(consultation))
    for key in "j1aj2j4k3x":  # nobody waits for an answer between them
        page.keyboard.press(key)
    expect(row_of(page, said[0]).locator("[data-row-brief]")).to_have_text("враховано")
    expect(row_of(page, said[1]).locator("[data-row-brief]")).to_have_text("відхилено")
    expect(row_of(page, said[2]).locator("[data-row-brief]")).to_have_text("взято до відома")
    expect(row_of(page, said[0]).locator("[data-row-state]")).to_contain_text("погоджено")
    assert [stored(each) for each in said] == [
        ("accepted", "", True),
        ("rejected", "", False),
        ("noted", "", False),
    ]
    expect(row_of(page, said[1]).locator("input[form=bulk]")).to_be_checked()


def test_of_two_officers_neither_loses_a_word(
    city: City, consultation: Consultation, said: list[Remark], ofi, admin
):
    windows = [city.window(person, path(consultation)) for person in (ofi, admin)]
    first, second = (row_of(page, said[0]) for page in windows)
    for row in (first, second):
        row.locator("summary").click()
    first.get_by_label("відхилено").check()
    expect(first.locator("[data-row-said]")).to_have_text(SAVED)
    first.locator("textarea").fill("Слова першого")
    with windows[0].expect_response("**/table/**"):
        first.locator("textarea").blur()
    expect(first.locator("[data-row-said]")).to_have_text(SAVED)
    # The words leave the field as the kind is chosen, while the save of the words is under way.
    second.locator("textarea").fill("Слова другого")
    second.get_by_label("відхилено").check()
    expect(second.get_by_role("alert")).to_contain_text(ofi.get_full_name())
    expect(second.locator("textarea")).to_have_value("Слова другого")
    expect(second.get_by_label("відхилено")).to_be_checked()
    expect(second.locator(".newer__words")).to_contain_text("Слова першого")
    assert stored(said[0])[1] == "Слова першого"
    second.locator("textarea").fill("Слова першого і другого")
    second.locator("textarea").blur()
    expect(second.locator("[data-row-said]")).to_have_text(SAVED)
    expect(second.get_by_role("alert")).to_have_count(0)
    assert stored(said[0])[1] == "Слова першого і другого"


def test_without_a_script(city: City, consultation: Consultation, said: list[Remark], ofi):
    page = city.window(ofi, path(consultation), java_script_enabled=False)
    row = row_of(page, said[1])
    expect(row.locator("textarea")).not_to_be_visible()
    row.locator("summary").click()
    row.get_by_label("відхилено").check()
    row.locator("textarea").fill("Тиша")
    row.get_by_role("button", name="Зберегти й погодити").click()
    assert stored(said[1]) == ("rejected", "Тиша", True)
    for remark in (said[0], said[2]):
        row_of(page, remark).locator("input[name=remark]").check()
    page.locator("[data-many] > summary").click()
    page.get_by_role("button", name="Вирішити однаково").click()
    page.get_by_label("враховано", exact=True).check()
    page.get_by_role("button", name="Заповнити ці рядки").click()
    expect(page.get_by_text("Заповнено 2 рядки.")).to_be_visible()
    assert [stored(remark)[0] for remark in said] == ["accepted", "rejected", "accepted"]
