"""«Verified residents only»: told what she lacks, checked by the state, back with her words."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from accounts.identity.idgov import fake
from accounts.models import Level, Residence, Verification
from city.models import District
from consultations.models import Consultation, Procedure, Remark
from tests import factories
from tests.pages.checks import find_axe_violations
from tests.plugins.city import City
from tests.servers import start_idgov, start_web

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Літні майданчики працюють до 23:00 і в будні."


def held_for(department, participants: str) -> Consultation:
    procedure = Procedure.objects.create(
        code=f"for-{participants}",
        name="За рішенням ради",
        legal_basis="Статут громади, п. 1",
        shortest=1,
        participants=participants,
    )
    return factories.consultation(department, procedure=procedure)


@pytest.fixture
def checked_city(city):
    """The city, whose pages lead to the stand-in for id.gov.ua."""
    with (
        start_idgov() as state,
        start_web(
            live=city.live,
            IDGOV_URL=state.url,
            IDGOV_CLIENT_ID=fake.CLIENT_ID,
            IDGOV_CLIENT_SECRET=fake.CLIENT_SECRET,
        ) as web,
    ):
        yield City(city.browser, web, city.live, city.opened, city.complaints)
        city.opened.close()


def be_checked(page: Page, way: str = "BankID") -> None:
    """From the page of identity to the service, as Charlie there, and back."""
    page.get_by_role("button", name="id.gov.ua").click()
    page.get_by_role("link", name="id.gov.ua").click()
    row = page.get_by_role("listitem").filter(has_text="Карпо Лисенко")
    row.get_by_role("link", name=way).click()


def keep_words(page: Page) -> None:
    """The form says what is lacking first; its button keeps the words and leads there."""
    expect(page.locator(".notice--warning")).to_contain_text("підтвердьте")
    page.fill("[name=text]", WORDS)
    page.locator("main form .govuk-button").click()
    page.wait_for_url("**/account/verify/**")


def find_words_and_post(page: Page, address: str) -> None:
    """Back on the page of the form, with the words in it and nothing in the way."""
    expect(page).to_have_url(address)
    expect(page.locator("[name=text]")).to_have_value(WORDS)
    expect(page.locator(".notice--warning")).to_have_count(0)
    page.locator("main form .govuk-button").click()
    page.wait_for_url("**/remarks/**")
    expect(page.get_by_text(WORDS).first).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["", "without JavaScript"])
def test_verified_residents_only(checked_city, department, charlie, javascript):
    """Nobody knows anything of her; id.gov.ua says who she is and that she lives in the city."""
    about = held_for(department, Procedure.Participants.VERIFIED_RESIDENTS)
    north = District.objects.create(name="Північний", slug="north")
    speak = f"{about.get_absolute_url()}speak/"
    page = checked_city.window(charlie, speak, java_script_enabled=javascript)
    keep_words(page)
    be_checked(page, "електронний підпис")

    expect(page.locator("h1")).to_contain_text("У якому районі")
    page.get_by_label("Район").select_option("Північний")
    page.get_by_role("button", name="Підтвердити").click()
    find_words_and_post(page, f"{checked_city.web.url}{speak}")
    assert Remark.objects.get().comment.author == charlie
    assert Verification.objects.in_force().get(user=charlie).level == Level.HIGH
    home = Residence.objects.checked().get(user=charlie)
    assert (home.district, home.how) == (north, Residence.How.PROVIDER)


def test_verified_residents_only_who_has_said_where_she_lives(checked_city, department, charlie):
    """She says it first, on the way there; id.gov.ua confirms it."""
    about = held_for(department, Procedure.Participants.VERIFIED_RESIDENTS)
    District.objects.create(name="Північний", slug="north")
    speak = f"{about.get_absolute_url()}speak/"
    page = checked_city.window(charlie, speak)
    page.fill("[name=text]", WORDS)
    page.wait_for_function("() => Object.values(localStorage).some((v) => v.includes('23:00'))")
    page.locator(".notice--warning").get_by_role("link").last.click()
    page.locator("main .govuk-button").click()
    page.get_by_label("Район").select_option("Північний")
    page.get_by_label("Адреса").fill("вул. Рудна, 4")
    page.locator("main form .govuk-button").click()
    page.get_by_role("link", name="сервіс ідентифікації").click()
    be_checked(page)
    page.get_by_role("button", name="Повернути текст").click()
    find_words_and_post(page, f"{checked_city.web.url}{speak}")
    assert Residence.objects.checked().get(user=charlie).how == Residence.How.PROVIDER


def test_verified_only(checked_city, department, charlie):
    """Where they live is not asked for here: that can wait."""
    about = held_for(department, Procedure.Participants.VERIFIED)
    speak = f"{about.get_absolute_url()}speak/"
    page = checked_city.window(charlie, speak)
    keep_words(page)
    be_checked(page)
    page.get_by_role("link", name="Пізніше").click()
    find_words_and_post(page, f"{checked_city.web.url}{speak}")
    assert Verification.objects.in_force().get(user=charlie).level == Level.SUBSTANTIAL
    assert not Residence.objects.exists()


def test_axe_finds_nothing_on_the_way(checked_city, department, charlie, olena):
    """The pages that one only sees where a provider is configured, and those of joining."""
    about = held_for(department, Procedure.Participants.VERIFIED_RESIDENTS)
    page = checked_city.window(olena, f"{about.get_absolute_url()}speak/")
    faults = judged(page)
    page.goto(f"{checked_city.web.url}/account/verify/")
    faults += judged(page)
    page.get_by_role("button", name="id.gov.ua").click()
    faults += judged(page)
    page.get_by_role("link", name="id.gov.ua").click()
    page.get_by_role("listitem").filter(has_text="Карпо Лисенко").get_by_role("link").last.click()
    faults += judged(page)  # another name is offered
    page.get_by_role("button", name="Лишити моє").click()
    faults += judged(page)  # the district is asked for
    taken = checked_city.window(charlie, "/account/verify/")
    be_checked(taken)
    faults += judged(taken)  # the person has another account
    taken.locator("main .govuk-button").click()
    faults += judged(taken)
    taken.fill("[name=email]", olena.email)
    taken.get_by_role("button", name="Далі").click()
    faults += judged(taken)
    assert not faults, "\n".join(faults)


def judged(page: Page) -> list[str]:
    """What axe has against the page."""
    return [f"{page.url}: {fault}" for fault in find_axe_violations(page, contrast=True)]
