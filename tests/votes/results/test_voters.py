"""Who voted how: of polls that were announced so, and of no others."""

from __future__ import annotations

import pytest

from accounts.data import actions as data
from core.web.pages import forget_pages
from tests import factories as house
from tests.votes import factories
from tests.votes.crowd import publish, vote
from votes.ballots import actions
from votes.electorate import actions as electorate_actions
from votes.electorate import actions_lists as lists_actions
from votes.life import actions as life_actions
from votes.models import Invitation, Poll, State, Text
from votes.texts import actions as texts_actions

pytestmark = pytest.mark.django_db

NAMED = {"secrecy": Poll.Secrecy.NAMED}


def test_names_stand_beside_votes(client, officer, department, olena, bohdan):
    poll = factories.poll(officer, department, **NAMED)
    actions.cast(poll, by=olena, choices=factories.choose(poll, 0))
    actions.cast(poll, by=bohdan, choices=factories.choose(poll, 1))
    publish(poll, officer)
    page = client.get(f"/polls/{poll.pk}/voters/").text
    assert page.index(olena.public_name) < page.index("Парк")
    assert page.index(bohdan.public_name) < page.index("Сквер")
    assert f"/polls/{poll.pk}/voters/" in client.get(f"/polls/{poll.pk}/results/").text


def test_organisations_and_lines_of_a_list_by_their_own_names(
    client, officer, department, firm, olena
):
    poll = factories.poll(officer, department, **NAMED, voters=Poll.Voters.ORGANISATIONS)
    company = house.organisation("ТОВ «Тераса»", firm)
    actions.cast(poll, by=firm, choices=factories.choose(poll), organisation_id=company.pk)
    publish(poll, officer)
    page = client.get(f"/polls/{poll.pk}/voters/").text
    assert "Тераса" in page
    assert firm.public_name not in page
    other = factories.poll(officer, department, State.DRAFT, **NAMED, voters="invited")
    lists_actions.invite(other, [("Галина Пасічник", olena.email)], by=officer)
    other = electorate_actions.freeze(life_actions.schedule(other, by=officer))
    assert Invitation.objects.get().name == "Галина Пасічник"
    actions.cast(other, by=olena, choices=factories.choose(other))
    publish(other, officer)
    assert "Галина Пасічник" in client.get(f"/polls/{other.pk}/voters/").text


def test_whoever_erased_her_account_has_no_name_there(client, officer, department, olena):
    poll = factories.poll(officer, department, **NAMED)
    actions.cast(poll, by=olena, choices=factories.choose(poll))
    publish(poll, officer)
    name = olena.public_name
    data.erase(olena, by=olena)
    assert name not in client.get(f"/polls/{poll.pk}/voters/").text


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"secrecy": Poll.Secrecy.NAMELESS}, State.PUBLISHED),
        ({"secrecy": Poll.Secrecy.SECRET}, State.PUBLISHED),
        (NAMED, State.OPEN),
        (NAMED | {"results_while_open": True}, State.CLOSED),
        (NAMED | {"results_while_open": True}, State.CANCELLED),
    ],
)
def test_not_there(client, officer, department, fields, state):
    poll = factories.poll(officer, department, state, **fields)
    assert client.get(f"/polls/{poll.pk}/voters/").status_code == 404
    client.force_login(officer)
    assert client.get(f"/polls/{poll.pk}/voters/").status_code == 404


def test_with_the_results_so_far(client, officer, department, olena):
    poll = factories.poll(officer, department, **NAMED, results_while_open=True)
    actions.cast(poll, by=olena, choices=factories.choose(poll))
    assert olena.public_name in client.get(f"/polls/{poll.pk}/voters/").text


def test_words_that_no_moderator_read_are_not_there(client, officer, department, olena, mo):
    poll = factories.poll(officer, department, **NAMED, questions=factories.ALL_KINDS)
    actions.cast(poll, by=olena, choices=factories.filled(poll))
    publish(poll, officer)
    address = f"/polls/{poll.pk}/voters/"
    assert "Дякую!" not in client.get(address).text
    texts_actions.show(Text.objects.get(), by=mo, read="Дякую!")
    forget_pages()
    assert "Дякую!" in client.get(address).text


def test_before_one_votes_one_reads_that_names_are_shown(client, officer, department, olena):
    poll = factories.poll(officer, department, **NAMED)
    client.force_login(olena)
    assert "всі побачать, як ви проголосували" in client.get(f"/polls/{poll.pk}/vote/").text


def test_paged_in_few_queries(client, officer, department, django_assert_max_num_queries):
    poll = factories.poll(officer, department, **NAMED, questions=factories.ALL_KINDS)
    vote(poll, 120, factories.filled(poll))
    publish(poll, officer)
    address, seen = f"/polls/{poll.pk}/voters/", 0
    page, more = None, ""
    for _page in range(3):
        with django_assert_max_num_queries(7):
            page = client.get(f"{address}{more}")
        seen += len(page.context["rows"])
        more = page.context["next_url"]
    assert (seen, more) == (120, "")
