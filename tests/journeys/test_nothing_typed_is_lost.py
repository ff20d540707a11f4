"""A cut link, a reload and the Back button: nothing typed is lost, nothing said stands twice, and
of a secret ballot nothing is kept."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from appeals.models import Appeal
from consultations.models import Consultation, Remark
from tests.appeals import factories as of_appeals
from tests.plugins.city import PHONE, City
from tests.votes import factories
from votes.models import Poll

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "Третій тиждень у дворі не світить ліхтар, а діти повертаються додому затемна."
REMARK = "Просимо лишити лавки вздовж усієї алеї."
NOT_SENT = "Сервер не відповів. Нічого не втрачено"

#: Everything that a browser may keep of a page.
KEPT = """async () => JSON.stringify([
  {...localStorage}, {...sessionStorage}, history.state, document.cookie, location.href,
  await Promise.all((await caches.keys()).map(async (name) =>
    (await (await caches.open(name)).keys()).map(({ url }) => url))),
])"""

#: What the tab keeps becomes 31 minutes old.
AGE = """() => Object.keys(sessionStorage).filter((name) => name.startsWith("viche.tab:"))
  .map((name) => {
    const kept = JSON.parse(sessionStorage.getItem(name));
    sessionStorage.setItem(name, JSON.stringify({ ...kept, at: kept.at - 31 * 60_000 }));
    return name;
  })"""


@pytest.mark.cpu(16)
def test_nothing_typed_is_lost(city: City, consultation: Consultation, ofi, olena, department):
    of_appeals.office()
    _an_appeal_without_an_account(city)
    _a_remark(city.window(olena, consultation.get_absolute_url(), viewport=PHONE), consultation)
    poll = factories.poll(ofi, department, secrecy=Poll.Secrecy.SECRET)
    _a_secret_ballot(city.window(olena, poll.get_absolute_url(), viewport=PHONE), poll)


def _an_appeal_without_an_account(city: City) -> None:
    page = city.window(None, "/appeals/new/", viewport=PHONE)
    words = page.get_by_label("Що ви хочете сказати?")
    words.fill("Чуже слово")
    expect(page.get_by_text("зберігається в цій вкладці")).to_be_visible()
    page.goto(f"{city.web.url}/appeals/answers/")
    page.evaluate(AGE)
    page.goto(f"{city.web.url}/appeals/new/")
    expect(words).to_have_value("")  # the next reader of a library's device does not see it

    words.fill("Щось інше")
    page.get_by_role("button", name="Очистити все").click()
    expect(words).to_have_value("")
    page.reload()
    expect(words).to_have_value("")

    words.fill(WORDS)
    page.get_by_role("radio", name="Скарга").check()
    page.get_by_label("Прізвище, ім’я, по батькові").fill("Гончар Марія Іванівна")
    page.get_by_label("Де ви живете").fill("вул. Шахтарська, 5, кв. 41")
    expect(page.get_by_text("зберігається в цій вкладці")).to_be_visible()
    page.reload()
    expect(words).to_have_value(WORDS)
    expect(page.get_by_role("radio", name="Скарга")).to_be_checked()
    page.get_by_label("Електронна адреса").fill("maria@example.org")

    page.context.set_offline(True)
    button = page.get_by_role("button", name="Надіслати до ради")
    button.click()
    expect(page.get_by_text(NOT_SENT)).to_be_in_viewport()
    expect(words).to_have_value(WORDS)
    assert not Appeal.objects.exists()

    page.context.set_offline(False)
    button.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Зареєстровано")
    assert Appeal.objects.get().text == WORDS
    assert WORDS not in page.evaluate(KEPT)
    expect(page.get_by_role("button", name="Скопіювати код")).to_be_visible()  # its scripts run


def _a_remark(page: Page, consultation: Consultation) -> None:
    page.get_by_role("link", name="Висловитися про весь проєкт").click()
    place = page.locator("#speak-whole")
    place.locator("textarea").first.fill(REMARK)
    expect(place.get_by_role("button", name="Оприлюднити")).to_be_visible()
    page.wait_for_function(
        "() => Object.keys(localStorage).some((name) => name.includes('remark:'))"
    )
    page.reload()  # the form is open again, and has what was typed
    place.get_by_role("button", name="Повернути").click()
    place.get_by_role("button", name="Оприлюднити").click()
    expect(page.locator("[data-thanks]")).to_be_visible()

    page.goto(page.url.split("#")[0] + "speak/")
    page.get_by_label("Ваші слова").fill(REMARK)
    page.get_by_role("button", name="Оприлюднити").click()
    again = page.get_by_role("button", name="Надіслати ще раз")
    expect(again).to_be_visible()
    expect(page.get_by_role("link", name="Переглянути сказане")).to_be_in_viewport()
    assert Remark.objects.filter(consultation=consultation).count() == 1
    again.click()
    expect(page.get_by_text("Дякуємо")).to_be_visible()
    assert Remark.objects.filter(consultation=consultation).count() == 2
    page.go_back()
    assert page.url.endswith(consultation.get_absolute_url())


def _a_secret_ballot(page: Page, poll: Poll) -> None:
    page.get_by_role("link", name="Проголосувати").click()
    page.get_by_role("button", name="Перевірити бюлетень").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    page.get_by_role("radio", name="Сквер").check()
    page.get_by_role("button", name="Перевірити бюлетень").click()
    expect(page.locator("dl")).to_contain_text("Сквер")
    page.go_back()
    expect(page.get_by_role("radio", name="Сквер")).to_be_checked()
    page.get_by_role("button", name="Перевірити бюлетень").click()
    page.get_by_role("button", name="Змінити").click()
    expect(page.get_by_role("radio", name="Сквер")).to_be_checked()
    page.get_by_role("button", name="Перевірити бюлетень").click()
    page.context.set_offline(True)
    page.get_by_role("button", name="Віддати голос").click()
    expect(page.get_by_text(NOT_SENT)).to_be_in_viewport()
    page.context.set_offline(False)
    page.get_by_role("button", name="Віддати голос").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ваш голос прийнято")
    expect(page.get_by_role("button", name="Скопіювати код")).to_be_visible()
    code = factories.in_boxes(poll)[0].code
    assert code.hex == "".join(page.locator("#receipt-code").inner_text().split())
    option = factories.options(poll)[1]
    kept = page.evaluate(KEPT)
    assert not [each for each in (code.hex, str(code), "Сквер", f'"{option}"') if each in kept]
    assert {url for url in asked if "/vote/" not in url} == set(), (
        "nothing is loaded after the form"
    )

    page.go_back()
    expect(page.locator("main")).to_contain_text("Ви вже проголосували")
    assert re.search(r"/polls/\d+/vote/$", page.url)
    page.go_forward()
    expect(page.locator("main")).to_contain_text("Ви вже проголосували")
    assert code.hex not in page.content()
