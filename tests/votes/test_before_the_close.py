"""Until a secret poll closes nothing that anybody can ask for depends on what was chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from core.web.pages import forget_pages
from tests import factories as house
from tests.crowds import crowd
from tests.votes import factories
from votes.ballots import actions
from votes.electorate import actions as electorate_actions
from votes.models import Poll
from votes.opening import actions as opening_actions
from votes.results.showing import forget_counts

pytestmark = [pytest.mark.django_db, pytest.mark.with_all, pytest.mark.cpu(12)]

#: What differs from one answer to the next whatever happens.
_OWN = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]*"|name="slip" value="[^"]*"|data-now="[^"]*"'
    rb'|name="idempotency_key" value="[^"]*"'
    rb'|data-clock datetime="[^"]*">[^<]*'
)
_OF_ALL = [
    *("/", "/polls/", "/polls/?state=all", "/polls/data.csv", "/polls/data.json", "/sitemap.xml"),
    *("/polls/feed.atom", "/polls/calendar.ics"),
    *("/api/v1/polls/", "/api/v1/polls/?list=all", "/activity/", "/search/?q=пустир"),
    *("/polls/for-me/", "/account/me/"),
]
_OF_ONE = [
    *("detail", "standing", "display", "dates", "card", "vote", "voters", "codes", "check"),
    *("results", "live_results", "results_csv", "results_json", "results_ods"),
    *("ballots_csv", "ballots_json"),
]
_OF_API = ["poll", "poll_results", "poll_codes", "ballot"]


@pytest.fixture
def officer(department):
    return house.user("officer", role="officer", department=department)


@pytest.fixture
def poll(officer, department):
    people = crowd(25)
    made = factories.poll(officer, department, secrecy=Poll.Secrecy.SECRET)
    made = electorate_actions.freeze(made)
    made.people = people
    return made


def addresses(poll) -> Iterator[str]:
    yield from _OF_ALL
    yield from (reverse(f"votes:{name}", args=[poll.pk]) for name in _OF_ONE)
    yield from (reverse(f"api:{name}", args=[poll.pk]) for name in _OF_API)


def desk(poll) -> Iterator[str]:
    yield "/desk/polls/"
    yield from (f"/desk/polls/{poll.pk}/{page}" for page in ("", "sheets/", "cancel/", "extend/"))


def told(clients, poll) -> dict[tuple[str, str], tuple[int, bytes]]:
    """All that each of them is told."""
    forget_pages()
    forget_counts()
    found = {}
    for who, client in clients.items():
        for address in [*addresses(poll), *(desk(poll) if who == "officer" else ())]:
            answer = client.get(address)
            body = answer.getvalue() if answer.streaming else answer.content
            found[who, address] = answer.status_code, _OWN.sub(b"", body)
    return found


@pytest.fixture
def clients(client, client_of, officer, poll, olena):
    return {
        "anybody": client,
        "officer": client_of(officer),
        "one who has not voted": client_of(olena),
        "one who has": client_of(poll.people[0]),
    }


@pytest.fixture
def client_of():
    def made(user):
        signed_in = Client()
        signed_in.force_login(user)
        signed_in.get("/")
        return signed_in

    return made


def cast(poll, place: int, number: int = 25, *, told_turnout: bool) -> None:
    for person in poll.people[:number]:
        choices = factories.choose(poll, place)
        factories.cast_secretly(poll, person, choices)
    if told_turnout:
        assert opening_actions.tell_turnouts() == 1


def world(clients, poll, *cast_so, **how) -> dict[tuple[str, str], tuple[int, bytes]]:
    """What is told after such votes, which are undone again."""
    with transaction.atomic():
        cast(poll, *cast_so, **how)
        found = told(clients, poll)
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("told_turnout", [False, True])
@pytest.mark.in_turn("kind", ["once", "changeable"])
def test_all_for_one_and_all_for_another_are_told_alike(clients, poll, told_turnout, kind):
    Poll.objects.update(ballot_kind=kind)
    poll.refresh_from_db()
    one, other = (world(clients, poll, place, told_turnout=told_turnout) for place in (0, 1))
    assert {key for key in one if one[key] != other[key]} == set()


def test_before_the_turnout_is_rounded_nobody_sees_that_somebody_has_voted(clients, poll):
    """But she herself."""
    before = told(clients, poll)
    after = world(clients, poll, 0, 1, told_turnout=False)
    # Whose cards say “You have voted”; what is still to be voted in; in what they have voted.
    lists = ("/", "/polls/", "/polls/?state=all", "/polls/for-me/", "/account/me/")
    own = {("one who has", page) for page in (reverse("votes:vote", args=[poll.pk]), *lists)}
    assert {key for key in before if before[key] != after[key]} == own


def test_the_comparison_has_teeth(clients, officer, department, poll):
    """Of an open poll that shows its results the same answers differ."""
    opened = factories.poll(officer, department, results_while_open=True)
    found = []
    for place in (0, 1):
        with transaction.atomic():
            for person in poll.people[:3]:
                actions.cast(opened, by=person, choices=factories.choose(opened, place))
            found.append(told(clients, opened))
            transaction.set_rollback(True)
    differing = {key[1] for key, answer in found[0].items() if answer != found[1][key]}
    assert reverse("votes:results", args=[opened.pk]) in differing
    assert reverse("api:poll_results", args=[opened.pk]) in differing
