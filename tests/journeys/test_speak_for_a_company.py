"""A head registers a company and invites somebody, who speaks for it until she is revoked."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from consultations.models import Remark
from discussions.models import Comment
from organisations.confirming import actions as organisations
from organisations.mandates import actions_invitations as organisations_invitations
from organisations.mandates.tokens import token_of
from organisations.models import Invitation, Mandate, Organisation
from organisations.registering import actions as organisations_registering
from tests import factories
from tests.plugins.city import City, second_of

pytestmark = pytest.mark.django_db(transaction=True)

FIELDS = {
    "name": "Товариство з обмеженою відповідальністю «Тераса»",
    "short_name": "ТОВ «Тераса»",
    "location": "бульвар Каштановий, 4",
    "sector": "I",
    "size": Organisation.Size.MICRO,
    "contact": "(000) 000-00-07",
}


@pytest.fixture
def regulatory(transactional_db, department):
    return factories.consultation(department, procedure=factories.procedure("regulatory-act"))


@pytest.fixture
def company(transactional_db, bohdan, firm, ofi) -> Organisation:
    """Registered by its head, confirmed at the office; firm has taken the head's invitation."""
    made = organisations_registering.register(
        by=bohdan, kind=Organisation.Kind.LEGAL, code="20000002", fields=FIELDS
    )
    made = organisations.confirm_at_office(made, by=ofi, papers=[Organisation.Paper.EXTRACT])
    invitation = organisations_invitations.invite(
        made, by=bohdan, email=firm.email, scopes=["comment"]
    )
    organisations_invitations.accept(invitation, by=firm)
    return made


def live(page: Page) -> None:
    expect(page.locator("[data-live-status]")).to_have_attribute("data-state", "live")


def open_form(page: Page) -> None:
    page.get_by_role("link", name="Висловитися про весь проєкт").click()
    expect(page.locator("#speak-whole form")).to_be_visible()


def send(page: Page) -> None:
    """Send the page's form."""
    page.locator("main form .govuk-button").last.click()


def found(city: City, head: Page, ofi) -> Organisation:
    """The head registers the company; the office has seen its papers."""
    head.goto(city.web.url + reverse("organisations:register"))
    head.fill("[name=code]", "20000002")
    for name in ("name", "short_name", "location", "contact"):
        head.fill(f"[name={name}]", FIELDS[name])
    send(head)
    head.wait_for_url("**/account/organisations/*/")
    return organisations.confirm_at_office(
        Organisation.objects.get(), by=ofi, papers=[Organisation.Paper.EXTRACT]
    )


def invite(city: City, company: Organisation, head: Page, hers: Page, email: str) -> None:
    """The head invites somebody to comment; she opens the link of the mail and agrees."""
    head.goto(city.web.url + reverse("organisations:invite", args=[company.pk]))
    head.fill("[name=email]", email)
    head.check("[name=scopes][value=comment]")
    send(head)
    head.wait_for_url(f"**/account/organisations/{company.pk}/")
    invitation = Invitation.objects.get()
    link = reverse("organisations:invitation", args=[invitation.pk, token_of(invitation)])
    hers.goto(city.web.url + link)
    send(hers)
    hers.wait_for_url(f"**/account/organisations/{company.pk}/")


def revoke(city: City, head: Page, mandate: Mandate) -> None:
    """The head ends somebody's mandate."""
    args = [mandate.organisation_id, mandate.pk]
    head.goto(city.web.url + reverse("organisations:revoke", args=args))
    send(head)
    head.wait_for_url(f"**/account/organisations/{mandate.organisation_id}/")


@pytest.mark.clocked
def test_a_company_speaks_until_its_head_says_no(
    city: City, regulatory, bohdan, firm, charlie, ofi
):
    address = regulatory.get_absolute_url()
    head, hers = city.window(bohdan), city.window(firm)
    company = found(city, head, ofi)
    invite(city, company, head, hers, firm.email)
    mandate = Mandate.objects.get(user=firm)
    assert mandate.scopes == ["comment"]
    hers.goto(city.web.url + address)
    others = city.window(charlie, address)
    people = city.window(None, f"{address}?voice=person")
    for page in (hers, others, people):
        live(page)

    # She speaks for the company; another browser sees at once in whose name.
    open_form(hers)
    form = hers.locator("#speak-whole form")
    form.get_by_label("від імені ТОВ «Тераса»").check()
    form.get_by_label("Ваші слова").fill("Для нас це зарплата баристи за місяць.")
    form.get_by_label("Як це стосується вас").fill("маємо майданчик на 24 м²")
    form.get_by_role("button", name="Оприлюднити").click()
    expect(hers.locator("[data-thanks]")).to_be_visible()
    said = Remark.objects.get()
    seen = others.locator(f"#remark-{said.pk}")
    expect(seen).to_contain_text("зарплата баристи", timeout=second_of(others))
    for words in ("від імені", "ТОВ «Тераса»", f"ЄДРПОУ {company.code}", firm.public_name, "24 м²"):
        expect(seen).to_contain_text(words)

    # Who reads what people say reads that it is there, and not in that list.
    expect(people.locator('#remarks-heading [data-count="remarks"]')).to_have_text("1")
    expect(people.locator("#remarks")).not_to_contain_text("зарплата баристи")

    # Its page tells who it is and what it said.
    seen.get_by_role("link", name="ТОВ «Тераса»").click()
    expect(others.locator("main")).to_contain_text("бульвар Каштановий, 4")
    expect(others.locator("main")).to_contain_text("зарплата баристи")

    # She writes once more; in another window the head takes her mandate away.
    open_form(hers)
    form.get_by_label("від імені ТОВ «Тераса»").check()
    text = form.get_by_label("Ваші слова")
    text.fill("І ще одне: огорожа коштує")
    revoke(city, head, mandate)
    expect(form.locator("[data-voices] [role=alert]")).to_be_visible(
        timeout=second_of(hers, seconds=2)
    )
    expect(form.get_by_label("від імені ТОВ «Тераса»")).to_have_count(0)
    expect(text).to_have_value("І ще одне: огорожа коштує")
    expect(text).to_be_focused()

    # Sent all the same it is refused, and nothing is lost; for herself she may speak.
    form.get_by_role("button", name="Оприлюднити").click()
    expect(form.get_by_role("alert").first).to_be_visible()
    assert Comment.objects.count() == 1
    expect(text).to_have_value("І ще одне: огорожа коштує")
    form.get_by_label("від себе").check()
    form.get_by_role("button", name="Оприлюднити").click()
    expect(hers.locator("[data-thanks]")).to_be_visible()
    own = Comment.objects.latest("pk")
    assert (own.organisation, own.text) == (None, "І ще одне: огорожа коштує")

    # What was said for the company stays the company's, and is hers to change no more.
    hers.goto(city.web.url + said.get_absolute_url())
    expect(hers.locator("main")).to_contain_text("ТОВ «Тераса»")
    expect(hers.get_by_role("link", name="Змінити")).to_have_count(0)


def test_speaks_for_a_company_without_javascript(city: City, regulatory, company, firm):
    page = city.window(firm, regulatory.get_absolute_url(), java_script_enabled=False)
    page.get_by_role("link", name="Висловитися про весь проєкт").click()
    page.get_by_label("від імені ТОВ «Тераса»").check()
    page.get_by_label("Ваші слова").fill("Проти плати.")
    page.get_by_role("button", name="Оприлюднити").click()
    # Thanks and words stand on the remark's own page.
    expect(page.locator("main")).to_contain_text("ТОВ «Тераса»")
    page.goto(f"{city.web.url}{regulatory.get_absolute_url()}")
    page.get_by_role("link", name="Від бізнесу й організацій").click()
    expect(page.locator("#remarks")).to_contain_text("Проти плати.")

    # And says what a clause would cost it.
    page.locator(".clause", has_text="У дні свят").get_by_role("link", name="Скільки це").click()
    page.get_by_label("Гривень щороку").fill("18480")
    page.get_by_role("button", name="Зберегти").click()
    expect(page.locator("main")).to_contain_text("18 480")


def test_what_she_began_for_a_company_is_kept_with_its_name(city: City, regulatory, company, firm):
    page = city.window(firm, regulatory.get_absolute_url())
    open_form(page)
    page.get_by_label("від імені ТОВ «Тераса»").check()
    page.get_by_label("Ваші слова").fill("Почала й не")
    page.wait_for_function("() => Object.values(localStorage).some((v) => v.includes('й не'))")
    page.reload()
    open_form(page)
    page.get_by_role("button", name="Повернути текст").click()
    expect(page.get_by_label("Ваші слова")).to_have_value("Почала й не")
    expect(page.get_by_label("від імені ТОВ «Тераса»")).to_be_checked()
