"""An officer repairs an imported text: a page's menu is ticked by Shift and removed, the list of
contents that was set aside is left out or put back by one press, and both can be undone."""

from __future__ import annotations

import io
from typing import Any

import pytest
from playwright.sync_api import expect

from consultations.models import State
from consultations.text import actions
from tests import factories
from tests.drafts.files import STATUTE
from tests.plugins.city import City

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.cpu(12)]

MENU = "\n".join(f"Сторінка меню {n}" for n in range(1, 25))


def test_a_menu_by_shift_and_the_contents_by_one_press(city: City, department: Any, ofi: Any):
    text = f"{MENU}\n{STATUTE.format(' ')}"
    made = factories.consultation(department, State.PREPARING, text=None)
    actions.import_text(made, by=ofi, file=io.BytesIO(text.encode()), name="n.txt")
    page = city.window(ofi, f"/desk/consultations/{made.pk}/text/")
    boxes = page.locator(".tree__choice")
    boxes.nth(0).click()
    boxes.nth(23).click(modifiers=["Shift"])
    expect(page.locator(".tree__choice:checked")).to_have_count(24)
    expect(page.locator("[data-tick-count]")).to_have_text("Позначено: 24")
    page.get_by_role("button", name="Вилучити з тексту").click()
    expect(page.get_by_text("Сторінка меню 3", exact=True)).to_have_count(0)
    expect(boxes.first).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 760})
    assert page.evaluate("document.documentElement.scrollWidth") == 360

    rows = boxes.count()
    page.get_by_role("button", name="Залишити поза текстом").click()
    expect(page.get_by_role("button", name="Залишити поза текстом")).to_have_count(0)
    page.get_by_text("Що відклав імпорт", exact=True).click()
    page.get_by_role("button", name="Повернути в текст").click()
    expect(boxes).to_have_count(rows + 6)
    for _ in range(2):
        page.get_by_role("button", name="Скасувати цю зміну").click()
    expect(boxes).to_have_count(24 + rows)
