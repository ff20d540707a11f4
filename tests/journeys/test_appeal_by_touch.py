"""A person of 70 with a phone of 360 × 740 files an appeal from the home page: so many taps and
screens at most. Then the whole way of it: the office, a department, the answer, a rating, and once
more."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from appeals import actions
from appeals.filing import limits
from appeals.models import Answer, Appeal, State
from city.models import Department
from consultations.models import Consultation
from core.domain import clock
from tests import factories as people
from tests.appeals import factories
from tests.appeals.filing.conftest import photo
from tests.journeys.touch import TOUCH, Thumb
from tests.plugins.city import City

pytestmark = pytest.mark.django_db(transaction=True)

MOST_TAPS = 8
MOST_SCREENS = 6
WORDS = "Третій тиждень у дворі не світить ліхтар, а діти повертаються додому затемна."
ANSWER = "Ліхтар у дворі замінено 20 листопада."
WHY = "Ліхтар і досі не світить."


@pytest.fixture
def office(transactional_db: None, ofi: User, department: Department) -> Department:
    """ofi's own department registers appeals."""
    Department.objects.filter(pk=department.pk).update(registers_appeals=True)
    return department


def fill(thumb: Thumb, page: Page) -> None:
    thumb.type(page.get_by_label("Прізвище, ім’я, по батькові"), "Гончар Марія Іванівна")
    thumb.type(page.get_by_label("Де ви живете"), "вул. Шахтарська, 5, кв. 41")
    thumb.type(page.get_by_label("Телефон"), "067 123 45 67")


def send(thumb: Thumb, page: Page) -> None:
    thumb.go(page.get_by_role("button", name="Надіслати до ради"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Зареєстровано")


def test_a_person_of_70_files_one_from_the_home_page(
    city: City, office: Department, consultation: Consultation
) -> None:
    page = city.window(None, "/", **TOUCH)
    thumb = Thumb(page, "by the page of appeals")
    thumb.go(page.get_by_role("link", name="Звернутися до ради"))
    thumb.go(page.get_by_role("link", name="Подати звернення або запит"))
    thumb.tap(page.get_by_role("radio", name="Заява"))
    thumb.type(page.get_by_label("Що ви хочете сказати?"), WORDS)
    fill(thumb, page)
    send(thumb, page)
    thumb.pages -= 1  # the thanks
    print(thumb)
    assert thumb.taps <= MOST_TAPS
    assert thumb.screens <= MOST_SCREENS
    appeal = Appeal.objects.get()
    assert (appeal.kind, appeal.text, appeal.phone) == ("application", WORDS, "067 123 45 67")


def test_the_front_door_costs_little_more(
    city: City, office: Department, consultation: Consultation
) -> None:
    page = city.window(None, "/", **TOUCH)
    thumb = Thumb(page, "by the front door")
    thumb.go(page.get_by_role("link", name="Що ви хочете сказати місту?"))
    thumb.type(page.locator("[name=text]"), WORDS)
    thumb.tap(page.get_by_label("Розповісти раді про проблему, попросити або запропонувати"))
    thumb.go(page.get_by_role("button", name="Далі", exact=True))
    thumb.go(page.get_by_role("button", name="Написати заяву"))
    fill(thumb, page)
    send(thumb, page)
    thumb.pages -= 1
    print(thumb)
    assert thumb.taps <= MOST_TAPS + 1
    assert thumb.screens <= MOST_SCREENS + 3
    assert Appeal.objects.get().text == WORDS


def test_the_whole_way_of_a_complaint_with_a_photograph(
    city: City, office: Department, ofi: User, tmp_path: Path
) -> None:
    roads = people.department("Управління доріг", slug="roads")
    boss = factories.head(roads)
    worker = people.user("worker", "Оксана", "Шляхова", role="officer", department=roads)

    # From a phone, without an account, with a photograph.
    picture = tmp_path / "двір.jpg"
    picture.write_bytes(photo().read())
    page = city.window(None, "/appeals/new/?kind=complaint", **TOUCH)
    thumb = Thumb(page, "a complaint")
    thumb.type(page.get_by_label("Що ви хочете сказати?"), WORDS)
    thumb.add_file(page.locator("[name=attachments]"), picture)
    fill(thumb, page)
    send(thumb, page)
    appeal = Appeal.objects.get()
    number = page.locator("#appeal-number").inner_text()
    code = page.locator("#appeal-secret").inner_text()
    assert number == appeal.label
    page.get_by_role("button", name="Відкрити звернення").tap()
    expect(page.locator("main")).to_contain_text(WORDS)

    # Who has the number and not the code sees nothing, and tries in vain.
    stranger = city.window(None, "/appeals/find/", **TOUCH)
    stranger.get_by_label("Номер").fill(number)
    answers = guess(stranger, 50)
    assert answers == [422] * limits.FIND.most + [429] * (50 - limits.FIND.most)
    stranger.goto(f"{city.web.url}/appeals/{appeal.pk}/")
    expect(stranger.locator("main")).not_to_contain_text("ліхтар")

    # ofi takes it for the department of roads, whose head extends its term.
    desk = city.window(ofi, reverse("appeals_desk:detail", args=[appeal.pk]))
    expect(desk.locator("main")).to_contain_text(WORDS)
    desk.get_by_role("link", name="Прийняти до розгляду").click()
    desk.select_option("[name=executor]", str(roads.pk))
    desk.get_by_role("button", name="Прийняти").click()
    expect(desk.locator("main")).to_contain_text("Управління доріг")
    mayor = factories.mayor()
    actions.ask_head(Appeal.objects.get(pk=appeal.pk), by=worker, words="Продовжити?")
    leader = city.window(mayor, reverse("appeals_desk:extend", args=[appeal.pk]))
    leader.fill("[name=reason]", "Потрібен виїзд на місце.")
    leader.get_by_role("button", name="Продовжити й повідомити заявника").click()
    expect(leader.locator("main")).to_contain_text("Потрібен виїзд на місце.")
    chief = city.window(boss, reverse("appeals_desk:detail", args=[appeal.pk]))

    # An officer drafts the answer, the head approves it, the officer sends it.
    theirs = city.window(worker, reverse("appeals_desk:draft", args=[appeal.pk]))
    theirs.fill("[name=text]", ANSWER)
    theirs.locator("[name=result][value=satisfied]").check()
    theirs.get_by_role("button", name="Зберегти проєкт").click()
    expect(theirs.locator("main")).to_contain_text(ANSWER)
    page.goto(f"{city.web.url}/appeals/{appeal.pk}/")
    expect(page.locator("main")).to_contain_text("Потрібен виїзд на місце.")
    expect(page.locator("main")).not_to_contain_text(ANSWER)
    chief.goto(city.web.url + reverse("appeals_desk:approve", args=[appeal.pk]))
    chief.get_by_role("button", name="Погодити").click()
    expect(chief.get_by_role("link", name="Надіслати відповідь")).to_be_visible()
    theirs.goto(city.web.url + reverse("appeals_desk:send", args=[appeal.pk]))
    theirs.locator("[name=how][value=page]").check()
    theirs.get_by_role("button", name="Надіслати відповідь").click()
    expect(theirs.locator("main")).to_contain_text(ANSWER)

    # On another phone, by number and code: they read it, rate it and open it once more.
    other = city.window(None, "/appeals/find/", **TOUCH)
    other.get_by_label("Номер").fill(number)
    other.get_by_label("Код доступу").fill(code.lower())
    other.get_by_role("button", name="Відкрити").tap()
    expect(other.locator("main")).to_contain_text(ANSWER)
    other.get_by_role("link", name="Оцінити відповідь").tap()
    other.get_by_label("Не вирішено, і відповідь незрозуміла").check()
    other.get_by_role("button", name="Надіслати").tap()
    other.get_by_role("link", name="Не вирішено: відновити розгляд").tap()
    other.locator("[name=reason]").fill(WHY)
    other.get_by_role("button", name="Відновити розгляд").tap()
    expect(other.locator("main")).to_contain_text("розгляд відновлено заявником")
    assert Answer.objects.get(appeal=appeal).rating == 1
    appeal.refresh_from_db()
    assert appeal.state_at(clock.now()) == State.REOPENED

    # The department reads why, and may answer again.
    theirs.goto(city.web.url + reverse("appeals_desk:detail", args=[appeal.pk]))
    expect(theirs.locator("main")).to_contain_text(WHY)
    expect(theirs.get_by_role("link", name="Написати відповідь")).to_be_visible()


def guess(page: Page, times: int) -> list[int]:
    """Send the form with so many codes that are wrong, as a script would; the statuses."""
    statuses: list[int] = page.evaluate(
        """async (times) => {
          const form = document.querySelector("main form");
          const statuses = [];
          for (let time = 0; time < times; time += 1) {
            const data = new FormData(form);
            data.set("secret", String(time).padStart(26, "0"));
            const answer = await fetch(form.action, { method: "POST", body: data });
            statuses.push(answer.status);
          }
          return statuses;
        }""",
        times,
    )
    return statuses
