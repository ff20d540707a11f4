"""Somebody without an account complains with a photograph from a phone, and follows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from appeals.models import Appeal
from tests.appeals import factories
from tests.appeals.filing.conftest import photo
from tests.plugins.city import PHONE, City

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "Третій тиждень у дворі не світить ліхтар, а діти повертаються додому затемна."
#: A phone's screens that the form takes at most.
MOST_SCREENS = 6


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_number_and_code_open_it_and_nothing_else_does(
    transactional_db, city: City, tmp_path: Path, script: bool
):
    factories.office()
    picture = tmp_path / "двір.jpg"
    picture.write_bytes(photo().read())
    page = city.window(None, "/appeals/", viewport=PHONE, java_script_enabled=script)
    page.get_by_role("link", name="Подати звернення або запит").click()
    expect(page.get_by_label("Що ви хочете сказати?")).to_be_visible()
    height = page.evaluate("document.documentElement.scrollHeight") if script else 0
    assert height <= MOST_SCREENS * PHONE["height"]

    # Something is missing: it is said, and what was typed stays.
    page.get_by_role("radio", name="Скарга").check()
    page.get_by_label("Що ви хочете сказати?").fill(WORDS)
    page.get_by_label("Прізвище, ім’я, по батькові").fill("Гончар Марія Іванівна")
    page.get_by_label("Де ви живете").fill("вул. Шахтарська, 5, кв. 41")
    page.get_by_role("button", name="Надіслати до ради").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()
    expect(page.get_by_label("Що ви хочете сказати?")).to_have_value(WORDS)
    assert not Appeal.objects.exists()

    page.get_by_label("Електронна адреса").fill("maria@example.org")
    page.locator("[name=attachments]").set_input_files(picture)
    page.get_by_role("button", name="Надіслати до ради").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Зареєстровано")
    appeal = Appeal.objects.get()
    number = page.locator("#appeal-number").inner_text()
    code = page.locator("#appeal-secret").inner_text()
    assert number == appeal.label

    # Somebody else with the number alone sees nothing.
    stranger = city.window(None, f"/appeals/{appeal.pk}/", viewport=PHONE)
    expect(stranger.locator("main")).not_to_contain_text("ліхтар")
    stranger.goto(f"{city.web.url}/appeals/find/")
    stranger.get_by_label("Номер").fill(number)
    stranger.get_by_label("Код доступу").fill("0" * 26)
    stranger.get_by_role("button", name="Відкрити").click()
    expect(stranger.locator("main")).to_contain_text("Немає звернення")

    # On another device, by the link of the QR code, or typed without a script.
    other = city.window(None, "/appeals/find/", viewport=PHONE, java_script_enabled=script)
    if script:
        other.goto(f"{city.web.url}/appeals/find/#{number}/{code}")
    else:
        other.get_by_label("Номер").fill(number)
        other.get_by_label("Код доступу").fill(code.lower().replace("-", " "))
        other.get_by_role("button", name="Відкрити").click()
    other.wait_for_url(re.compile(rf"/appeals/{appeal.pk}/$"))
    expect(other.locator("main")).to_contain_text(WORDS)
    expect(other.get_by_role("link", name="двір.jpg")).to_be_visible()
    other.get_by_role("button", name="Закрити на цьому пристрої").click()
    other.wait_for_url("**/appeals/")
    other.goto(f"{city.web.url}/appeals/{appeal.pk}/")
    expect(other.locator("main")).not_to_contain_text("ліхтар")
