"""A company speaks before it is confirmed; confirmed, its words join with their date."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.timezone import localtime
from playwright.sync_api import Page, expect

from consultations.models import Remark, WaitingRemark
from consultations.waiting import actions as waiting
from organisations.models import Organisation
from organisations.registering.actions import register
from tests import factories
from tests.journeys.test_speak_for_a_company import FIELDS, live, open_form
from tests.plugins.city import City, second_of

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Для нас це зарплата баристи за місяць."


@pytest.fixture
def regulatory(transactional_db, department):
    return factories.consultation(department, procedure=factories.procedure("regulatory-act"))


def confirm(officer: Page) -> None:
    """The officer finds that a remark waits, and confirms the organisation by its papers."""
    officer.get_by_role("link", name=FIELDS["short_name"]).click()
    expect(officer.locator("main")).to_contain_text("Зауваження, що чекають на підтвердження")
    expect(officer.locator("main")).not_to_contain_text("баристи")
    officer.check("[name=papers][value=extract]")
    officer.get_by_role("button", name="Підтвердити").click()
    officer.wait_for_url("**/desk/organisations/")


@pytest.mark.clocked
@pytest.mark.cpu(12)
def test_a_company_speaks_before_it_is_confirmed(city: City, regulatory, firm, olena, ofi, clock):
    address = regulatory.get_absolute_url()
    register(by=firm, kind=Organisation.Kind.LEGAL, code="20000002", fields=FIELDS)
    hers = city.window(firm, address)
    others = city.window(None, address)
    live(others)

    # She writes for the company, which is offered first; it is kept, and the page says so.
    open_form(hers)
    form = hers.locator("#speak-whole form")
    expect(form.get_by_label("від імені ТОВ «Тераса»")).to_be_checked()
    form.get_by_label("Ваші слова").fill(WORDS)
    form.get_by_role("button", name="Надіслати зауваження").click()
    thanks = hers.locator("#speak-whole .notice--success")
    expect(thanks).to_contain_text("щойно організацію підтвердять")
    thanks.get_by_role("link").click()
    expect(hers.locator("main")).to_contain_text("Чекає на підтвердження організації")
    expect(hers.locator("main")).to_contain_text(WORDS)
    sent = WaitingRemark.objects.get()

    # A stranger sees nothing: neither words nor a number, nor a page at its address.
    others.reload()
    live(others)
    expect(others.locator('#remarks-heading [data-count="remarks"]')).to_have_text("0")
    assert "баристи" not in others.content()
    assert others.request.get(city.web.url + sent.get_absolute_url()).status == 404

    # An officer confirms; whoever has the page open sees it appear, with the date of its sending.
    clock.advance(days=2)
    officer = city.window(ofi, reverse("organisations_desk:queue"))
    expect(officer.locator("main")).to_contain_text("1 зауваження чекає на підтвердження")
    confirm(officer)
    assert waiting.join_confirmed() == 1
    seen = others.locator(f"#remark-{sent.pk}")
    expect(seen).to_contain_text("баристи", timeout=second_of(others, seconds=2))
    expect(seen).to_contain_text("ТОВ «Тераса»")
    expect(others.locator('#remarks-heading [data-count="remarks"]')).to_have_text("1")
    joined = Remark.objects.get()
    assert joined.comment.created_at == sent.sent_at
    assert localtime(sent.sent_at).isoformat()[:16] in seen.inner_html()
    hers.reload()
    expect(hers.locator("main")).not_to_contain_text("Чекає на підтвердження")
    expect(hers.locator("main")).to_contain_text(WORDS)
