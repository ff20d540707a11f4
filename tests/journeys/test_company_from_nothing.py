"""From nothing to a company's word on a draft, by thumb: no account, no organisation, one draft.

A tap is a touch of a control, of a field before one types into it too; what is done in the mail
program is not counted. With ``-s`` it prints what it took.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Locator, expect

from accounts.models import User
from consultations.models import Consultation, Remark, WaitingRemark
from notifications.models import Letter
from notifications.sending.mail import send_letter
from organisations.models import Organisation
from tests import factories
from tests.journeys.test_second_factor import with_authenticator
from tests.journeys.touch import TOUCH, Thumb
from tests.plugins.city import City
from tests.votes import factories as votes

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Для нас це зарплата баристи за місяць."
#: So many taps at most, to where the company's words are sent; over the list of drafts one more.
MOST = 16


@pytest.fixture
def regulatory(transactional_db, department) -> Consultation:
    return factories.consultation(department, procedure=factories.procedure("regulatory-act"))


@pytest.fixture
def mailed_code() -> Callable[[], str]:
    """The code of the last mail, sent as the worker sends it."""

    def read() -> str:
        for letter_id in Letter.objects.order_by("pk").values_list("pk", flat=True):
            send_letter(letter_id)
        found = re.search(r"^\d{4}-\d{4}$", mail.outbox[-1].body, re.MULTILINE)
        assert found
        return found[0]

    return read


class Newcomer(Thumb):
    def at(self, where: str) -> Locator:
        return self.page.locator(where).locator("visible=true").first

    def press(self, where: str) -> None:
        self.go(self.at(where))

    def write(self, where: str, words: str) -> None:
        self.type(self.at(where), words)

    def sign_up(self, email: str, mailed_code: Callable[[], str]) -> None:
        """Where signing in is asked for, by the form that stands there."""
        page = self.page
        expect(page.locator("main")).to_contain_text("це одна хвилина, без пароля")
        form = "form[action$='/account/signup/']"
        self.write(f"{form} [name=email]", email)
        self.tap(self.at(f"{form} label[for=id_agreed]"))
        self.press(f"{form} .govuk-button")
        self.write("[name=code]", mailed_code())
        self.press("main form button.govuk-button[value=verify]")


@pytest.mark.with_all
@pytest.mark.cpu(18)
def test_a_company_from_nothing_and_a_vote(
    city: City, regulatory: Consultation, ofi, department, mailed_code
):
    page = city.window(**TOUCH)
    who = Newcomer(page, "company-from-nothing")
    who.press("a[href$='/speak/']")
    who.sign_up("canary@viche.example", mailed_code)

    # At the form of the draft: the words, then the company, whose form asks for the name, too.
    page.wait_for_url(f"**{reverse('consultations:speak', args=[regulatory.pk])}")
    who.write("[data-remark-form] textarea[name=text]", WORDS)
    who.press("[data-remark-form] button[name=keep][value=organisation]")
    who.write("[name=code]", "20000002")
    who.write("[name=name]", "Товариство з обмеженою відповідальністю «Канарка»")
    who.write("[name=location]", "50001, м. Рудногірськ, пл. Рудникова, буд. 2")
    who.write("[name=own_given_name]", "Дарина")
    who.write("[name=own_family_name]", "Січова")
    expect(page.locator("[name=contact]")).to_have_value("canary@viche.example")
    who.press("main form button.govuk-button:text('Зареєструвати')")

    # Back at the draft, with the words, the company chosen.
    page.wait_for_url(f"**{reverse('consultations:speak', args=[regulatory.pk])}")
    expect(page.locator("main")).to_contain_text("Зареєстровано. Тепер надішліть свої слова")
    expect(page.locator("textarea[name=text]")).to_have_value(WORDS)
    expect(page.get_by_label("від імені ТОВ «Канарка»")).to_be_checked()
    assert page.locator("[name=own_given_name]").count() == 0
    who.press("[data-remark-form] .form-actions button.govuk-button")
    expect(page.locator("main")).to_contain_text("Чекає на підтвердження організації")
    sent = WaitingRemark.objects.get()
    made = Organisation.objects.get()
    assert (sent.text, sent.organisation, made.short_name) == (WORDS, made, "ТОВ «Канарка»")
    person = User.objects.get(email="canary@viche.example")
    assert (person.public_name, person.has_usable_password()) == ("Дарина С.", False)
    print(who)
    assert who.taps <= MOST

    # What is for her: the poll of everybody, not the one of a list; afterwards that it is done.
    jury = votes.poll(ofi, department, title="Журі", people=[("Ірина Мудра", "i@viche.example")])
    poll = votes.poll(ofi, department, title="Літній майданчик")
    page.goto(city.web.url + "/")
    expect(page.locator("main")).to_contain_text("Ви можете проголосувати.")
    expect(page.locator("main")).not_to_contain_text(jury.title)
    page.goto(city.web.url + reverse("votes:vote", args=[poll.pk]))
    who.tap(who.at("#ballot .govuk-radios__label"))
    who.press("button[name=check]")
    who.press("button[name=cast]")
    who.press("a[href$='/polls/for-me/']")
    expect(page.locator("main")).to_contain_text("Зараз для вас немає голосувань")


@pytest.mark.nightly
@pytest.mark.cpu(20)
def test_a_resident_from_nothing(city: City, department, mailed_code):
    """Eleven taps to a remark that stands under a name, and one to a passkey."""
    draft = factories.consultation(department)
    page = city.window(**TOUCH)
    with_authenticator(page)
    # Passkeys are bound to a name; an address of numbers is none.
    page.goto(f"http://localhost:{urlsplit(city.web.url).port}/")
    who = Newcomer(page, "resident-from-nothing")
    who.press("a[href$='/speak/']")
    who.sign_up("daryna@viche.example", mailed_code)
    page.wait_for_url(f"**{reverse('consultations:speak', args=[draft.pk])}")
    who.write("[data-remark-form] textarea[name=text]", "Потрібен ранковий рейс.")
    # Without the name it comes back with the words, and says what is missing.
    who.press("[data-remark-form] .form-actions button.govuk-button")
    expect(page.locator("main")).to_contain_text("Спершу напишіть своє ім’я")
    expect(page.locator("textarea[name=text]")).to_have_value("Потрібен ранковий рейс.")
    who.write("[name=own_given_name]", "Дарина")
    who.write("[name=own_family_name]", "Січова")
    who.press("[data-remark-form] .form-actions button.govuk-button")
    expect(page.locator("main")).to_contain_text("Дарина С.")
    assert Remark.objects.get().comment.author.public_name == "Дарина С."
    print(who)
    assert who.taps <= 12
    # One tap more, and next time none of it is needed: neither a code nor a password.
    said = page.url
    who.press("form[data-passkey=create] button.govuk-button")
    page.wait_for_url("**/account/security/codes/**")
    assert Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).count() == 1
    who.press("main .govuk-button")
    page.wait_for_url(said.partition("#")[0])
    expect(page.locator("form[data-passkey=create]")).to_have_count(0)
