"""From a declared address to a checked one, and into the account without an e-mail: no script."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Residence, User
from city.models import District
from tests.accounts.residence.conftest import codes_in
from tests.plugins.city import PHONE, City

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def north(transactional_db: None) -> District:
    return District.objects.create(name="Північний", slug="north")


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words).click()


def file_of(page: Page, words: str) -> bytes:
    """What the button gives to be printed."""
    with page.expect_download() as started:
        press(page, words)
    return Path(started.value.path()).read_bytes()


def test_by_a_letter(city: City, olena: User, ofi: User, north: District) -> None:
    home = city.window(olena, "/account/residence/", java_script_enabled=False, viewport=PHONE)
    home.get_by_role("link", name="Указати, де я живу").click()
    home.get_by_label("Район").select_option("Північний")
    home.get_by_label("Адреса").fill("вул. Рудна, 4, кв. 2\n50000, м. Рудногірськ")
    press(home, "Зберегти")
    home.get_by_role("link", name="Листом").click()
    press(home, "Надішліть мені лист")
    expect(home.locator("main")).to_contain_text("Ви замовили лист")

    office = city.window(ofi, "/desk/people/letters/", java_script_enabled=False)
    (code,) = codes_in(file_of(office, "Роздрукувати (PDF)"))

    home.goto(city.web.url + "/account/residence/")
    slipped = code[:-1] + str((int(code[-1]) + 1) % 10)
    home.get_by_label("Код із листа").fill(slipped)
    press(home, "Підтвердити")
    expect(home.locator("[data-error-summary]")).to_contain_text("звірте ще раз")
    expect(home.get_by_label("Код із листа")).to_have_value(slipped)
    home.get_by_label("Код із листа").fill(code.replace("-", " ").replace("0", "О"))
    press(home, "Підтвердити")
    expect(home.locator("main")).to_contain_text("місце проживання підтверджено")
    assert Residence.objects.checked().get(user=olena).address == ""


def test_without_an_e_mail(city: City, ofi: User, north: District) -> None:
    office = city.window(ofi, "/desk/people/new/", java_script_enabled=False)
    office.get_by_label("Ім’я", exact=True).fill("Марія")
    office.get_by_label("Прізвище").fill("Яценко")
    office.get_by_label("Телефон").fill("067 123 45 67")
    office.get_by_label("Район").select_option("Північний")
    office.get_by_label("Людина підписала").check()
    press(office, "Зареєструвати")
    office.get_by_role("link", name="Роздрукувати аркуш").click()
    first, second, *_rest = codes_in(file_of(office, "Створити аркуш (PDF)"))
    maria = User.objects.get(phone="+380671234567")

    library = city.window(None, "/account/login/", java_script_enabled=False, viewport=PHONE)
    library.get_by_role("link", name="аркуш із кодами").click()
    library.get_by_label("Номер облікового запису").fill(str(maria.paper_account))
    library.get_by_label("Наступний код").fill(second)
    press(library, "Увійти")
    expect(library.locator("h1")).to_have_text("Моя сторінка")
    library.goto(city.web.url + "/account/residence/")
    expect(library.locator("main")).to_contain_text("Північний")

    another = city.window(None, "/account/paper/", java_script_enabled=False)
    another.get_by_label("Номер облікового запису").fill(str(maria.paper_account))
    another.get_by_label("Наступний код").fill(first)  # spent by the one after it
    press(another, "Увійти")
    expect(another.locator("[data-error-summary]")).to_be_visible()
