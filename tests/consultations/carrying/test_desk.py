"""The officer's pages: matching of clauses, remarks on what changes, how far the job is."""

from __future__ import annotations

import io
import re

import pytest
from lxml import html

from consultations.carrying import actions
from consultations.models import Carrying, Place
from consultations.text import actions as text_actions
from drafts.models import Revision
from tests.consultations.carrying.conftest import (
    SECOND,
    carry,
    clause_of,
    publish,
    say,
)

pytestmark = pytest.mark.django_db


def text_of(page) -> str:
    return " ".join(html.fromstring(page.content).text_content().split())


@pytest.fixture
def imported(opened, ofi):
    """The second version as a preview."""
    file = io.BytesIO(SECOND.encode())
    return text_actions.import_text(opened, by=ofi, file=file, name="n.txt")


@pytest.fixture
def officer(client, ofi):
    client.force_login(ofi)
    return client


def address(consultation, page: str) -> str:
    return f"/desk/consultations/{consultation.pk}/text/{page}/"


def drawn(client, url):
    page = html.fromstring(client.get(url).content)
    (form,) = page.xpath('//form[.//*[starts-with(@name, "continues_")]]')
    return dict(form.form_values())


def test_doubtful_pairs_come_first_and_can_be_corrected(officer, opened, imported):
    url = address(opened, "matching")
    first, second = (clause_of(opened, number, 2) for number in "45")
    third = clause_of(opened, "3").key
    fields = drawn(officer, url)
    parts = {name: key for name, key in fields.items() if name.startswith("continues_")}
    assert parts == {f"continues_{first.pk}": str(third), f"continues_{second.pk}": "new"}
    swapped = {f"continues_{first.pk}": "new", f"continues_{second.pk}": str(third)}
    answer = officer.post(url, {**fields, **swapped})
    assert answer.status_code == 302, text_of(answer)
    for clause in (first, second):
        clause.refresh_from_db()
        assert clause.is_match_confirmed
    assert second.key == third != first.key
    revision = Revision.objects.get()
    assert revision.kind == "rematch"
    assert "Сумнівних пар немає" in officer.get(url).text


def test_a_clause_can_be_said_to_be_new_and_that_undone(officer, opened, imported, olena):
    url = address(opened, "matching") + "?all=1"
    clause = clause_of(opened, "3", 2)
    fields = drawn(officer, url)
    assert fields[f"continues_{clause.pk}"] == str(clause_of(opened, "2").key)
    officer.post(url, {**fields, f"continues_{clause.pk}": "new"})
    known = clause.key
    clause.refresh_from_db()
    assert clause.key != known
    officer.post(f"/desk/consultations/{opened.pk}/text/undo/{Revision.objects.get().pk}/")
    clause.refresh_from_db()
    assert clause.key == known


def test_two_cannot_continue_the_same(officer, opened, imported):
    url = address(opened, "matching") + "?all=1"
    fields = drawn(officer, url)
    pks = [clause_of(opened, number, 2).pk for number in ("2", "3")]
    same = fields[f"continues_{pks[0]}"]
    offered = re.search(rf'name="continues_{pks[1]}".*?</select>', officer.get(url).text, re.DOTALL)
    assert offered
    answer = officer.post(url, {**fields, f"continues_{pks[1]}": same})
    assert answer.status_code == 422


def test_a_colleagues_correction_is_not_overwritten(officer, opened, imported, ofi):
    url = address(opened, "matching") + "?all=1"
    fields = drawn(officer, url)
    clause = clause_of(opened, "3", 2)
    officer.post(url, {**fields, f"continues_{clause.pk}": "new"})
    assert officer.post(url, fields).status_code == 409


def test_before_publishing_the_officer_sees_what_stands_on_what_changes(
    officer, opened, imported, olena, bohdan
):
    for by, number in ((olena, "2"), (bohdan, "2"), (olena, "6"), (olena, "1")):
        say(opened, by, number)
    shown = text_of(officer.get(address(opened, "publish")))
    assert "2 зауваження стосуються пунктів, слова яких змінюються" in shown
    assert "1 зауваження стосується пунктів, яких не стане" in shown


def test_publishing_leads_to_the_progress(officer, opened, imported, olena):
    remark = say(opened, olena, "6", "постійну комісію")
    url = address(opened, "publish")
    page = html.fromstring(officer.get(url).content)
    drawn_from = page.xpath('string(//input[@name="drawn_from"]/@value)')
    answer = officer.post(url, {"drawn_from": drawn_from})
    assert answer["Location"] == address(opened, "carrying")
    page = officer.get(answer["Location"])
    assert "<progress" in page.text
    assert 'hx-trigger="every' in page.text
    carry(opened)
    page = officer.get(answer["Location"])
    assert "<progress" not in page.text
    assert remark.quote in page.text
    part = officer.get(answer["Location"], headers={"HX-Request": "true"})
    assert "<html" not in part.text


def test_queries_do_not_grow(
    officer, opened, imported, olena, bohdan, ofi, django_assert_max_num_queries
):
    for number in "123456":
        say(opened, olena, number)
        say(opened, bohdan, number)
    for page in ("matching", "publish"):
        with django_assert_max_num_queries(18):
            officer.get(address(opened, page))
    text_actions.publish_text(opened, by=ofi)
    actions.carry(Carrying.objects.get().pk)
    assert Place.objects.count() == 12
    with django_assert_max_num_queries(18):
        officer.get(address(opened, "carrying"))


def test_the_table_of_dispositions_finds_a_remark_where_it_stands_now(
    officer, opened, olena, bohdan, ofi
):
    """By the same rule as the public page; what was taken out is found apart."""
    moved, stays, gone = say(opened, olena, "5"), say(opened, bohdan, "1"), say(opened, olena, "6")
    publish(opened, ofi)
    carry(opened)

    def shown(clause) -> set[int]:
        page = officer.get(f"/desk/consultations/{opened.pk}/table/", {"clause": clause})
        return {each.row.pk for each in page.context["rows"]}

    assert shown(clause_of(opened, "6", 2).key) == {moved.pk}
    assert shown(clause_of(opened, "2", 2).key) == {stays.pk}
    assert shown("removed") == {gone.pk}
    assert shown("") == {moved.pk, stays.pk, gone.pk}
