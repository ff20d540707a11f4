"""Files of rows: their content, conditional requests, bounded memory."""

from __future__ import annotations

import json
import tracemalloc
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from insights.indicators.models import IndicatorValue
from petitions.models import Petition, Signature
from petitions.signing import counting
from portal.opendata import views
from portal.opendata.tables import petitions
from tests.petitions import factories as petition_factories

pytestmark = pytest.mark.django_db
CSV, JSONL = "/data/signatures.csv", "/data/signatures.jsonl"


def body(answer) -> str:
    return b"".join(answer.streaming_content).decode()


def test_a_signature_is_a_petition_and_an_hour(client, petition):
    rows = [json.loads(line) for line in body(client.get(JSONL)).splitlines()]
    assert len(rows) == 3  # the one that waits for a check does not count
    assert {row["petition_id"] for row in rows} == {petition.pk}
    for row in rows:
        assert [*row] == ["petition_id", "signed_hour"]
        hour = datetime.fromisoformat(row["signed_hour"])
        assert (hour.minute, hour.second, hour.microsecond) == (0, 0, 0)
        assert hour.utcoffset() in (timedelta(hours=2), timedelta(hours=3))


def test_answers_tell_scripts_and_programs_what_they_are(client, petition):
    answer = client.get("/data/petitions.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="petitions.csv"'
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "/data/petitions/schema.json" in answer.headers["Link"]
    assert answer.headers["Last-Modified"].endswith("GMT")
    assert "'=Лавки у парку" in body(answer)  # no formula
    assert json.loads(body(client.get("/data/petitions.jsonl")))["title"] == "=Лавки у парку"
    head = client.head("/data/petitions.csv")
    assert not b"".join(head)
    assert {*answer.headers} == {*head.headers}
    assert client.post("/data/petitions.csv").status_code == 405
    for path in ("/data/catalog.jsonld", "/data/petitions.jsonld", "/data/petitions/schema.json"):
        assert client.get(path).headers["Access-Control-Allow-Origin"] == "*", path
    for path in ("/data/nothing.csv", "/data/nothing/", "/data/nothing/schema.json"):
        assert client.get(path).status_code == 404, path


def test_what_has_not_changed_is_not_sent_again(
    client, petition, olena, department, django_assert_num_queries
):
    remarks = "/data/remarks.jsonl"
    etags = {path: client.get(path).headers["ETag"] for path in (CSV, JSONL, remarks)}
    assert etags[CSV] != etags[JSONL]
    with django_assert_num_queries(1):
        again = client.get(remarks, headers={"If-None-Match": f'"x", {etags[remarks]}'})
    assert (again.status_code, again.content) == (304, b"")
    with django_assert_num_queries(2):  # with that of the recounts
        assert client.get(CSV, headers={"If-None-Match": etags[CSV]}).status_code == 304
    petition_factories.signatures(petition, 1)
    counting.recount([petition.pk])
    assert client.get(CSV, headers={"If-None-Match": etags[CSV]}).status_code == 200


def test_hiding_makes_another_file(client, opened_remark, mo):
    path = "/data/remarks.jsonl"
    before = client.get(path)
    assert "Скоротити строк" in body(before)
    opened_remark.hide(mo)
    after = client.get(path, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    row = json.loads(body(after))
    assert (row["text"], row["proposal"], row["hidden"]) == (None, None, "profanity")


def test_figures_are_numbers(client):
    for place, value in enumerate((Decimal("22.5"), Decimal(455), None)):
        IndicatorValue.objects.create(
            indicator="visitors",
            period_kind="month",
            period_start=date(2026, 1, 1),
            breakdown="kind",
            part=str(place),
            position=place,
            value=value,
        )
    lines = body(client.get("/data/indicators.jsonl")).splitlines()
    assert [json.loads(line)["value"] for line in lines] == [22.5, 455, None]
    table = [line.split(",")[6] for line in body(client.get("/data/indicators.csv")).splitlines()]
    assert table[1:] == ["22.5", "455", ""]


def test_a_client_downloads_so_often(client, petition, monkeypatch):
    monkeypatch.setattr(views, "DOWNLOADS", replace(views.DOWNLOADS, most=2))
    first = client.get(CSV)
    assert client.get(JSONL).status_code == 200
    refused = client.get(CSV)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    # To ask whether anything has changed costs nothing, nor does what a file is.
    asked = {"If-None-Match": first.headers["ETag"]}
    assert client.get(CSV, headers=asked).status_code == 304
    assert client.head(CSV).status_code == 200


def test_all_petitions_are_read_to_the_last_signature(bohdan, monkeypatch):
    """Stretches end within a petition, at its end, and between signatures of one moment."""
    made = [petition_factories.petition(bohdan, title=f"Петиція {n}") for n in range(3)]
    for petition, number in zip(made, (5, 4, 2), strict=True):
        petition_factories.signatures(petition, number)
    Signature.objects.filter(petition=made[1]).update(at=made[1].published_at)
    expected = sorted(Signature.objects.values_list("petition_id", flat=True))
    for at_once in (1, 2, 3, 4, 11, 100):
        monkeypatch.setattr(petitions, "AT_ONCE", at_once)
        assert [row[0] for row in petitions.SIGNATURES.rows()] == expected, at_once


#: As many signatures as asked for, of one petition, in one moment: nothing is faster to write.
_SIGN = f"""
INSERT INTO {Signature._meta.db_table}
    (petition_id, name, email, name_withheld, wants_news, status, suspicion, domain, at)
SELECT %s, 'Х', '', false, false, 1, '', '', %s + n * interval '1 millisecond'
FROM generate_series(1, %s) AS n
"""  # noqa: S608 - names of tables


def test_more_rows_take_no_more_memory(client, bohdan, monkeypatch):
    """What `bin/bench opendata` shows of a million."""
    monkeypatch.setattr(petitions, "AT_ONCE", 500)
    petition = petition_factories.petition(bohdan)
    few, many = (_exported(client, petition, number) for number in (2_000, 18_000))
    assert many < few + 2**17
    assert many < 2**20


def _exported(client, petition: Petition, added: int) -> int:
    """Bytes of Python's memory at the height of an export, after so many rows were added."""
    with connection.cursor() as cursor:
        cursor.execute(_SIGN, [petition.pk, petition.published_at, added])
    answer = client.get(CSV)
    lines = 0
    tracemalloc.start()
    try:
        for block in answer.streaming_content:
            lines += block.count(b"\n")
        height = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert lines == Signature.objects.count() + 1
    return height
