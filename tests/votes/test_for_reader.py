"""Cards of polls: what most may do first, who may vote, and what the reader has done or lacks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse

from accounts.for_whom import DONE, LACKS, MAY, OTHERS, PageCards, own
from accounts.models import Residence, User
from city.models import District
from core.domain import clock
from core.web.pages import forget_pages
from tests import factories as house
from tests.votes import factories
from votes import pages
from votes.ballots import actions as casting
from votes.cards import PollCards
from votes.electorate import actions
from votes.models import Poll
from votes.presenters import ShownPoll

pytestmark = pytest.mark.django_db
Voters = Poll.Voters


@pytest.fixture
def poll(officer, department):
    def make(title: str, days: int = 7, **fields):
        fields["closes_at"] = clock.now() + timedelta(days=days)
        return factories.poll(officer, department, title=title, **fields)

    return make


@pytest.fixture(autouse=True)
def nothing_kept():
    forget_pages()


def vote(poll: Poll, user: User) -> None:
    if poll.is_secret:
        factories.cast_secretly(poll, user)
    else:
        casting.cast(poll, by=user, choices=factories.choose(poll))


def _shown(polls) -> list[ShownPoll]:
    return [ShownPoll.of(row) for row in pages.for_page(polls)]


def told(user: User, *polls: Poll) -> list[str]:
    shown = _shown(pages.polls_in_list("open").filter(pk__in=[each.pk for each in polls]))
    found = own(user, PageCards((PollCards.of(shown),)), "/polls/")["poll"]
    return [found[each.pk].kind for each in polls]


def test_what_most_may_do_goes_first_and_a_list_of_five_is_not_on_the_first_page(poll):
    jury = poll("Журі", days=1, people=[("Ірина Мудра", "iryna@viche.example")])
    firms = poll("Для бізнесу", days=2, voters=Voters.ORGANISATIONS)
    everybody = poll("Для всіх", days=5)
    at_home = [each.poll for each in pages.home_context()["open_polls"]]
    assert at_home == [everybody, firms]
    listed = pages.list_context(QueryDict())["page"]
    assert [each.poll for each in listed] == [everybody, firms, jury]


def test_the_list_says_for_whom_and_the_pages_of_it_go_on(client, poll, monkeypatch):
    monkeypatch.setattr(pages, "LIST_SIZE", 2)
    poll("Журі", people=[("Ірина Мудра", "iryna@viche.example")])
    poll("Для бізнесу", voters=Voters.ORGANISATIONS)
    poll("Для всіх")
    page = client.get("/polls/")
    assert "для всіх, хто ввійшов" in page.text and "для організацій" in page.text
    assert "for-reader" not in page.text
    after = client.get(page.context["next_url"])
    assert "лише для тих, хто в переліку" in after.text


def test_what_one_has_done_or_lacks(poll, olena):
    open_, fresh = poll("Відкрите"), poll("Нове")
    home = poll("Для жителів", voters=Voters.RESIDENTS)
    sure = poll("Для підтверджених", voters=Voters.VERIFIED_RESIDENTS)
    north, south = (District.objects.create(name=name, slug=name) for name in ("north", "south"))
    near = poll("Для мікрорайону", voters=Voters.DISTRICT, district=north)
    firms = poll("Для бізнесу", voters=Voters.ORGANISATIONS)
    jury = poll("Журі", people=[("Ірина Мудра", "iryna@viche.example")])
    board = poll("Рада", people=[("Олена Коваль", olena.email)])
    vote(open_, olena)
    everything = (open_, fresh, home, sure, near, firms, jury, board)
    assert told(olena, *everything) == [
        *(DONE, MAY, LACKS, LACKS, LACKS, OTHERS, OTHERS, MAY),
    ]
    Residence.objects.create(user=olena, district=south)
    house.organisation("ТОВ «Тераса»", olena)
    assert told(olena, home, near, firms) == [MAY, OTHERS, MAY]


def test_of_secret_polls_too(poll, olena, bohdan):
    secret = poll("Таємне", secrecy="secret")
    actions.freeze(secret)
    vote(secret, olena)
    late = house.user("late")
    assert [told(who, secret) for who in (olena, bohdan, late)] == [[DONE], [MAY], [OTHERS]]


def test_ten_cards_cost_what_one_does(client, poll, olena, django_assert_num_queries):
    made = [poll(f"Питання {n}", secrecy="secret" if n % 2 else "named") for n in range(6)]
    for each in made[1::2]:
        actions.freeze(each)
    of_page = PageCards((PollCards.of(_shown(pages.polls_in_list("open"))),))
    with django_assert_num_queries(1):
        own(olena, of_page, "/polls/")
    client.force_login(olena)
    client.get("/polls/")
    page = client.get("/polls/")
    assert page.text.count("Ви можете проголосувати.") == 6
    assert "for-reader" not in type(client)().get("/polls/").text  # kept for a stranger


def test_the_first_page_says_it_too(client, poll, olena):
    made = poll("Для всіх")
    vote(made, olena)
    client.force_login(olena)
    assert "Ви проголосували." in client.get("/").text
    assert "Ви проголосували." not in type(client)().get("/").text


def test_polls_for_me(client, poll, olena):
    done, fresh = poll("Проголосоване"), poll("Наступне")
    poll("Журі", people=[("Ірина Мудра", "iryna@viche.example")])
    lacking = poll("Для жителів", days=1, voters=Voters.RESIDENTS)
    vote(done, olena)
    address = reverse("votes:for_me")
    assert client.get(address)["Location"] == f"/account/login/?next={address}"
    client.force_login(olena)
    page = client.get(address)
    assert [each.poll for each in page.context["polls"]] == [fresh, lacking]
    assert f"/account/residence/?next={address}" in page.text
    vote(fresh, olena)
    Poll.objects.filter(pk=lacking.pk).update(voters=Voters.ORGANISATIONS)
    assert "Зараз для вас немає голосувань" in client.get(address).text


def test_an_invitation_is_not_pushed_off_by_polls_for_all(client, poll, olena, monkeypatch):
    monkeypatch.setattr(pages, "LIST_SIZE", 2)
    board = poll("Рада", days=30, people=[("Олена Коваль", olena.email.upper())])
    poll("Журі", people=[("Ірина Мудра", "iryna@viche.example")])
    done, first, _second = [poll(title, days=n) for n, title in enumerate(("А", "Б", "В"), 1)]
    vote(done, olena)
    client.force_login(olena)
    shown = client.get(reverse("votes:for_me")).context["polls"]
    assert [each.poll for each in shown] == [board, first]
