"""What programs are told of groups, and what open data leave out because of them."""

from __future__ import annotations

import pytest

from tests.votes import factories
from tests.votes.crowd import publish, vote
from votes.models import Poll

pytestmark = pytest.mark.django_db


def counted(officer, department, districts, **fields):
    poll = factories.poll(officer, department, voters=Poll.Voters.RESIDENTS, **fields)
    for district in districts:
        for place in (0, 1):
            vote(poll, 6, factories.choose(poll, place), district=district)
    publish(poll, officer)
    return poll


def test_the_api_tells_what_the_page_shows(client, officer, department, districts, ages):
    poll = counted(officer, department, districts, splits=True)
    told = client.get(f"/api/v1/polls/{poll.pk}/results/").json()
    (by_district,) = (each for each in told["groups"] if each["kind"] == "district")
    assert by_district["turnout"][0] == {"groups": ["Заріччя"], "ballots": 12, "population": 1000}
    (table,) = by_district["questions"]
    assert [row["cells"] for row in table["rows"]] == [[6, 6]] * 3
    assert sum(row["ballots"] for row in told["over_time"]["rows"]) == 36


@pytest.mark.parametrize(("splits", "status"), [(False, 200), (True, 404)])
def test_whole_ballots_are_not_told_beside_groups(
    client, officer, department, districts, splits, status
):
    poll = counted(officer, department, districts, splits=splits)
    for ending in ("csv", "json"):
        assert client.get(f"/polls/{poll.pk}/ballots.{ending}").status_code == status
