"""Consultations, and the remarks of one, as open data: nobody's name, nothing hidden."""

from __future__ import annotations

import csv
import json
from datetime import timedelta

import pytest
from django.urls import reverse

from consultations import opendata
from consultations.actions import remarks as remark_actions
from consultations.decisions import actions
from consultations.models import Disposition, State
from core.domain import clock as database_clock
from core.domain.calendar import local_date
from discussions import actions as discussion
from tests import factories

pytestmark = pytest.mark.django_db

DATA = reverse("consultations:data_json")


def body(answer) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig")


@pytest.fixture
def decided(department, olena, bohdan, ofi, mo):
    """Two remarks, one of them taken; a third is hidden; adopted, one step done and one late."""
    consultation = factories.consultation(department)
    said = [
        remark_actions.remark(consultation, by=person, text=text)
        for person, text in ((olena, "=Пандус"), (bohdan, "Лави"), (bohdan, "барвінок"))
    ]
    values = {"by": ofi, "decided_at": database_clock.now()}
    Disposition.objects.create(remark=said[0], kind="accepted", **values)
    discussion.hide(said[2].comment, by=mo, reason="spam")
    consultation.closes_at = consultation.reported_at = database_clock.now()
    consultation.save()
    Disposition.objects.create(  # of after the report: not public
        remark=said[1],
        kind="rejected",
        changed_at=database_clock.now() + timedelta(hours=1),
        **values,
    )
    today = local_date(database_clock.now())
    votes = {"votes_for": 30, "against": 0, "abstained": 3, "not_voting": 5, "members": 54}
    act = {"outcome": "adopted", "decided_on": today, "number": "12", **votes}
    decision = actions.enter(consultation, by=ofi, fields=act)
    for days in (-1, 5):
        day = today + timedelta(days=days)
        actions.add_step(decision, by=ofi, text="Крок", responsible="Хтось", due_on=day)
    return consultation


def test_every_published_consultation(decided, department, client):
    factories.consultation(department, State.PREPARING, title="таємна")
    (row,) = json.loads(body(client.get(DATA)))["consultations"]
    assert (row["id"], row["state"], row["remarks"]) == (decided.pk, "reported", 2)
    assert (row["accepted"], row["rejected"]) == (1, 0)
    assert (row["decision"], row["act"], row["votes_for"], row["against"]) == (
        "adopted",
        "12",
        30,
        0,
    )
    assert (row["steps"], row["steps_done"], row["steps_late"]) == (2, 0, 1)
    table = list(csv.DictReader(body(client.get(reverse("consultations:data_csv"))).splitlines()))
    assert [each["url"] for each in table] == [row["url"]]
    assert set(table[0]) == set(opendata.COLUMNS)


def test_the_remarks_of_one_name_nobody(decided, client, olena, bohdan):
    text = body(client.get(reverse("consultations:remarks_json", args=[decided.pk])))
    rows = json.loads(text)["remarks"]
    assert [(row["text"], row["disposition"]) for row in rows] == [
        ("=Пандус", "accepted"),
        ("Лави", None),
    ]
    for word in ("барвінок", olena.family_name, bohdan.family_name, olena.email):
        assert word not in text
    table = body(client.get(reverse("consultations:remarks_csv", args=[decided.pk])))
    assert "'=Пандус" in table  # no cell is a formula


def test_in_batches_of_few_queries(decided, department, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(opendata, "AT_ONCE", 2)
    for _number in range(3):
        factories.consultation(department)
    with django_assert_num_queries(6 * 2 + 1):  # the third batch is empty
        assert len(list(opendata.rows())) == 4


def test_of_an_unpublished_one_there_is_none(department, client):
    hidden = factories.consultation(department, State.PREPARING)
    for name in ("remarks_csv", "remarks_json"):
        page = reverse(f"consultations:{name}", args=[hidden.pk])
        assert client.get(page).status_code == 404
