"""Bohdan puts options in order by keyboard alone, and finds his ballot among those counted."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_keyboard import tab_to
from tests.plugins.city import PHONE, City
from tests.votes import factories
from votes.life import actions
from votes.models import Poll

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def poll(transactional_db, ofi, bohdan, department) -> Poll:
    secret = Poll.Secrecy.SECRET
    return factories.poll(ofi, department, questions=[factories.RANKED], secrecy=secret)


def order_on(page: Page) -> list[str]:
    """What is chosen, as the list shows it."""
    names = page.locator("[data-option][data-chosen] label").all_inner_texts()
    return [" ".join(name.split()) for name in names]


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_voting_by_keyboard_and_checking_the_receipt(
    city: City, poll: Poll, ofi, bohdan, tmp_path: Path
):
    page = city.window(bohdan, poll.get_absolute_url())
    tab_to(page, "a.govuk-button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vote/")
    said = page.locator("[data-ranking] [role=status]")

    # The stadium first, then the park; the focus stays on the button while its row moves up.
    tab_to(page, "[aria-label='Поставити на 1-ше місце: Стадіон']")
    page.keyboard.press("Enter")
    assert order_on(page) == ["1. Стадіон"]
    assert focused(page) == "Прибрати: Стадіон"
    expect(said).to_have_text("Стадіон: місце 1 з 1")
    tab_to(page, "[aria-label='Поставити на місце 2: Парк']")
    page.keyboard.press("Enter")
    expect(said).to_have_text("Парк: місце 2 з 2")
    tab_to(page, "[aria-label='Поставити на місце 3: Сквер']")
    page.keyboard.press(" ")
    assert order_on(page) == ["1. Стадіон", "2. Парк", "3. Сквер"]

    # Moved by arrows, to the end and past it, and by its own button.
    page.keyboard.press("ArrowUp")
    assert order_on(page) == ["1. Стадіон", "2. Сквер", "3. Парк"]
    assert focused(page) == "Прибрати: Сквер"
    page.keyboard.press("Home")
    expect(said).to_have_text("Сквер: місце 1 з 3")
    page.keyboard.press("ArrowUp")
    expect(said).to_have_text("Сквер: уже на першому місці")
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "Нижче: Сквер"
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert focused(page) == "Нижче: Сквер"
    assert order_on(page) == ["1. Стадіон", "2. Парк", "3. Сквер"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(said).to_have_text("Сквер: без місця")
    assert order_on(page) == ["1. Стадіон", "2. Парк"]

    tab_to(page, "button[name=check]")
    page.keyboard.press("Enter")
    expect(page.locator("main dl")).to_contain_text(re.compile(r"1\. Стадіон\s*2\. Парк"))
    # He changes his mind, and finds what he chose.
    tab_to(page, "button[name=change]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-option][data-chosen]")).to_have_count(2)
    assert order_on(page) == ["1. Стадіон", "2. Парк"]
    tab_to(page, "button[name=check]")
    page.keyboard.press("Enter")
    expect(page.locator("button[name=cast]")).to_be_visible()
    tab_to(page, "button[name=cast]")
    page.keyboard.press("Enter")
    code = "".join(page.locator(".receipt-code").inner_text().split())
    (ballot,) = factories.in_boxes(poll)
    assert ballot.code.hex == code
    options = {o.pk: o.text for o in factories.first_question(poll).options.all()}
    (chosen,) = ballot.choices.values()
    assert [options[pk] for pk in chosen] == ["Стадіон", "Парк"]

    factories.close(poll)
    actions.publish(poll, by=ofi)
    page.goto(f"{city.web.url}/polls/{poll.pk}/check/")
    with page.expect_download() as saved:
        page.locator("a[download]").click()
    file = tmp_path / "codes.txt"
    saved.value.save_as(file)
    assert sha256(file.read_bytes()).hexdigest() in page.locator("main").inner_text()

    # With the downloaded file nothing is asked of anybody: it works with the link cut.
    page.context.set_offline(True)
    page.locator("#code").fill(code.upper())
    page.locator("#codes").set_input_files(file)
    page.keyboard.press("Tab")
    tab_to(page, "#check-ballot button:not([type])")
    page.keyboard.press("Enter")
    expect(page.locator("#check-result")).to_contain_text("є в оприлюдненому списку")
    page.locator("#code").fill("0" * 32)
    page.locator("#code").press("Enter")
    expect(page.locator("#check-result")).to_contain_text("немає")


def test_without_a_script_each_option_has_its_place_in_a_select(city: City, poll: Poll, bohdan):
    page = city.window(bohdan, f"/polls/{poll.pk}/vote/", viewport=PHONE, java_script_enabled=False)
    assert page.locator(".by-option__moves").count() == 0
    page.get_by_label("Сквер").select_option("1")
    page.get_by_label("Парк").select_option("2")
    page.locator("button[name=check]").click()
    expect(page.locator("main dl")).to_contain_text(re.compile(r"1\. Сквер\s*2\. Парк"))
    page.locator("button[name=cast]").click()
    expect(page.locator("p.receipt-code")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_the_summary_of_errors_leads_to_each_question(
    city: City, ofi, bohdan, department, script: bool
):
    asked = [factories.RANKED, factories.YES_NO, factories.SINGLE]
    poll = factories.poll(ofi, department, questions=asked)
    page = city.window(bohdan, f"/polls/{poll.pk}/vote/", java_script_enabled=script)
    page.get_by_label("так", exact=True).check()
    page.locator("button[name=check]").click()
    links = page.locator("[data-error-summary] a")
    expect(links).to_have_count(2)
    first = (
        page.locator("[data-ranking]")
        .locator("button" if script else "select")
        .locator("visible=true")
    )
    for link, there in ((links.first, first.first), (links.last, page.get_by_label("Парк").last)):
        link.click()
        expect(there).to_be_focused()
    expect(page.get_by_label("так", exact=True)).to_be_checked()


def test_on_a_phone_nothing_is_cut_off(city: City, poll: Poll, bohdan):
    page = city.window(bohdan, f"/polls/{poll.pk}/vote/", viewport=PHONE)
    for place, option in (("1-ше місце", "Парк"), ("місце 2", "Стадіон")):
        page.get_by_role("button", name=f"Поставити на {place}: {option}").click()
    assert order_on(page) == ["1. Парк", "2. Стадіон"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for button in page.locator(".by-option__moves button:visible").all():
        box = button.bounding_box()
        assert box and box["height"] >= 44 and box["width"] >= 44
