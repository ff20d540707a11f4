"""A secretary makes two keys in the browser, tries the saved files, announces a secret poll; a
resident votes; after the close the second file opens the ballots, and the result is published."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from city.models import Department
from tests.plugins.city import City
from tests.votes import factories
from votes.models import Keeper, Poll, ReceiptCode, SecretVoterRecord, State

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.with_all, pytest.mark.cpu(20)]


def make_key(desk: Page, name: str, folder: Path) -> Path:
    desk.get_by_label("Чий це файл").fill(name)
    with desk.expect_download() as saved:
        desk.get_by_role("button", name="Створити ключ").click()
    file = folder / saved.value.suggested_filename
    saved.value.save_as(file)
    desk.get_by_role("button", name="Файл збережено").click()
    expect(desk.get_by_text("Відкриту половину збережено")).to_be_visible()
    return file


def test_from_the_keys_to_the_result(
    city: City, ofi: User, bohdan: User, department: Department, tmp_path: Path
) -> None:
    poll = factories.poll(
        ofi, department, State.DRAFT, secrecy=Poll.Secrecy.SECRET, keeping=Poll.Keeping.PEOPLE
    )
    desk = city.window(ofi, f"/desk/polls/{poll.pk}/keepers/")
    sent: list[str] = []
    desk.on("request", lambda request: sent.append(request.post_data or ""))
    files = []
    for place, name in enumerate(("Секретарка", "Сейф"), 1):
        files.append(make_key(desk, name, tmp_path))
        part = desk.locator(f"#keeper-{place}")
        part.get_by_label("Перевірити збережений файл").set_input_files(files[-1])
        expect(desk.get_by_text("Збережений файл розпечатує")).to_be_visible()
    told = [json.loads(file.read_text()) for file in files]
    assert not any(each["private"] in body for each in told for body in sent)
    prints = [keeper.fingerprint for keeper in Keeper.objects.filter(poll=poll)]
    desk.get_by_role("link", name="Назад до голосування").click()
    desk.get_by_role("button", name="Оголосити голосування").click()
    expect(desk.get_by_text("Голосування оголошено")).to_be_visible()

    page = city.window(bohdan, f"/polls/{poll.pk}/")
    for fingerprint in prints:
        expect(page.locator("#keepers")).to_contain_text(fingerprint)
    page.get_by_role("link", name="Проголосувати", exact=True).click()
    page.get_by_role("radio", name="Сквер").check()
    page.get_by_role("button", name="Перевірити бюлетень").click()
    page.get_by_role("button", name="Віддати голос").click()
    code = "".join(page.locator(".receipt-code").inner_text().split())
    assert SecretVoterRecord.objects.get(used=True).box

    factories.end(Poll.objects.get(pk=poll.pk))
    desk.goto(f"{city.web.url}/desk/polls/{poll.pk}/")
    desk.get_by_role("link", name="Розпечатати бюлетені").click()
    desk.get_by_label("Файл хранителя ключа").set_input_files(files[1])
    desk.get_by_label("На відкритій сторінці голосування стоїть").check()
    desk.get_by_role("button", name="Розпечатати бюлетені").click()
    expect(desk.get_by_text("Бюлетені розпечатано")).to_be_visible()
    assert ReceiptCode.objects.get().code.hex == code
    desk.get_by_role("button", name="Порахувати й оприлюднити").click()
    expect(desk.locator("#proof")).to_contain_text("1")
    assert not city.complaints
