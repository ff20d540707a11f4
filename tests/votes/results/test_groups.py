"""Who voted and how, by groups: as it is counted, published and shown."""

from __future__ import annotations

import pytest
from lxml import html

from city.models import District
from core.web.pages import forget_pages
from tests import factories as house
from tests.votes import factories
from tests.votes.crowd import people, publish, vote
from votes.electorate import actions
from votes.models import PaperBallot, Poll, SecretVoterRecord
from votes.results import grouping

pytestmark = pytest.mark.django_db


@pytest.fixture
def split(officer, department, districts, ages):
    """An open poll of residents with results by groups, in which 39 voted."""
    poll = factories.poll(officer, department, voters=Poll.Voters.RESIDENTS, splits=True)
    first, second, third = districts
    for place in (0, 1):
        vote(poll, 10, factories.choose(poll, place), district=first, age=18)
        vote(poll, 6, factories.choose(poll, place), district=second, age=16)
    vote(poll, 3, factories.choose(poll, 0), district=third, age=14)
    vote(poll, 4, factories.choose(poll, 1), district=third)
    return poll


def test_counted_at_the_publication(split, officer, districts):
    groups = publish(split, officer).counted["groups"]
    first, second, third = (str(district.pk) for district in districts)
    assert groups["district"]["turnout"] == [
        {"groups": [second], "ballots": 12},
        {"groups": [third], "ballots": 7},
        {"groups": [first], "ballots": 20},
    ]
    # In the third district three and four answered so: it takes another with it.
    (table,) = groups["district"]["questions"]
    assert [(row["groups"], row["cells"]) for row in table["rows"]] == [
        ([first], [10, 10]),
        ([second, third], [9, 10]),
    ]
    assert groups["age"]["turnout"] == [
        {"groups": ["16"], "ballots": 12},
        {"groups": ["18"], "ballots": 20},
        {"groups": ["14", "unknown"], "ballots": 7},
    ]
    assert "voter" not in groups


def test_the_page_sets_turnout_beside_the_population(client, split, officer):
    publish(split, officer)
    page = html.fromstring(client.get(f"/polls/{split.pk}/results/").text)
    text = " ".join(page.text_content().split())
    assert "Чиїх голосів бракує" in text
    rows = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td")][:4]
        for row in page.xpath("//*[@aria-labelledby='turnout-district']//tbody/tr")
    ]
    assert rows == [
        ["Заріччя", "12", "1 000", "1,2"],
        ["Степове", "7", "–", "–"],
        ["Центр", "20", "4 000", "0,50"],
    ]


def test_the_published_page_does_not_change_with_the_city(client, split, officer, districts):
    publish(split, officer)
    address = f"/polls/{split.pk}/results/"
    before = client.get(address).text
    districts[0].population = 9_999
    districts[0].name = "Інакше"
    districts[0].save()
    District.objects.create(name="Новий", slug="new", population=1)
    forget_pages()
    assert client.get(address).text == before


def test_while_it_is_open_nothing_is_told_by_groups(client, officer, department, districts):
    poll = factories.poll(officer, department, splits=True, results_while_open=True)
    for district in districts:
        vote(poll, 20, factories.choose(poll), district=district)
    page = client.get(f"/polls/{poll.pk}/results/")
    assert page.context["splits"] == page.context["missing"] == []
    assert "Центр" not in page.text


def test_a_poll_without_splits_tells_turnout_alone(client, officer, department, districts, ages):
    poll = factories.poll(officer, department, voters=Poll.Voters.RESIDENTS)
    for district in districts[:2]:
        vote(poll, 20, factories.choose(poll), district=district)
    assert publish(poll, officer).counted["groups"]["district"]["questions"] == []
    page = client.get(f"/polls/{poll.pk}/results/")
    assert page.context["splits"] == []
    assert page.context["missing"]


def test_of_who_is_known_nothing_nothing_is_asked(officer, department, districts):
    """Everybody who has signed in, and no splits: no district is written down."""
    poll = factories.poll(officer, department)
    vote(poll, 20, factories.choose(poll))
    assert publish(poll, officer).counted["groups"] == {}


def test_a_secret_poll_tells_its_turnout_alone(officer, department, districts, ages, client):
    poll = factories.poll(
        officer, department, secrecy=Poll.Secrecy.SECRET, voters=Poll.Voters.VERIFIED_RESIDENTS
    )
    actions.freeze(poll)
    voters = people(40)
    records = [
        SecretVoterRecord(
            poll=poll,
            number=1000 + place,
            user=user,
            used=place < (27 if place % 3 < 2 else 12),
            district=districts[place % 3],
            age_over=18,
        )
        for place, user in enumerate(voters)
    ]
    factories.put(poll, records, factories.choose(poll))
    counted = publish(poll, officer).counted
    assert counted["over_time"] is None
    turnout = counted["groups"]["district"]["turnout"]
    assert [row["ballots"] for row in turnout] == [9, 13]
    assert len(turnout[1]["groups"]) == 2, "four alone are not told"
    assert counted["groups"]["district"]["questions"] == []
    page = client.get(f"/polls/{poll.pk}/results/").text
    assert "не зберігає часу" in page


def test_a_ballot_on_paper_is_among_those_of_whom_nothing_is_known(
    split, officer, department, districts
):
    """Were it in no group, the total less the groups would be what it says."""
    PaperBallot.objects.create(
        poll=split,
        number="1",
        choices=factories.choose(split, 1),
        entered_by=officer,
        confirmed_by=people(1)[0],
        confirmed_at=split.opens_at,
    )
    groups = publish(split, officer).counted["groups"]["district"]
    assert "unknown" in groups["turnout"][-1]["groups"]
    assert sum(row["ballots"] for row in groups["turnout"]) == 40
    assert sum(sum(row["cells"]) for row in groups["questions"][0]["rows"]) == 40


def test_residents_beside_organisations_where_both_vote(officer, department, districts, firm):
    poll = factories.poll(officer, department, splits=True)
    vote(poll, 9, factories.choose(poll, 0))
    vote(poll, 6, factories.choose(poll, 1))
    for place in range(12):
        company = house.organisation(f"ТОВ «{place}»", firm)
        vote(poll, 1, factories.choose(poll, place % 2), organisation=company)
    groups = publish(poll, officer).counted["groups"]["voter"]
    assert [(row["groups"], row["ballots"]) for row in groups["turnout"]] == [
        (["person"], 15),
        (["organisation"], 12),
    ]
    assert [row["cells"] for row in groups["questions"][0]["rows"]] == [[9, 6], [6, 6]]


def test_ages_that_cannot_vote_are_no_group(officer, department, districts, ages):
    poll = factories.poll(
        officer,
        department,
        voters=Poll.Voters.VERIFIED_RESIDENTS,
        min_age=18,
    )
    city = grouping.populations(poll)
    assert [row["group"] for row in city["age"]] == ["18"]
    vote(poll, 9, factories.choose(poll, 0), district=districts[0], age=18)
    assert "age" not in publish(poll, officer).counted["groups"], "one group is no split"
