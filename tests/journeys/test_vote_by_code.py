"""A neighbour without e-mail votes by the code of a letter, on a phone without a script: from the
list that the office pastes to her receipt among the published codes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from accounts.models import User
from city.models import Department
from tests.plugins.city import PHONE, City
from tests.votes import factories
from votes.ballots import codes
from votes.electorate import printing
from votes.life import actions
from votes.models import Poll, State

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_list_to_the_receipt(city: City, ofi: User, department: Department) -> None:
    poll = factories.poll(
        ofi, department, State.DRAFT, people=[], secrecy=Poll.Secrecy.SECRET, random_order=True
    )
    desk = city.window(ofi, f"/desk/polls/{poll.pk}/list/")
    desk.get_by_label("Люди, по одній людині в рядку").fill("Богдан Лис\nСоня; sonya@\nСоня Гай;")
    desk.get_by_role("button", name="Перевірити список").click()
    expect(desk.get_by_role("region", name="Рядки, яких не прийнято")).to_contain_text("sonya@")
    desk.get_by_role("button", name="Внести цих людей до списку").click()
    expect(desk.locator("main")).to_contain_text("2 людини")
    poll = actions.schedule(poll, by=ofi)
    desk.reload()
    with desk.expect_download() as printed:
        desk.get_by_role("button", name="Надрукувати для тих, хто без електронної пошти").click()
    assert printed.value.suggested_filename == f"kody-{poll.pk}.pdf"

    # Her letter is lost: she gets another one.
    line = poll.invitations.get(name="Богдан Лис")
    ((_line, code),) = printing.give_codes(poll, by=ofi, again=line)
    page = city.window(path=f"/polls/{poll.pk}/", viewport=PHONE, java_script_enabled=False)
    page.get_by_role("link", name="Голосувати за кодом із листа").click()
    page.get_by_label("Код із листа").fill(code.replace("-", ""))
    page.get_by_role("button", name="До бюлетеня").click()
    page.get_by_role("radio", name="Сквер").check()
    page.get_by_role("button", name="Перевірити бюлетень").click()
    expect(page.locator("dl")).to_contain_text("Сквер")
    page.get_by_role("button", name="Віддати голос").click()
    receipt = "".join(page.locator(".receipt-code").inner_text().split())
    assert code.replace("-", "") not in page.url
    assert factories.in_boxes(poll)[0].code.hex == receipt

    # The code is used up.
    page.goto(f"{city.web.url}/polls/{poll.pk}/code/")
    page.get_by_label("Код із листа").fill(code)
    page.get_by_role("button", name="До бюлетеня").click()
    expect(page.locator("main")).to_contain_text("вже проголосовано")
    poll.refresh_from_db()
    factories.close(poll)
    actions.publish(poll, by=ofi)
    assert f"{receipt}\n".encode() in list(codes.lines(poll))
