"""Reading polls through the API: what the pages tell, and nothing else."""

from __future__ import annotations

import pytest

from tests import factories as house
from tests.votes import factories
from votes.ballots import actions
from votes.electorate import actions as electorate_actions
from votes.life import actions as life_actions
from votes.models import Poll, State

pytestmark = pytest.mark.django_db


def results(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, answer.json()
    return answer.json()["results"]


def test_lists_what_is_announced(client, officer, department):
    made = {state: factories.poll(officer, department, state) for state in State}
    found = results(client, "/api/v1/polls/")
    assert {each["id"]: each["state"] for each in found} == {
        poll.pk: state.value for state, poll in made.items() if state != State.DRAFT
    }
    assert found[0].keys() == {
        *("id", "url", "title", "state", "is_open", "secrecy", "voters", "min_age", "district"),
        *("department", "opens_at", "closes_at", "published_at", "cancelled_at"),
    }
    opened = results(client, "/api/v1/polls/?list=open")
    assert [each["id"] for each in opened] == [made[State.OPEN].pk]
    assert opened[0]["is_open"] is True


def test_filters_are_explicit(client, officer, department):
    other = house.department("Департамент освіти", slug="education")
    secret = factories.poll(officer, department, secrecy=Poll.Secrecy.SECRET)
    by_firms = factories.poll(
        house.user("chief", role="officer", department=other),
        other,
        voters=Poll.Voters.ORGANISATIONS,
    )
    for query, poll in {
        "secrecy=secret": secret,
        "voters=organisations": by_firms,
        "department=education": by_firms,
    }.items():
        assert [each["id"] for each in results(client, f"/api/v1/polls/?{query}")] == [poll.pk]
    for query in ("marks__user=1", "secrecy=who", "list=draft", "size=0"):
        answer = client.get(f"/api/v1/polls/?{query}")
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


def test_pages_are_by_keyset(client, officer, department):
    made = [factories.poll(officer, department).pk for _number in range(5)]
    found, address = [], "/api/v1/polls/?size=2"
    while address:
        answer = client.get(address.removeprefix("http://localhost:8000")).json()
        found += [each["id"] for each in answer["results"]]
        address = answer["next"]
    assert found == made[::-1]


def test_one_with_all_that_is_asked(client, officer, department):
    poll = factories.poll(officer, department, questions=factories.ALL_KINDS)
    told = client.get(f"/api/v1/polls/{poll.pk}/").json()
    assert [question["kind"] for question in told["questions"]] == [
        each["kind"] for each in factories.ALL_KINDS
    ]
    single = told["questions"][0]
    assert [option["text"] for option in single["options"]] == ["Парк", "Сквер", "Стадіон"]
    assert single["none_of_these"] is True
    assert single["how"]
    assert (told["turnout"], told["electorate"]) == (0, None)


def test_a_draft_is_not_there_even_for_who_prepares_it(client, officer, department):
    poll = factories.poll(officer, department, State.DRAFT)
    client.force_login(officer)
    for path in ("", "results/", "codes/", "ballot/"):
        assert client.get(f"/api/v1/polls/{poll.pk}/{path}").status_code == 404


def test_results_once_they_are_published(client, officer, department, olena, bohdan):
    poll = factories.poll(officer, department, questions=factories.ALL_KINDS)
    for person in (olena, bohdan):
        actions.cast(poll, by=person, choices=factories.filled(poll))
    address = f"/api/v1/polls/{poll.pk}/results/"
    assert client.get(address).status_code == 404
    factories.close(poll)
    assert client.get(address).status_code == 404
    life_actions.publish(poll, by=officer)
    told = client.get(address).json()
    assert (told["is_final"], told["ballots"], told["codes_url"]) == (True, 2, None)
    by_kind = dict(
        zip([each["kind"] for each in factories.ALL_KINDS], told["questions"], strict=True)
    )
    assert by_kind["single"]["options"][0]["votes"] == 2
    assert by_kind["yes_no"]["winners"] == ["yes"]
    assert [sum(row) for row in by_kind["ranked"]["pairs"]] == [0, 2, 4]
    assert by_kind["points"]["options"][0]["points"] == 14
    assert by_kind["text"]["answers"] == 2


def test_a_run_off_is_told_round_by_round(client, officer, department, olena):
    ranked = factories.RANKED | {"method": "runoff"}
    poll = factories.poll(officer, department, questions=[ranked])
    actions.cast(poll, by=olena, choices=factories.filled(poll))
    factories.close(poll)
    life_actions.publish(poll, by=officer)
    (told,) = client.get(f"/api/v1/polls/{poll.pk}/results/").json()["questions"]
    assert [each["ballots"] for each in told["rounds"][0]["counts"]] == [0, 0, 1]


def test_results_while_it_is_open_where_the_poll_shows_them(client, officer, department, olena):
    poll = factories.poll(officer, department, results_while_open=True)
    actions.cast(poll, by=olena, choices=factories.choose(poll))
    told = client.get(f"/api/v1/polls/{poll.pk}/results/").json()
    assert (told["is_final"], told["ballots"]) == (False, 1)


def test_codes_of_a_secret_poll_once_they_are_published(client, officer, department, olena, bohdan):
    poll = electorate_actions.freeze(
        factories.poll(officer, department, secrecy=Poll.Secrecy.SECRET)
    )
    codes = sorted(factories.cast_secretly(poll, person) for person in (olena, bohdan))
    for path in ("results/", "codes/"):
        assert client.get(f"/api/v1/polls/{poll.pk}/{path}").status_code == 404
    factories.close(poll)
    assert client.get(f"/api/v1/polls/{poll.pk}/codes/").status_code == 404
    life_actions.publish(poll, by=officer)
    first = client.get(f"/api/v1/polls/{poll.pk}/codes/?size=1").json()
    assert first["results"] == [{"code": codes[0].hex}]
    second = client.get(first["next"].removeprefix("http://localhost:8000")).json()
    assert second["results"] == [{"code": codes[1].hex}]
    told = client.get(f"/api/v1/polls/{poll.pk}/results/").json()
    assert told["codes_hash"] == poll.result.codes_hash
    assert told["codes_url"].endswith(f"/polls/{poll.pk}/codes.txt")


def test_queries(client, officer, department, django_assert_max_num_queries):
    for _number in range(5):
        poll = factories.poll(officer, department, questions=factories.ALL_KINDS)
    with django_assert_max_num_queries(4):
        client.get("/api/v1/polls/")
    with django_assert_max_num_queries(9):
        client.get(f"/api/v1/polls/{poll.pk}/")
