"""A firm votes once for her company; her colleague with another mandate is told why he cannot."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from organisations.models import Organisation
from tests import factories
from tests.plugins.city import City
from tests.votes import factories as polls
from votes.models import OpenBallot, Poll, VoterRecord

pytestmark = pytest.mark.django_db(transaction=True)

with_and_without = pytest.mark.parametrize("javascript", [True, False])


@pytest.fixture
def companies(transactional_db, firm, bohdan) -> list[Organisation]:
    """Firm acts for both, bohdan for the first."""
    cafe = factories.organisation("ТОВ «Тераса»", firm, bohdan)
    return [cafe, factories.organisation("ПП «Липа»", firm)]


def asked(ofi, department, **fields) -> Poll:
    return polls.poll(ofi, department, voters=Poll.Voters.ORGANISATIONS, **fields)


def choose(page: Page, company: str, option: str) -> None:
    """From the poll's page to the page on which the ballot is checked."""
    page.get_by_role("link", name="Проголосувати", exact=True).click()
    page.get_by_label("Від чийого імені ви голосуєте").select_option(label=company)
    page.get_by_label(option).check()
    page.get_by_role("button", name="Перевірити бюлетень").click()
    expect(page.locator("h1")).to_contain_text("Перевірте бюлетень")
    for words in (company, option):
        expect(page.locator(".govuk-summary-list")).to_contain_text(words)


def cast(page: Page) -> None:
    page.get_by_role("button", name="Віддати голос").click()


@with_and_without
def test_a_firm_votes_once_and_her_colleague_is_told_why_not(
    city: City, department, ofi, firm, bohdan, companies, javascript
):
    poll = asked(ofi, department)
    address = poll.get_absolute_url()
    hers, his = (
        city.window(person, address, java_script_enabled=javascript) for person in (firm, bohdan)
    )
    choose(hers, "ТОВ «Тераса»", "Сквер")
    choose(his, "ТОВ «Тераса»", "Парк")
    cast(hers)
    expect(hers.locator("h1")).to_have_text("Ваш голос прийнято")
    expect(hers.locator("main")).to_contain_text("ТОВ «Тераса»")

    # He comes second: the reason stands above his form, and his choice in it.
    cast(his)
    told = his.locator(".govuk-error-summary")
    expect(told).to_contain_text("Ця організація вже проголосувала")
    expect(his.get_by_label("Парк")).to_be_checked()
    assert OpenBallot.objects.get().choices == polls.choose(poll, 1)
    assert VoterRecord.objects.get().user == firm

    # She changes it, and votes for her other company: that one has a vote of its own.
    for company, option in (("ТОВ «Тераса»", "Стадіон"), ("ПП «Липа»", "Парк")):
        hers.goto(city.web.url + address)
        choose(hers, company, option)
        cast(hers)
        expect(hers.locator("h1")).to_have_text("Ваш голос прийнято")
    said = OpenBallot.objects.order_by("voter_record__organisation")
    assert [each.choices for each in said] == [polls.choose(poll, 2), polls.choose(poll, 0)]


@with_and_without
def test_secretly_she_has_a_receipt_and_he_the_reason(
    city: City, department, ofi, firm, bohdan, companies, javascript
):
    poll = asked(ofi, department, secrecy=Poll.Secrecy.SECRET)
    hers, his = (
        city.window(person, poll.get_absolute_url(), java_script_enabled=javascript)
        for person in (firm, bohdan)
    )
    choose(hers, "ТОВ «Тераса»", "Сквер")
    choose(his, "ТОВ «Тераса»", "Парк")
    cast(hers)
    code = "".join(hers.locator(".receipt-code").inner_text().split())
    cast(his)
    expect(his.locator(".govuk-error-summary")).to_contain_text("Ця організація вже проголосувала")
    assert polls.in_boxes(poll)[0].code.hex == code
