"""Open data and the API of what followed: the same rows as on the pages, and no person's name."""

from __future__ import annotations

import csv
import io
import json

import pytest

from consultations import opendata
from consultations.dispositions import actions
from consultations.models import Consultation, Procedure, State
from consultations.remarks import actions as speaking
from core.domain import clock
from core.web.pages import forget_pages
from discussions import actions as discussion
from tests import factories

pytestmark = pytest.mark.django_db


def body_of(response) -> str:
    return b"".join(response.streaming_content).decode("utf-8-sig")


def table(client, path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body_of(client.get(path)))))


@pytest.fixture
def settled(opened, olena, bohdan, ofi):
    """Two remarks: one accepted and approved, one decided on but not public."""
    first = speaking.remark(opened, by=olena, text="=Освітіть сквер")
    second = speaking.remark(opened, by=bohdan, text="Залиште лави")
    key = opened.draft.versions.get().clauses.get(number="2").key
    actions.settle(first, by=ofi, kind="accepted", resulting_key=key)
    actions.approve(first, by=ofi)
    actions.settle(second, by=ofi, kind="rejected", reason="Лави замінять")
    return first, second


def test_the_table_of_remarks_holds_what_is_public(client, opened, settled, olena):
    rows = table(client, f"/consultations/{opened.pk}/data.csv")
    assert [row["disposition"] for row in rows] == ["accepted", ""]
    assert [row["reason"] for row in rows] == ["", ""]
    assert rows[0]["resulting_clause"] and rows[0]["text"] == "'=Освітіть сквер"
    told = body_of(client.get(f"/consultations/{opened.pk}/data.json"))
    assert [row["id"] for row in json.loads(told)["remarks"]] == [one.pk for one in settled]
    assert olena.public_name not in told


def test_of_a_hidden_remark_ground_and_kind_alone_are_told(client, opened, settled, mo):
    discussion.hide(settled[0].comment, by=mo, reason="spam", note="Порушує правила")
    [row, _other] = table(client, f"/consultations/{opened.pk}/data.csv")
    assert row["text"] == row["proposal"] == "" and row["hidden"]
    assert (row["disposition"], row["reason"], row["resulting_clause"]) == ("accepted", "", "")
    address = f"/api/v1/consultations/{opened.pk}/dispositions/"
    [told] = client.get(address).json()["results"]
    assert (told["kind"], told["reason"], told["resulting_clause"]) == ("accepted", None, None)
    # Where its ground frees the council from deciding, nothing; with the report it has its row.
    Procedure.objects.filter(pk=opened.procedure_id).update(unconsidered={"spam": "ст. 1"})
    forget_pages()
    assert client.get(address).json()["results"] == []
    now = clock.now()
    Consultation.objects.filter(pk=opened.pk).update(closes_at=now, reported_at=now)
    told, _other = client.get(address, {"size": 5}).json()["results"]
    assert (told["number"], told["text"], told["author"]) == (None, None, None)
    assert (told["kind"], told["reason"], told["resulting_clause"]) == (None, None, None)
    assert told["hidden"]["code"] == "spam"
    of_kind = client.get(address, {"kind": "accepted"}).json()["results"]
    assert of_kind == []


def test_replies_stand_beside_what_they_answer(client, opened, olena, ofi, mo):
    """Law 3841-IX art. 15(6); with hidden words neither stands."""
    asked, hidden = (
        speaking.remark(opened, by=olena, text=f"Коли {word}?", kind="question")
        for word in ("почнуть", "купите в мене")
    )
    speaking.answer(asked, by=ofi, text="У травні")
    speaking.answer(hidden, by=ofi, text="Ніколи")
    discussion.hide(hidden.comment, by=mo, reason="spam", note="Реклама")
    rows = table(client, f"/consultations/{opened.pk}/data.csv")
    assert [row["kind"] for row in rows] == ["question", "question"]
    assert [row["answer"] for row in rows] == ["У травні", ""]


def test_all_announced_consultations_are_told_and_no_other(client, opened, settled, department):
    factories.consultation(department, State.PREPARING)  # in preparation
    [row] = table(client, "/consultations/data.csv")
    assert (row["id"], row["remarks"], row["decision"]) == (str(opened.pk), "2", "")
    assert json.loads(body_of(client.get("/consultations/data.json")))["consultations"]


def test_rows_come_by_keyset(opened, settled, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(opendata, "AT_ONCE", 1)
    consultation = Consultation.objects.get(pk=opened.pk)
    list(opendata.remarks_of(consultation))  # this process has read the text by now
    with django_assert_num_queries(6):  # the newest text, three pages, what is folded into two
        assert len(list(opendata.remarks_of(consultation))) == 2


def test_programs_read_dispositions(client, opened, settled, django_assert_max_num_queries):
    path = f"/api/v1/consultations/{opened.pk}/dispositions/"
    with django_assert_max_num_queries(12):
        [told] = client.get(path).json()["results"]
    assert (told["remark"], told["kind"], told["folded"]) == (settled[0].pk, "accepted", 0)
    assert told["resulting_label"] and told["author"]
    assert client.get(f"{path}?kind=rejected").json()["results"] == []
    assert client.get(f"{path}?kind=other").status_code == 400


def test_before_the_report_there_is_neither_report_nor_decision(client, opened):
    for part in ("report", "decision"):
        assert client.get(f"/api/v1/consultations/{opened.pk}/{part}/").status_code == 404
