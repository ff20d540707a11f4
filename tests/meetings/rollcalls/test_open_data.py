"""Open data of roll-calls: one row a vote, the same in CSV and JSON, with an ETag."""

from __future__ import annotations

import csv
import io
import json

import pytest

from meetings.models import Meeting, State, Vote
from meetings.rollcalls import actions, open_data
from tests.meetings import factories

pytestmark = pytest.mark.django_db


def published(choices: str = "++-0 ", *, times: int = 1) -> Meeting:
    """A session with so many published roll-calls, and one that is closed and not published."""
    by = factories.secretary()
    meeting = factories.meeting(State.RUNNING, title="Сесія; з крапкою", of=factories.body())
    factories.on_item(meeting)
    assert meeting.body is not None
    said = {"+": "for", "-": "against", "0": "abstained"}
    factories.here(meeting, len(choices.rstrip()))
    for _number in range(times):
        roll_call = factories.roll_call(meeting, question="=Прийняти?")
        for deputy, sign in zip(factories.deputies(meeting.body), choices, strict=True):
            if sign in said:
                actions.enter_vote(roll_call, deputy, by=by, choice=said[sign])
        actions.publish_roll_call(actions.close_roll_call(roll_call, by=by), by=by)
    actions.close_roll_call(factories.roll_call(meeting, question="Таємно"), by=by)
    return meeting


def body(answer) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_one_row_a_vote_in_both_formats(client):
    meeting = published()
    for prefix in ("/meetings", f"/meetings/{meeting.pk}"):
        rows = list(csv.DictReader(io.StringIO(body(client.get(f"{prefix}/roll-calls.csv")))))
        told = json.loads(body(client.get(f"{prefix}/roll-calls.json")))["votes"]
        assert [row["choice"] for row in rows] == [
            "for",
            "for",
            "against",
            "abstained",
            "absent",
        ]
        assert [*rows[0]] == [*told[0]] == [each.name for each in open_data.COLUMNS]
        assert [int(row["vote_id"]) for row in rows] == [row["vote_id"] for row in told]
        # Words that begin like a formula are none in a spreadsheet, and as they are in JSON.
        assert rows[0]["question"] == "'=Прийняти?"
        assert told[0]["question"] == "=Прийняти?"
        first = told[0]
        assert (first["for"], first["needed"], first["membership"], first["carried"]) == (
            2,
            3,
            5,
            False,
        )
        assert first["deputy"] == "Бондар Олег Іванович"
        assert first["url"].endswith(f"/meetings/{meeting.pk}/roll-calls/{first['roll_call_id']}/")
    assert "Таємно" not in body(client.get("/meetings/roll-calls.csv"))


def test_of_one_meeting_alone_and_of_none_that_is_not_announced(client):
    meeting, draft = published(), factories.meeting(State.DRAFT)
    other = factories.meeting(State.ANNOUNCED)
    assert json.loads(body(client.get(f"/meetings/{other.pk}/roll-calls.json"))) == {"votes": []}
    assert client.get(f"/meetings/{draft.pk}/roll-calls.json").status_code == 404
    votes = json.loads(body(client.get(f"/meetings/{meeting.pk}/roll-calls.json")))["votes"]
    assert {vote["meeting_id"] for vote in votes} == {meeting.pk}


def test_what_has_not_changed_is_not_sent_again(client):
    meeting = published()
    for path in ("/meetings/roll-calls.csv", f"/meetings/{meeting.pk}/roll-calls.json"):
        etag = client.get(path)["ETag"]
        assert client.get(path, headers={"If-None-Match": f'"other", {etag}'}).status_code == 304
    for roll_call in meeting.items.get(order=1).roll_calls.filter(published_at=None):
        actions.publish_roll_call(roll_call, by=factories.secretary())
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 200


def test_is_read_in_stretches(client, monkeypatch, django_assert_num_queries):
    meeting = published(times=5)
    monkeypatch.setattr(open_data, "AT_ONCE", 2)
    # Three stretches, each of roll-calls and their votes.
    with django_assert_num_queries(6):
        rows = list(open_data.rows_of(open_data.published_roll_calls()))
    assert len(rows) == Vote.objects.filter(roll_call__published_at__isnull=False).count() == 25
    assert {row.meeting.pk for row in rows} == {meeting.pk}


def test_the_columns_are_explained(client):
    page = client.get("/meetings/open-data/").text
    for column in open_data.COLUMNS:
        assert column.name in page
