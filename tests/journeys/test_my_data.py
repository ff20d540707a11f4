"""A resident takes everything about herself along, and goes; without a script."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect
from procrastinate.contrib.django import app

from accounts.data.files import all_files
from accounts.models import User
from consultations.models import Consultation
from consultations.remarks import actions
from tests.plugins.city import PHONE, City

pytestmark = pytest.mark.django_db(transaction=True)


def work() -> None:
    """Let a real worker do what waits: in a thread, for the browser's loop runs in this one."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(_work).result()


def _work() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words).click()


def test_she_downloads_and_erases_herself(
    city: City, olena: User, bohdan: User, consultation: Consultation
) -> None:
    actions.remark(consultation, by=olena, text="Після 21:00 сплять діти.")
    watching = city.window(bohdan, consultation.get_absolute_url())
    expect(watching.locator(".remarks")).to_contain_text(olena.public_name)

    home = city.window(olena, "/account/data/", java_script_enabled=False, viewport=PHONE)
    press(home, "Підготувати моє завантаження")
    expect(home.locator("main")).to_contain_text("готується")
    work()
    home.get_by_role("link", name="Перевірити, чи готово").click()
    with home.expect_download() as started:
        home.get_by_role("link", name="Завантажити (ZIP").click()
    with ZipFile(BytesIO(Path(started.value.path()).read_bytes())) as archive:
        for name in archive.namelist():
            assert "Після 21:00 сплять діти." in archive.read(name).decode()

    home.get_by_role("link", name="Видалити мій обліковий запис").click()
    expect(home.locator("main")).to_contain_text("Зауваження та відповіді")
    press(home, "Видалити обліковий запис назавжди")
    expect(home.locator("[data-error-summary]")).to_be_visible()
    home.get_by_label("Напишіть слово «видалити»").fill("видалити")
    press(home, "Видалити обліковий запис назавжди")
    expect(home.locator("h1")).to_contain_text("Обліковий запис видалено")

    expect(watching.locator(".remarks")).to_contain_text("видалений користувач")
    expect(watching.locator(".remarks")).not_to_contain_text(olena.public_name)
    expect(watching.locator(".remarks")).to_contain_text("Після 21:00 сплять діти.")
    home.goto(city.web.url + "/account/data/")
    expect(home).to_have_url(f"{city.web.url}/account/login/?next=/account/data/")
    assert list(all_files()) == []
    assert User.objects.get(pk=olena.pk).given_name == ""
