"""A secret ballot is cast on a phone, and its receipt checked there: by touch alone."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Page, Request, expect

from tests.plugins.city import PHONE, City
from tests.votes import factories
from votes.ballots import codes
from votes.life import actions
from votes.models import Poll

pytestmark = pytest.mark.django_db(transaction=True)

TOUCH = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
CLIPBOARD = ["clipboard-read", "clipboard-write"]


def sent_by(page: Page) -> list[str]:
    """All that the page sends from now on."""
    sent: list[str] = []

    def note(request: Request) -> None:
        sent.append(f"{request.url} {request.headers} {request.post_data or ''}")

    page.on("request", note)
    return sent


def expect_answer(page: Page, words: str) -> None:
    page.get_by_role("button", name="Перевірити код").tap()
    answer = page.locator("#check-result")
    expect(answer).to_contain_text(words)
    expect(answer).to_be_in_viewport()


def test_a_receipt_is_checked_by_touch_alone(city: City, ofi, bohdan, department, tmp_path: Path):
    poll = factories.poll(ofi, department, secrecy=Poll.Secrecy.SECRET)
    page = city.window(bohdan, poll.get_absolute_url(), permissions=CLIPBOARD, **TOUCH)
    page.get_by_role("link", name="Проголосувати").tap()
    page.get_by_role("radio", name="Сквер").tap()
    page.get_by_role("button", name="Перевірити бюлетень").tap()
    page.get_by_role("button", name="Віддати голос").tap()

    # The code: by four, of a size to be read, within the screen, drawn, copied at a touch.
    shown = page.locator(".receipt-code")
    expect(shown.locator("span")).to_have_count(8)
    assert shown.evaluate("code => parseFloat(getComputedStyle(code).fontSize)") >= 22
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.locator("svg.qr")).to_be_visible()
    expect(page.get_by_role("button", name="Надрукувати")).to_be_visible()
    page.get_by_role("button", name="Скопіювати код").tap()
    expect(page.get_by_text("Скопійовано")).to_be_visible()
    code = "".join(shown.inner_text().split())
    assert factories.in_boxes(poll)[0].code.hex == code
    sent = sent_by(page)

    # Before the results the address says from when on.
    page.get_by_role("link", name="/check/").tap()
    expect(page.locator("main")).to_contain_text("щойно оприлюднять результати")
    factories.close(poll)
    actions.publish(poll, by=ofi)

    page.goto(f"{city.web.url}{poll.get_absolute_url()}results/")
    page.get_by_role("link", name="чи враховано мій бюлетень").tap()
    page.get_by_role("button", name="Вставити скопійований код").tap()
    expect(page.locator("#code")).to_have_value(
        " ".join(code[at : at + 4] for at in range(0, 32, 4))
    )
    expect_answer(page, "ваш бюлетень враховано")
    assert len([each for each in sent if "codes.txt" in each]) == 1

    page.locator("#code").fill(code[:-1])
    expect_answer(page, "тут їх 31")
    page.locator("#code").fill("0" * 32)
    expect_answer(page, "немає")

    # Another list than the published one is found out; without a link a file is as good.
    page.locator("#code").fill(code)
    page.route("**/codes.txt", lambda route: route.fulfill(body=f"{code}\n{'0' * 32}\n"))
    expect_answer(page, "SHA-256 інший")
    page.unroute_all()
    page.context.set_offline(True)
    expect_answer(page, "Не вдалося завантажити")
    file = tmp_path / "codes.txt"
    file.write_bytes(b"".join(codes.lines(poll)))
    page.locator("#codes").set_input_files(file)
    expect_answer(page, "ваш бюлетень враховано")

    # The code has left the device at no time.
    spellings = {code, code.upper(), code[:8], str(UUID(code))}
    assert not [each for each in sent for spelling in spellings if spelling in each]
    assert not city.complaints


def test_points_show_what_is_left_while_one_types(city: City, ofi, bohdan, department):
    money = {"text": "На що?", "kind": "points", "budget": 500_000, "in_hryvnias": True}
    asked = [
        {"text": "Поділіть", "kind": "points", "budget": 10, "options": factories.OPTIONS},
        money | {"options": factories.OPTIONS},
    ]
    poll = factories.poll(ofi, department, questions=asked)
    page = city.window(bohdan, f"{poll.get_absolute_url()}vote/", **TOUCH)
    points, hryvnias = page.locator("[data-points-left]").all()
    expect(points).to_have_text("Залишилося балів: 10 з 10")
    inputs = page.locator("fieldset").first.locator("input[type=number]")
    inputs.nth(0).type("5")
    expect(points).to_contain_text("балів: 5 з 10")
    inputs.nth(1).type("7")
    expect(points).to_contain_text("забагато, зменште на 2")
    # The page that comes back from the check counts what was filled in.
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    above, below = inputs.nth(1).bounding_box(), points.bounding_box()
    assert above and below and above["y"] + above["height"] <= below["y"]
    inputs.nth(1).fill("2")
    page.locator("fieldset").nth(1).locator("input[type=number]").first.fill("1500")
    expect(hryvnias).to_contain_text("гривень: 498\u00a0500 з 500\u00a0000")
    page.get_by_role("button", name="Перевірити бюлетень").tap()
    page.get_by_role("button", name="Змінити").tap()
    expect(page.locator("[data-points-left]").first).to_contain_text("балів: 3 з 10")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
