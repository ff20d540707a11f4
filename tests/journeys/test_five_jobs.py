"""The main jobs from the first page, by thumb on a phone of 360 × 740: so many taps at most, and so
far to the first of them. What is done in the mail program is not counted.

With ``-s`` each prints what it took.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from playwright.sync_api import Locator, Page, expect
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from appeals.models import Appeal
from city.models import Department, District
from consultations.models import Consultation, Disposition, Remark, State
from consultations.remarks import actions
from core.domain import clock
from drafts.versions import actions as drafts
from insights.indicators.models import IndicatorValue
from meetings.models import State as MeetingState
from notifications.mails.signatures import send_signature_link
from organisations.models import Organisation
from petitions.models import Petition, Signature
from petitions.signing import counting
from portal.home.pages import FIGURES
from tests import factories
from tests.factories import PASSWORD
from tests.journeys.touch import TOUCH, Thumb
from tests.meetings import factories as meetings
from tests.newsroom import factories as news
from tests.petitions import factories as petitions
from tests.plugins.city import PHONE, City
from tests.votes import factories as votes
from votes.models import OpenBallot, Poll

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.with_all]

#: Screens that one scrolls on the first page until the first action.
MOST_SCROLLED = 3
#: Pixels of the first page, on a phone.
MOST_HEIGHT = 4500
DISTRICTS = ("Заріччя", "Мікрорайон Сонячний", "Новорудний", "Степове", "Центр", "Шахтарське")


@pytest.fixture
def opened(transactional_db: None, department: Department, olena: User, ofi: User) -> Consultation:
    """The consultation that moves, on a first page with something in each of its parts."""
    for number, name in enumerate(DISTRICTS):
        District.objects.create(name=name, slug=f"district-{number}")
    for slug in FIGURES:
        IndicatorValue.objects.create(
            indicator=slug, period_kind="quarter", period_start="2025-07-01", value=94
        )
    for number in range(2):
        news.article(title=f"Новина про воду й тепло в будинках нашого міста, {number}")
    meetings.meeting(MeetingState.ANNOUNCED)
    for state in (State.ANNOUNCED, State.REPORTED, State.OPEN, State.OPEN):
        factories.consultation(department, state)
    take_a_remark(factories.consultation(department), olena, ofi)
    moving = factories.consultation(department, title="Нова мережа міських автобусних маршрутів")
    for text in ("Маршрут № 2 потрібен і у вихідні.", "А нічний?"):
        actions.remark(moving, by=olena, text=text)
    return moving


def take_a_remark(consultation: Consultation, olena: User, ofi: User) -> None:
    """A remark of olena's that has changed a clause."""
    clause = consultation.draft.versions.get().clauses.get(number="2")
    said = actions.remark(consultation, by=olena, text="Улітку темніє пізно.", clause_id=clause.pk)
    text = factories.DRAFT.replace("до 22:00", "до 23:00").encode()
    drafts.publish(drafts.import_version(consultation.draft, text, name="v2.txt", by=ofi), by=ofi)
    now = clock.now()
    Disposition.objects.create(
        remark=said,
        kind="accepted",
        resulting_key=clause.key,
        by=ofi,
        decided_at=now - timedelta(seconds=1),
        approved_at=now,
        approved_by=ofi,
    )


@pytest.fixture
def petition(opened: Consultation, olena: User) -> Petition:
    """The one on the first page."""
    made = petitions.petition(olena, title="Висадити дерева вздовж вулиці Степової")
    petitions.signatures(made, 7)
    counting.recount([made.pk])
    return made


@pytest.fixture
def poll(opened: Consultation, ofi: User, department: Department) -> Poll:
    """An open one with one question."""
    return votes.poll(ofi, department)


class Job(Thumb):
    """Counts from the first page on, on which the first tap is not far."""

    def first(self, target: Locator) -> None:
        self.go(target)
        assert self.scrolled <= MOST_SCROLLED * PHONE["height"], self

    def press(self, name: str) -> None:
        """Send a form to the next page."""
        self.go(self.page.get_by_role("button", name=name, exact=True))

    def took(self, *, taps: int, screens: int = 100) -> None:
        print(self)
        assert self.taps <= taps, self
        assert self.screens <= screens, self


def start(city: City, user: User | None, name: str) -> Job:
    return Job(city.window(user, "/", **TOUCH), name)


def main(page: Page) -> Locator:
    return page.locator("main")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_first_page_is_short_and_does_not_move(
    city: City, petition: Petition, poll: Poll, prefix: str
) -> None:
    page = city.window(None, f"{prefix}/", **TOUCH)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    height = page.evaluate("document.documentElement.scrollHeight")
    print(f"{prefix or 'uk'}: {height} px")
    assert height <= MOST_HEIGHT
    for part in ("choices", "featured", "answered", "district", "polls-open", "next", "news"):
        expect(page.locator(f"#{part}")).to_be_visible()


def test_a_remark(city: City, opened: Consultation, olena: User) -> None:
    job = start(city, olena, "a remark")
    page = job.page
    job.first(page.locator(".featured").get_by_role("link", name="Висловитися"))
    job.type(page.get_by_label("Ваші слова"), "Додайте ранковий рейс.")
    job.press("Оприлюднити")
    expect(main(page)).to_contain_text("зауваження оприлюднено")
    job.took(taps=4)
    assert Remark.objects.filter(comment__text="Додайте ранковий рейс.").count() == 1


def test_a_remark_after_reading_the_draft(city: City, opened: Consultation, olena: User) -> None:
    job = start(city, olena, "a remark on the page of the draft")
    page = job.page
    job.first(page.get_by_role("link", name=opened.title))
    job.tap(page.get_by_role("link", name="Висловитися про весь проєкт"))
    text = page.locator("#speak-whole textarea").first
    expect(text).to_be_visible()
    job.type(text, "Додайте ранковий рейс.")
    job.tap(page.locator("#speak-whole").get_by_role("button", name="Оприлюднити"))
    expect(page.locator("[data-thanks]")).to_be_visible()
    job.took(taps=4)


def test_a_signature_by_mail(city: City, petition: Petition) -> None:
    known = set(ProcrastinateJob.objects.values_list("pk", flat=True))
    job = start(city, None, "a signature by mail")
    page = job.page
    job.first(page.get_by_role("link", name=re.compile("^Підписати ?: ")))
    job.go(page.get_by_role("link", name="Підписати через електронну пошту"))
    job.type(page.get_by_label("Ім’я та прізвище"), "Дарина Січова")
    job.type(page.get_by_label("Електронна адреса"), "daryna@example.org")
    job.press("Надіслати мені посилання")
    waiting = ProcrastinateJob.objects.exclude(pk__in=known)
    for each in waiting.filter(task_name="notifications.jobs.send_signature_link"):
        send_signature_link(**each.args)
    found = re.search(r"https?://[^/\s]+(/petitions/\S+)", mail.outbox[-1].body)
    assert found
    page.goto(city.web.url + found[1])
    job.turn()
    job.press("Підтвердити мій підпис")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Дякуємо за ваш підпис")
    job.took(taps=6)
    assert Signature.objects.filter(email="daryna@example.org").count() == 1


def test_a_vote(city: City, poll: Poll, bohdan: User) -> None:
    job = start(city, bohdan, "a vote")
    page = job.page
    job.first(page.get_by_role("link", name=re.compile("^Проголосувати ?: ")))
    job.tap(page.get_by_role("radio", name="Сквер"))
    job.press("Перевірити бюлетень")
    job.press("Віддати голос")
    expect(page.locator("h1")).to_have_text("Ваш голос прийнято")
    job.took(taps=4)
    assert OpenBallot.objects.get().poll == poll


def test_a_petition_started(city: City, petition: Petition, bohdan: User) -> None:
    job = start(city, bohdan, "a petition started")
    page = job.page
    job.first(page.get_by_role("link", name="Створити петицію"))
    job.press("Почати")
    job.type(page.locator("[name=title]"), "Навчити плавати всіх третьокласників")
    job.press("Зберегти й продовжити")
    job.type(page.locator("[name=text]"), "Уроки плавання в кожній школі.")
    job.press("Зберегти й продовжити")
    job.press("Зберегти й продовжити")  # who asks: what the account says
    job.press("Надіслати петицію")
    expect(page.locator("h1")).to_have_text("Петицію надіслано")
    job.took(taps=8)
    assert Petition.objects.get(author=bohdan).state_at(clock.now()) == "moderation"


def test_a_companys_remark_with_signing_in(city: City, opened: Consultation, firm: User) -> None:
    company: Organisation = factories.organisation("ТОВ «Тераса»", firm)
    firm.set_password(PASSWORD)
    firm.save()
    firm.emailaddress_set.create(email=firm.email, verified=True, primary=True)
    job = start(city, None, "a company's remark, from before signing in")
    page = job.page
    job.first(page.locator(".featured").get_by_role("link", name="Висловитися"))
    job.type(page.locator("[name=login]"), firm.email)
    job.type(page.locator("[name=password]"), PASSWORD)
    job.press("Увійти")
    page.wait_for_load_state("networkidle")  # js/voices.js asks once more in whose name one speaks
    job.type(page.get_by_label("Ваші слова"), "Зупинку біля складу просимо лишити.")
    job.tap(page.locator("main label", has_text="від імені ТОВ «Тераса»"))
    job.type(page.get_by_label("Як це стосується вас"), "возимо 40 людей на зміну")
    job.press("Оприлюднити")
    expect(main(page)).to_contain_text("ТОВ «Тераса»")
    job.took(taps=12)
    assert Remark.objects.filter(comment__organisation=company).count() == 1


def test_an_appeal(city: City, opened: Consultation, department: Department) -> None:
    Department.objects.filter(pk=department.pk).update(registers_appeals=True)
    job = start(city, None, "an appeal")
    page = job.page
    job.first(page.get_by_role("link", name="Написати зараз"))
    job.tap(page.get_by_role("radio", name="Заява"))
    job.type(page.get_by_label("Що ви хочете сказати?"), "У дворі не світить ліхтар.")
    job.type(page.get_by_label("Прізвище, ім’я, по батькові"), "Гончар Марія Іванівна")
    job.type(page.get_by_label("Де ви живете"), "вул. Шахтарська, 5, кв. 41")
    job.type(page.get_by_label("Телефон"), "067 123 45 67")
    job.press("Надіслати до ради")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Зареєстровано")
    job.pages -= 1  # the thanks
    job.took(taps=8, screens=6)
    assert Appeal.objects.get().kind == "application"
