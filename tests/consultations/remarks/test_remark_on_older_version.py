"""A remark on an earlier version says which one, and leads to its clause there."""

from __future__ import annotations

import io

import pytest
from lxml import html

from consultations.remarks import actions
from consultations.text import actions as text_actions
from drafts.models import Clause
from tests import factories

pytestmark = pytest.mark.django_db

#: The former 2.1 becomes 3.1, another 2.1 comes in.
RENUMBERED = (
    factories.DRAFT.replace(
        "2. Установити", "2. Заснувати реєстр майданчиків.\n2.1. Реєстр є відкритим.\n3. Установити"
    )
    .replace("2.1. У дні", "3.1. У дні")
    .replace("3. Контроль", "4. Контроль")
)


def publish(consultation, by, text):
    text_actions.import_text(consultation, by=by, file=io.BytesIO(text.encode()), name="n.txt")
    text_actions.publish_text(consultation, by=by)


@pytest.fixture
def spoken(opened, olena, ofi):
    """A remark on words of 2.1 of version 1, which is 3.1 in version 2."""
    clause = Clause.objects.get(version__draft=opened.draft, number="2.1")
    remark = actions.remark(opened, by=olena, text="До 22:00 досить.", clause_id=clause.pk)
    publish(opened, ofi, RENUMBERED)
    return remark


def part(client, address, remark):
    page = html.fromstring(client.get(address).text)
    return page.xpath(f'//*[@id="remark-{remark.pk}"]')[0]


@pytest.mark.parametrize("place", ["", "remarks/", "own"])
def test_says_which_version_it_speaks_of(client, opened, spoken, place):
    address = opened.get_absolute_url()
    shown = part(client, spoken.get_absolute_url() if place == "own" else address + place, spoken)
    (link,) = shown.xpath(f'.//a[contains(@href, "#c-{spoken.clause.short_key}")]')
    assert link.get("href") == f"{address}?version=1#c-{spoken.clause.short_key}"
    assert "п. 2.1" in link.text_content()
    assert "1" in link.text_content().replace("2.1", "")
    text = html.fromstring(client.get(link.get("href")).content)
    assert "У дні свят" in text.xpath(f'//*[@id="c-{spoken.clause.short_key}"]')[0].text_content()


def test_a_remark_on_the_newest_version_says_nothing_of_versions(client, opened, spoken, bohdan):
    clause = Clause.objects.get(version__draft=opened.draft, version__number=2, number="2.1")
    new = actions.remark(opened, by=bohdan, text="Так.", clause_id=clause.pk)
    shown = part(client, opened.get_absolute_url(), new)
    (link,) = shown.xpath('.//a[contains(@href, "#c-")]')
    assert link.get("href") == f"{opened.get_absolute_url()}#c-{clause.short_key}"
    assert link.text_content() == "п. 2.1"


def test_is_counted_at_its_clause_in_the_newest_text(client, opened, spoken):
    page = html.fromstring(client.get(opened.get_absolute_url()).content)
    clause = page.xpath(f'//*[@id="c-{spoken.clause.short_key}"]')[0]
    assert "3.1." in clause.text_content()
    (count,) = clause.xpath('.//*[contains(@class, "clause__count")]/span')
    assert count.text == "1"
    only = opened.get_absolute_url() + f"remarks/?clause={spoken.clause_key}"
    assert part(client, only, spoken) is not None


def test_the_wording_is_compared_with_the_text_that_it_proposes_to_change(
    client, opened, olena, ofi
):
    clause = Clause.objects.get(version__draft=opened.draft, number="2.1")
    proposal = clause.text.replace("23:00", "24:00")
    remark = actions.remark(
        opened, by=olena, text="", kind="wording", clause_id=clause.pk, proposal=proposal
    )
    publish(opened, ofi, RENUMBERED.replace("23:00", "21:00"))
    shown = part(client, opened.get_absolute_url(), remark)
    assert "23" in shown.xpath(".//del")[0].text_content()
    assert "24" in shown.xpath(".//ins")[0].text_content()
    assert "21:00" not in shown.text_content()


def test_the_officers_table_says_it_too(client, opened, spoken, ofi):
    client.force_login(ofi)
    row = part(client, f"/desk/consultations/{opened.pk}/remarks/", spoken)
    assert " ".join(row.xpath("./th")[0].text_content().split()).startswith("п. 2.1 ")


def test_the_page_says_what_the_procedure_requires(client, opened):
    page = html.fromstring(client.get(opened.get_absolute_url()).content)
    facts = " ".join(page.xpath('string(//details[contains(@class, "about")]//dl)').split())
    procedure = opened.procedure
    for said in (
        str(procedure.shortest_period),
        procedure.legal_basis,
        procedure.martial_law_basis,
        procedure.get_participants_display(),
        procedure.report_must_hold[0],
    ):
        assert str(said) in facts
