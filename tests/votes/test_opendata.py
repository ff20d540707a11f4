"""Polls as open data: numbers for everybody, ballots that can be counted again, nobody's name."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests import factories as house
from tests.crowds import crowd
from tests.votes import factories
from votes import opendata
from votes.ballots import actions as cast_actions
from votes.ballots.answers import asked_question
from votes.counting.count import count
from votes.counting.ties import TieBreak
from votes.electorate import actions as electorate_actions
from votes.life import actions
from votes.models import OpenBallot, Poll, State
from votes.paper import actions as paper_actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return house.department()


@pytest.fixture
def officer(department):
    return house.user("officer", role="officer", department=department)


def body(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.getvalue().decode()


def table(client, path: str) -> list[dict[str, str]]:
    text = body(client, path)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def voted(officer, department, people, **fields) -> Poll:
    """A poll of every kind of question in which they have voted, with its results published."""
    poll = factories.poll(officer, department, questions=factories.ALL_KINDS, **fields)
    for person in people:
        cast_actions.cast(poll, by=person, choices=factories.filled(poll))
    actions.publish(factories.close(poll), by=officer)
    return poll


def test_all_that_is_announced_with_what_was_counted(client, officer, department):
    made = {state: factories.poll(officer, department, state) for state in State}
    published = voted(officer, department, crowd(5))
    told = json.loads(body(client, "/polls/data.json"))["polls"]
    assert [each["id"] for each in told] == [
        *(poll.pk for state, poll in made.items() if state != State.DRAFT),
        published.pk,
    ]
    for each in told[:-2]:
        assert (each["ballots"], each["questions"][0]["options"][0]["votes"]) in [
            (None, None),
            (0, 0),  # published without votes
        ]
    last = told[-1]
    assert (last["ballots"], last["state"]) == (5, "published")
    assert last["questions"][0]["options"][0] == {
        "option": "Парк",
        "votes": 5,
        "points": None,
        "place": 1,
    }
    assert last["questions"][2]["options"][0]["option"] == "yes"


def test_the_table_has_a_line_for_each_option(client, officer, department):
    poll = voted(officer, department, crowd(5), title="=1+1")
    rows = [row for row in table(client, "/polls/data.csv") if row["id"] == str(poll.pk)]
    assert list(rows[0]) == [*opendata.POLL, *opendata.LINE]
    assert rows[0]["title"] == "'=1+1"
    assert [row["votes"] for row in rows if row["kind"] == "single"] == ["5", "0", "0"]
    assert [row["points"] for row in rows if row["kind"] == "points"] == ["35", "0", "0"]
    assert len([row for row in rows if row["kind"] == "text"]) == 1


def test_queries_do_not_grow_with_polls(officer, department, django_assert_num_queries):
    for _number in range(4):
        factories.poll(officer, department, State.PUBLISHED)
    with django_assert_num_queries(3):
        assert len(list(opendata.describe_polls())) == 4


def test_ballots_of_an_open_poll_can_be_counted_again(client, officer, department):
    people = crowd(7)
    poll = factories.poll(officer, department, questions=[factories.RANKED])
    question, options = factories.first_question(poll), factories.options(poll)
    for place, person in enumerate(people):
        order = options[place % 3 :] if place < 5 else options[::-1]
        cast_actions.cast(poll, by=person, choices={str(question.pk): order})
    address = f"/polls/{poll.pk}/ballots"
    assert client.get(f"{address}.json").status_code == 404
    result = actions.publish(factories.close(poll), by=officer)
    told = json.loads(body(client, f"{address}.json"))["ballots"]
    again = count(
        asked_question(question, options), [each[str(question.pk)] for each in told], TieBreak()
    )
    assert [each.votes for each in again.options] == [
        each["votes"] for each in result.counted["questions"][0]["options"]
    ]
    assert [list(row) for row in again.pairs] == result.counted["questions"][0]["pairs"]
    rows = table(client, f"{address}.csv")
    assert list(rows[0]) == [f"У якому порядку? – {name}" for name in ("Парк", "Сквер", "Стадіон")]
    assert sorted(rows[0].values())[-1] in "123"


def test_they_say_nothing_of_anybody_and_no_text(client, officer, department):
    people = crowd(6)
    poll = voted(officer, department, people, secrecy=Poll.Secrecy.NAMED)
    for suffix in ("csv", "json"):
        text = body(client, f"/polls/{poll.pk}/ballots.{suffix}")
        assert "Дякую" not in text
        assert "Людина" not in text
        assert "@" not in text
        assert str(poll.closes_at.year) not in text


def test_their_order_is_that_of_what_they_say(client, officer, department):
    """Whoever voted first does not stand first, whichever way round they came."""
    found = []
    for step in (1, -1):
        poll = factories.poll(officer, department)
        people = crowd(6) if step == 1 else list(reversed(found[0][1]))
        for place, person in enumerate(people):
            choice = (place if step == 1 else 5 - place) % 3
            cast_actions.cast(poll, by=person, choices=factories.choose(poll, choice))
        actions.publish(factories.close(poll), by=officer)
        rows = table(client, f"/polls/{poll.pk}/ballots.csv")
        found.append(([row["Що збудувати?"] for row in rows], people))
    assert found[0][0] == found[1][0] == ["Парк", "Парк", "Сквер", "Сквер", "Стадіон", "Стадіон"]


def test_no_ballots_of_few_people_of_secret_polls_or_of_what_was_called_off(
    client, officer, department
):
    people = crowd(6)
    few = voted(officer, department, people[:4])
    secret = electorate_actions.freeze(
        factories.poll(officer, department, secrecy=Poll.Secrecy.SECRET)
    )
    for person in people:
        choices = factories.choose(secret)
        factories.cast_secretly(secret, person, choices)
    actions.publish(factories.close(secret), by=officer)
    cancelled = factories.poll(officer, department)
    for person in people:
        cast_actions.cast(cancelled, by=person, choices=factories.choose(cancelled))
    actions.cancel(cancelled, by=officer, reason="Питання вже вирішено.")
    for poll in (few, secret, cancelled):
        assert "ballots.csv" not in client.get(f"/polls/{poll.pk}/results/").content.decode()
        for suffix in ("csv", "json"):
            assert client.get(f"/polls/{poll.pk}/ballots.{suffix}").status_code == 404
    assert OpenBallot.objects.filter(poll=cancelled).exists()


def test_paper_counts_among_them(client, officer, department):
    other = house.user("other", role="officer", department=department)
    poll = factories.poll(officer, department)
    for person in crowd(4):
        cast_actions.cast(poll, by=person, choices=factories.choose(poll))
    sheet = factories.sheet(poll, officer)
    paper_actions.confirm_paper(sheet, by=other, choices=factories.filled(poll))
    actions.publish(factories.close(poll), by=officer)
    address = f"/polls/{poll.pk}/ballots.csv"
    assert len(table(client, address)) == 5
    assert address in client.get(f"/polls/{poll.pk}/results/").content.decode()


def test_downloads_are_limited(client, officer, department):
    poll = factories.poll(officer, department, State.PUBLISHED)
    statuses = [client.get("/polls/data.json").status_code for _number in range(60)]
    assert set(statuses) == {200}
    for path in ("/polls/data.csv", f"/polls/{poll.pk}/ballots.csv"):
        assert client.get(path).status_code == 429
