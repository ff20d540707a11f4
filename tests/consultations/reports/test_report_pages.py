"""The pages of a report: at the desk, with its saving by itself, and public."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from django.urls import reverse

from consultations.models import Disposition, Edition, Report, State
from consultations.remarks import actions as speaking
from consultations.reports import actions, queries, views
from discussions.actions import hide
from tests import factories

pytestmark = pytest.mark.django_db

TEXTS = {"outcome": "Враховано.", "summary": "Просять довшого часу."}


def desk(name: str, consultation, *more) -> str:
    return reverse(f"desk:{name}", args=[consultation.pk, *more])


def public(consultation, name: str = "report") -> str:
    return reverse(f"consultations:{name}", args=[consultation.pk])


@pytest.fixture
def officer(client, ofi):
    client.force_login(ofi)
    return client


@pytest.fixture
def spoken(opened, olena, bohdan, clock):
    for person, text in ((olena, "До 23:00."), (bohdan, "Ні, тихо.")):
        factories.settle(speaking.remark(opened, by=person, text=text))
    clock.set(opened.closes_at)
    return opened


@pytest.fixture
def edition(spoken, ofi):
    return factories.publish_report(spoken, by=ofi)


# --- writing --------------------------------------------------------------------------------------


def test_the_page_lists_what_the_procedure_asks_for(officer, closed):
    page = officer.get(desk("report", closed)).text
    for item in closed.procedure.report_must_hold:
        assert item in page


def drawn_from(page: str) -> str:
    return page.partition('name="drawn_from" value="')[2].partition('"')[0]


def write(officer, consultation, **texts):
    """Fill in the form as its page has it."""
    carried = drawn_from(officer.get(desk("report", consultation)).text)
    return officer.post(
        desk("report", consultation), {"drawn_from": carried, "subject": "Столи."} | TEXTS | texts
    )


def test_is_saved_by_the_button(officer, opened):
    answer = write(officer, opened)
    assert "data-kept-done" in officer.get(answer["Location"]).text
    assert Report.objects.get().summary == TEXTS["summary"]


def test_saves_itself_and_goes_on_from_what_it_saved(officer, opened):
    carried = drawn_from(officer.get(desk("report", opened)).text)
    for summary in ("Раз.", "Раз, два."):
        sent = TEXTS | {"summary": summary, "drawn_from": carried, "subject": "Столи."}
        answer = officer.post(desk("report", opened), sent, headers={"accept": "application/json"})
        assert answer.status_code == 200
        carried = answer.json()["drawn_from"]
    assert Report.objects.get().summary == "Раз, два."


def test_two_officers_at_once(officer, opened, admin):
    carried = drawn_from(officer.get(desk("report", opened)).text)
    actions.save(opened, by=admin, texts=TEXTS | {"summary": "Колеги."})
    sent = TEXTS | {"summary": "Моє.", "drawn_from": carried}
    by_itself = officer.post(desk("report", opened), sent, headers={"accept": "application/json"})
    assert by_itself.status_code == 409
    page = officer.post(desk("report", opened), sent)
    assert page.status_code == 409
    assert "Моє." in page.text
    assert "Колеги." in page.text
    assert Report.objects.get().summary == "Колеги."


def test_an_earlier_version_is_put_back(officer, opened, ofi, admin):
    actions.save(opened, by=ofi, texts=TEXTS)
    actions.save(opened, by=admin, texts={"summary": "Інакше."})
    page = officer.get(desk("report_versions", opened)).text
    assert TEXTS["summary"] in page
    first = Report.objects.get().versions.get(number=1)
    assert officer.post(desk("restore_report", opened, first.pk)).status_code == 302
    assert Report.objects.get().summary == TEXTS["summary"]


# --- publishing -----------------------------------------------------------------------------------


def test_says_which_rows_are_missing(officer, spoken):
    Disposition.objects.filter(remark__number=2).delete()
    write(officer, spoken)
    missing = queries.remarks_of(spoken).get(number=2)
    for name in ("report", "publish_report"):
        page = officer.get(desk(name, spoken)).text
    assert f"?q=2#row-{missing.pk}" in page
    assert officer.post(desk("publish_report", spoken)).status_code == 422
    assert not Edition.objects.exists()


def test_is_published_and_again_with_a_reason(officer, spoken):
    write(officer, spoken)
    assert officer.post(desk("publish_report", spoken)).status_code == 302
    again = desk("publish_report", spoken)
    assert officer.post(again, {"reason": ""}).status_code == 422
    assert officer.post(again, {"reason": "Помилка."}).status_code == 302
    assert [each.number for each in queries.editions_of(spoken)] == [2, 1]
    page = officer.get(desk("report", spoken)).text
    assert desk("report_progress", spoken) in page


def test_progress_is_shown_until_the_files_are_there(officer, edition):
    address = desk("report_progress", edition.consultation)
    Edition.objects.update(progress=40)
    assert "40" in officer.get(address).text
    Edition.objects.update(progress=100)
    assert "hx-get" not in officer.get(address).text


def test_the_desk_asks_as_much_of_many_remarks_as_of_few(
    officer, spoken, olena, django_assert_max_num_queries
):
    officer.get(desk("report", spoken))
    with django_assert_max_num_queries(15):
        officer.get(desk("report", spoken))


def test_the_deadlines_of_the_law(officer, department):
    procedure = factories.procedure("public-consultation")
    consultation = factories.consultation(department, State.OPEN, procedure=procedure)
    page = officer.get(desk("report", consultation)).text
    assert "5 робочих днів" in page
    assert str(procedure.report_period) in page


# --- reading --------------------------------------------------------------------------------------


def test_everybody_reads_it(client, edition, django_assert_max_num_queries):
    client.get(public(edition.consultation))
    with django_assert_max_num_queries(8):
        page = client.get(public(edition.consultation) + "?edition=1")
    for words in ("До 23:00.", "Олена", "Враховано", edition.sha256, "Просять довшого часу"):
        assert words in page.text
    assert public(edition.consultation) in client.get(edition.consultation.get_absolute_url()).text


def test_comes_in_pages(client, edition, monkeypatch):
    monkeypatch.setattr(queries, "PAGE_SIZE", 1)
    first = client.get(public(edition.consultation)).text
    assert "Ні, тихо." not in first
    following = first.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
    second = client.get(public(edition.consultation) + following).text
    assert "Ні, тихо." in second
    assert edition.sha256 not in second


def test_there_is_none_before(client, spoken):
    for name in ("report", "report_manifest", "report_docx", "report_pdf"):
        assert client.get(public(spoken, name)).status_code == 404


@pytest.mark.parametrize("number", ["2", "0", "x", "99999"])
def test_there_is_no_such_edition(client, edition, number):
    assert client.get(f"{public(edition.consultation)}?edition={number}").status_code == 404


def test_a_report_from_before_editions_says_what_was_decided(client, department):
    reported = factories.consultation(department, State.REPORTED)
    assert "Рішення ухвалено." in client.get(public(reported)).text


def test_what_a_moderator_hides_later_is_gone_from_it(client, edition, mo):
    remark = edition.rows.get(number=1).remark
    hide(remark.comment, by=mo, reason="personal", note="Порушує правила")
    page = client.get(public(edition.consultation)).text
    assert "До 23:00." not in page
    assert "Ні, тихо." in page


def test_the_manifest_gives_the_digest(client, edition):
    answer = client.get(public(edition.consultation, "report_manifest"))
    text = b"".join(answer.streaming_content)
    assert sha256(text).hexdigest() == edition.sha256
    head, *rows = text.decode().splitlines()
    assert json.loads(head)["rows"] == len(rows) == 2
    assert "Олена" not in text.decode()


def test_many_names_are_cut_on_the_page(client, edition, monkeypatch):
    monkeypatch.setattr(views, "MOST_NAMES", 1)
    assert "і ще 1" in client.get(public(edition.consultation)).text
