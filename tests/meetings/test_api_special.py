"""The API of amendments, conflicts of interest and stopped decisions: what the pages show."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.domain import clock
from core.domain.calendar import local_date
from meetings.amendments import actions as amendments
from meetings.amendments.queries import version_of
from meetings.conflicts import actions as conflicts
from meetings.models import Item, Meeting, RollCall, State
from meetings.rollcalls import actions, actions_decisions
from meetings.stopped import actions as stopped
from tests import factories as people
from tests.meetings import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def running() -> Meeting:
    """A session at its first item, which has a draft; all members are there."""
    made = factories.meeting(State.RUNNING)
    factories.everybody_is_here(made)
    drafted = people.consultation(people.department())
    made.items.filter(order=1).update(consultation=drafted)
    factories.on_item(made)
    made.refresh_from_db()
    return made


def told(client: Client, meeting: Meeting, part: str, query: str = "") -> Any:
    answer = client.get(f"/api/v1/meetings/{meeting.pk}/{part}/{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def moved(item: Item, marker: str, **said: Any) -> Any:
    version = version_of(item)
    assert version is not None
    clause = version.clauses.get(marker=marker)
    return amendments.propose(item, by=factories.secretary(), clause=clause, **said)


def voted(roll_call: RollCall, number: int) -> RollCall:
    by, meeting = factories.secretary(), roll_call.item.meeting
    assert meeting.body is not None
    for deputy in factories.deputies(meeting.body)[:number]:
        actions.enter_vote(roll_call, deputy, by=by, choice="for")
    return actions.close_roll_call(roll_call, by=by)


def test_amendments_with_what_became_of_each(client, running):
    by, item = factories.secretary(), running.items.get(order=1)
    deputy = factories.deputies(running.body)[0]
    moved(item, "2.", kind="replace", text="Працює до 21:00.", deputy=deputy)
    remove = moved(item, "2.", kind="remove", mover="Виконавчий комітет")
    gone = moved(item, "3.", kind="remove", mover="Виконавчий комітет")
    amendments.withdraw(gone, by=by)
    slip = voted(amendments.put_to_vote(remove, by=by), 0)
    actions_decisions.annul_roll_call(slip, by=by, reason="Закрито помилково")
    again = voted(amendments.put_to_vote(remove, by=by), 3)
    one, two, three = told(client, running, "amendments")["results"]
    assert [each["state"] for each in (one, two, three)] == ["closed", "adopted", "withdrawn"]
    assert (one["deputy"]["name"], one["mover"], one["text"]) == (
        deputy.name,
        "",
        "Працює до 21:00.",
    )
    assert (two["deputy"], two["mover"], two["roll_call"]) == (None, "Виконавчий комітет", again.pk)
    assert (two["clause"], two["version"], two["kind"]) == ("п. 2", 1, "remove")
    assert three["withdrawn_at"] is not None
    # What became of one depends on another page's.
    first = told(client, running, "amendments", "?size=1")
    assert [each["state"] for each in first["results"]] == ["closed"]
    assert first["next"]


def test_conflicts_that_stand(client, running):
    by, item = factories.secretary(), running.items.get(order=2)
    one, two, *_others = factories.deputies(running.body)
    conflicts.declare(item, one, by=by, words="Йдеться про землю мого брата")
    mistake = conflicts.declare(item, two, by=by, words="Не мій")
    conflicts.withdraw(mistake, by=by, reason="Помилка")
    (shown,) = told(client, running, "conflicts")["results"]
    assert set(shown) == {"id", "item", "deputy", "words", "declared_at"}
    assert (shown["item"], shown["deputy"]["name"]) == (item.pk, one.name)


def test_stopped_decisions_and_their_second_votes(client, running):
    by = factories.secretary()
    decided = voted(factories.roll_call(running), 3)
    made = stopped.stop(
        decided,
        by=by,
        on=local_date(clock.now()),
        head="Яременко Галина Степанівна",
        remarks="Немає джерела фінансування",
    )

    def state() -> str:
        (shown,) = told(client, running, "stops")["results"]
        assert (shown["roll_call"], shown["meeting"]) == (decided.pk, running.pk)
        assert shown["vote_due_on"] == made.vote_due_on.isoformat()
        assert (shown["document"], shown["remarks"]) == (None, "Немає джерела фінансування")
        return str(shown["state"])

    assert state() == "waiting"
    second = stopped.vote_again(made, running, by=by)
    assert state() == "voting"
    voted(second, 2)
    assert state() == "not_confirmed"
    actions_decisions.annul_roll_call(second, by=by, reason="Закрито помилково")
    assert state() == "waiting"
    voted(stopped.vote_again(made, running, by=by), 4)
    assert state() == "confirmed"


@pytest.mark.parametrize("part", ["amendments", "conflicts", "stops"])
def test_a_draft_is_not_found_and_nothing_is_written(client, part):
    meeting = factories.meeting(State.DRAFT)
    client.force_login(factories.secretary())
    address = f"/api/v1/meetings/{meeting.pk}/{part}/"
    assert client.get(address).status_code == 404
    assert client.post(address, {}, content_type="application/json").status_code == 405


def test_queries_do_not_grow(client, running):
    by, item = factories.secretary(), running.items.get(order=1)
    asked: dict[str, list[int]] = {}
    for number in range(2):
        for marker in ("1.", "3."):
            moved(item, marker, kind="insert", text="Ще слова.", mover="Виконком")
        roll_call = factories.roll_call(running, question=f"Питання {number}")
        said = {"on": local_date(clock.now()), "head": "Яременко Г. С.", "remarks": "Ні"}
        stopped.stop(voted(roll_call, 3), by=by, **said)
        later = running.items.get(order=number + 2)
        for deputy in factories.deputies(running.body)[: number + 1]:
            conflicts.declare(later, deputy, by=by, words="Брат")
        for part in ("amendments", "conflicts", "stops"):
            with CaptureQueriesContext(connection) as caught:
                client.get(
                    f"/api/v1/meetings/{running.pk}/{part}/", headers={"Accept-Language": "en"}
                )
            asked.setdefault(part, []).append(len(caught))
    assert all(one == two <= 9 for one, two in asked.values()), asked
