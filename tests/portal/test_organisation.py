"""The public page of an organisation: who it is, what it said and what became of it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.remarks import actions
from core.domain import clock as core_clock
from core.web.pages import forget_pages
from organisations.models import Organisation
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    forget_pages()


@pytest.fixture
def terrace(firm) -> Organisation:
    return factories.organisation("ТОВ «Тераса»", firm)


@pytest.fixture
def opened(department):
    return factories.consultation(department)


def test_tells_who_it_is(client, terrace, firm):
    page = client.get(f"/organisations/{terrace.pk}/").text
    for words in (terrace.name, terrace.code, terrace.location, "нічого не сказано"):
        assert words in page
    assert terrace.contact not in page and firm.email not in page


def test_of_a_sole_proprietor_neither_code_nor_address(client, firm):
    sole = factories.organisation(
        "ФОП Савчук І. П.", firm, kind="sole", code="", code_key="f" * 64, location="вул. Тиха, 7"
    )
    page = client.get(f"/organisations/{sole.pk}/").text
    assert "ФОП Савчук" in page
    assert "вул. Тиха" not in page and "ffff" not in page and "ЄДРПОУ" not in page


def test_what_it_said_and_what_became_of_it(client, opened, terrace, firm, ofi, settings):
    settings.SHARED_PAGE_SECONDS = 0
    for number in range(22):
        said = actions.remark(opened, by=firm, text=f"слово {number}.", organisation_id=terrace.pk)
    actions.remark(opened, by=firm, text="сама від себе", organisation_id=None)
    actions.answer(said, by=ofi, text="Враховано у пункті 2.")
    address = f"/organisations/{terrace.pk}/"
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address)
    assert len(captured) <= 5
    assert "слово 21." in page.text and "Враховано у пункті 2." in page.text
    assert "слово 1." not in page.text and "сама від себе" not in page.text
    assert "слово 1." in client.get(page.context["next_url"]).text


def test_a_closed_one_keeps_its_page(client, opened, terrace, firm):
    actions.remark(opened, by=firm, text="слово", organisation_id=terrace.pk)
    Organisation.objects.filter(pk=terrace.pk).update(closed_at=core_clock.now())
    page = client.get(f"/organisations/{terrace.pk}/").text
    assert "слово" in page and "більше не бере тут участі" in page


def test_is_shared_by_all_and_true_at_once(client, opened, terrace, firm, olena):
    page = client.get(f"/organisations/{terrace.pk}/")
    assert page.headers["Cache-Control"] == "public, max-age=0, s-maxage=1"
    said = actions.remark(opened, by=firm, text="слово", organisation_id=terrace.pk)
    shown = client.get(said.get_absolute_url()).text
    assert "ТОВ «Тераса»" in shown
