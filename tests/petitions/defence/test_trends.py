"""How a petition is signed, and what of it is said to be unusual."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain import clock
from petitions.defence.trends import bars, findings, trends
from petitions.models import Signature
from tests.petitions.factories import petition, signatures

pytestmark = pytest.mark.django_db


def said(one, window="week") -> str:
    return " ".join(str(each.words) for each in findings(trends(one, window, now=clock.now())))


@pytest.fixture
def quiet(olena):
    """Eight an hour through a day, from many networks, with mailboxes as people have them."""
    one = petition(olena)
    now = clock.now()
    for hour in range(24):
        for place in range(8):
            signatures(
                one,
                1,
                at=now - timedelta(hours=hour, minutes=5),
                network=f"203.{hour}.{place}.0",
                domain=("gmail.com", "ukr.net", f"firm{hour}.example")[place % 3],
            )
    return one


def test_an_ordinary_day_has_nothing_unusual_but_its_night(quiet):
    found = trends(quiet, "week", now=clock.now())
    assert found.number == 192
    assert sum(step.number for step in found.steps) == 192
    assert not any(step.is_burst for step in found.steps)
    assert said(quiet) == ""


def test_a_burst_a_network_and_a_domain_are_told_with_the_rule_that_would_look(quiet):
    now = clock.now()
    signatures(quiet, 120, at=now, network="198.51.100.0", domain="machine.example")
    found = findings(trends(quiet, "week", now=now))
    asked = [each.asked for each in found]
    assert {"networks": "198.51.100.0/24"} in asked
    assert {"domains": "machine.example"} in asked
    assert any("since" in each for each in asked)
    assert "198.51.100.0/24" in said(quiet) and "38" in said(quiet)


def test_a_provider_of_everybodys_mailboxes_is_nothing_unusual(olena):
    one = petition(olena)
    signatures(one, 100, domain="gmail.com")
    assert "gmail" not in said(one)


def test_a_mailbox_for_ten_minutes_is_told_at_once(olena):
    one = petition(olena)
    signatures(one, 1, domain="yopmail.com")
    assert "yopmail.com" in said(one)


def test_the_night_is_told(olena, clock):
    from core.domain import clock as time
    from core.domain.calendar import KYIV

    now = time.now().astimezone(KYIV)
    clock.set((now + timedelta(days=1)).replace(hour=12, minute=0))
    one = petition(olena, published_at=now - timedelta(days=2))
    night = time.now().astimezone(KYIV).replace(hour=2, minute=0)
    signatures(one, 40, at=night)
    signatures(one, 60, at=night.replace(hour=10))
    assert "40" in said(one, "day") and "100" in said(one, "day")


def test_a_window_shows_its_time_alone(quiet, olena):
    signatures(quiet, 5, at=clock.now() - timedelta(days=3))
    assert trends(quiet, "day", now=clock.now()).number == 192
    assert trends(quiet, "week", now=clock.now()).number == 197
    every = trends(quiet, "all", now=clock.now())
    assert every.number == 197 and every.unit == "day"
    assert trends(quiet, "nonsense", now=clock.now()).window == "week"


def test_removed_ones_are_not_drawn(quiet, mo):
    from tests.petitions.defence.test_remove import SignatureFilter, remove

    remove(quiet, mo, SignatureFilter(domains=("gmail.com",)), shown=72)
    assert trends(quiet, "week", now=clock.now()).number == 120
    assert quiet.signatures.filter(status=Signature.Status.REMOVED).count() == 72


def test_bars_fill_the_plot():
    from petitions.defence.trends import Step

    now = clock.now
    steps = [Step(now, 10, 0), Step(now, 0, 0), Step(now, 5, 0, is_burst=True)]
    first, last = bars(steps)
    assert (first.height, last.height) == (100, 50)
    assert last.is_burst and last.x > 66
    assert bars([]) == []


def test_any_number_costs_four_queries(quiet, django_assert_num_queries):
    now = clock.now()
    with django_assert_num_queries(4):
        findings(trends(quiet, "all", now=now))


@pytest.mark.parametrize(("hour", "is_told"), [(1, True), (4, True), (5, False)])
def test_the_night_is_that_of_kyiv_also_after_its_first_hour(olena, clock, hour, is_told):
    from core.domain import clock as time
    from core.domain.calendar import KYIV

    now = time.now().astimezone(KYIV)
    clock.set((now + timedelta(days=1)).replace(hour=12, minute=0))
    one = petition(olena, published_at=now - timedelta(days=2))
    midnight = time.now().astimezone(KYIV).replace(hour=0, minute=0)
    signatures(one, 1, at=midnight)
    signatures(one, 40, at=midnight.replace(hour=hour, minute=30))
    found = [each.words for each in findings(trends(one, "day", now=time.now()))]
    assert any("40" in str(each) and "41" in str(each) for each in found) is is_told
