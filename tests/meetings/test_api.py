"""The API of meetings: what the pages show, nothing that is not published."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meetings.models import Meeting, State
from meetings.rollcalls import actions
from tests.meetings import factories

pytestmark = pytest.mark.django_db
LIST = "/api/v1/meetings/"


def published(meeting: Meeting, votes: int = 1) -> None:
    by = factories.secretary()
    deputy = factories.deputies(meeting.body)[0]
    for _number in range(votes):
        roll_call = factories.roll_call(meeting)
        actions.enter_vote(roll_call, deputy, by=by, choice="for")
        actions.publish_roll_call(actions.close_roll_call(roll_call, by=by), by=by)


def test_lists_what_is_published(client: Client):
    for state in State:
        factories.meeting(state)
    factories.meeting(State.ANNOUNCED, kind="hearing")

    def states(query: str = "") -> list[str]:
        answer = client.get(LIST + query)
        assert answer.status_code == 200, answer.text
        return sorted(each["state"] for each in answer.json()["results"])

    assert states() == ["announced", "announced", "cancelled", "closed", "running"]
    assert states("?list=coming") == ["announced", "announced", "running"]
    assert states("?list=past") == ["cancelled", "closed"]
    assert states("?kind=hearing") == ["announced"]
    assert client.get(LIST + "?body=1").status_code == 400
    assert client.get(f"{LIST}?size=2").json()["next"]


def test_one_with_its_agenda_roll_calls_and_log(client: Client):
    meeting = factories.meeting(State.RUNNING)
    factories.on_item(meeting)
    published(meeting)
    factories.roll_call(meeting, question="Ще відкрите")
    one = f"{LIST}{meeting.pk}/"
    body = client.get(one).json()
    assert [item["state"] for item in body["items"]] == ["current", "planned", "planned"]
    (shown,) = client.get(f"{one}roll-calls/").json()["results"]
    assert (shown["needed"], shown["is_carried"], shown["present"]) == (3, False, 5)
    assert [vote["choice"] for vote in shown["votes"]].count("not_voting") == 4
    assert set(shown["votes"][0]) == {"deputy", "faction", "choice", "entered_by", "by_video"}
    assert shown["annulment"] is None
    log = client.get(f"{one}log/").json()["results"]
    assert [entry["kind"] for entry in log][:8] == ["opened", "item", *["came"] * 5, "roll_call"]


@pytest.mark.parametrize("part", ["", "roll-calls/", "log/"])
def test_a_draft_is_not_found(client: Client, part: str):
    meeting = factories.meeting(State.DRAFT)
    client.force_login(factories.secretary())
    assert client.get(f"{LIST}{meeting.pk}/{part}").status_code == 404


@pytest.mark.parametrize("part", ["", "roll-calls/", "log/"])
def test_queries_do_not_grow(client: Client, part: str):
    meeting = factories.meeting(State.RUNNING)
    factories.on_item(meeting)
    published(meeting)
    asked = []
    for _number in range(2):
        published(meeting, votes=2)
        with CaptureQueriesContext(connection) as caught:
            client.get(f"{LIST}{meeting.pk}/{part}", headers={"Accept-Language": "en"})
        asked.append(len(caught))
    assert asked[0] == asked[1] <= 9
