"""Who meets what a thing asks: pure, and what is known of a person in one query."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as st

from accounts.eligibility import (
    ANYBODY,
    CHECKED,
    DECLARED,
    UNKNOWN,
    Requirement,
    Standing,
    meets,
    missing,
    standing_of,
)
from accounts.models import Level, Residence
from accounts.residence import actions as residence
from city.models import District

ASSURED = Standing(Level.HIGH, 18, CHECKED, 1, speaks_for=7)


@pytest.mark.parametrize(
    ("standing", "requirement", "code"),
    [
        (Standing(), ANYBODY, "account.sign_in"),
        (Standing(Level.LOW), ANYBODY, ""),
        (Standing(Level.LOW), Requirement(level=Level.SUBSTANTIAL), "eligibility.level"),
        (Standing(Level.SUBSTANTIAL), Requirement(level=Level.SUBSTANTIAL), ""),
        (Standing(Level.SUBSTANTIAL), Requirement(level=Level.HIGH), "eligibility.level"),
        (Standing(Level.LOW), Requirement(age_over=14), "eligibility.age"),
        (Standing(Level.LOW, 14), Requirement(age_over=16), "eligibility.age"),
        (Standing(Level.LOW, 18), Requirement(age_over=16), ""),
        (Standing(Level.LOW), Requirement(residence=DECLARED), "eligibility.residence"),
        (replace(ASSURED, residence=DECLARED), Requirement(residence=DECLARED), ""),
        (
            replace(ASSURED, residence=DECLARED),
            Requirement(residence=CHECKED),
            "eligibility.residence",
        ),
        (ASSURED, Requirement(residence=CHECKED, district_id=1), ""),
        (ASSURED, Requirement(residence=CHECKED, district_id=2), "eligibility.district"),
        (
            replace(ASSURED, speaks_for=None),
            Requirement(organisation=True),
            "eligibility.organisation",
        ),
        (ASSURED, Requirement(organisation=True), ""),
    ],
)
def test_what_is_met_and_what_is_lacking(standing, requirement, code):
    verdict = meets(standing, requirement)
    assert (bool(verdict), verdict.code) == (not code, code)


def test_a_refusal_says_where_one_gets_what_is_missing():
    everything = Requirement(Level.HIGH, 18, CHECKED, 1, organisation=True)
    lacking = missing(Standing(Level.LOW), everything)
    assert [(verdict.code, verdict.params["way"]) for verdict in lacking] == [
        ("eligibility.level", "identity:verify"),
        ("eligibility.age", "identity:verify"),
        ("eligibility.residence", "residence:mine"),
        ("eligibility.district", "residence:mine"),
        ("eligibility.organisation", "organisations:mine"),
    ]


AGES = st.sampled_from([None, 14, 16, 18])
SURENESS = st.sampled_from([UNKNOWN, DECLARED, CHECKED])
requirements = st.builds(
    Requirement,
    level=st.sampled_from(list(Level)),
    age_over=AGES,
    residence=SURENESS,
    district_id=st.sampled_from([None, 1, 2]),
    organisation=st.booleans(),
)
standings = st.builds(
    Standing,
    level=st.sampled_from([0, *Level]),
    age_over=AGES,
    residence=SURENESS,
    district_id=st.sampled_from([None, 1, 2]),
    speaks_for=st.sampled_from([None, 7]),
)


def more(one: Standing, other: Standing) -> Standing:
    """``one`` with all that the other has beyond it. Somebody lives in one district at a time."""
    order = [UNKNOWN, DECLARED, CHECKED]
    return Standing(
        max(one.level, other.level),
        max(one.age_over or 0, other.age_over or 0) or None,
        max(one.residence, other.residence, key=order.index),
        one.district_id or other.district_id,
        one.speaks_for or other.speaks_for,
    )


@given(standings, standings, requirements)
def test_more_standing_never_loses_what_was_met(standing, gained, requirement):
    if meets(standing, requirement):
        assert meets(more(standing, gained), requirement)


@given(standings, requirements)
def test_nothing_is_missing_exactly_when_it_is_met(standing, requirement):
    assert bool(meets(standing, requirement)) == (not missing(standing, requirement))


@given(standings, requirements)
def test_who_asks_nothing_is_met_by_all_who_signed_in(standing, requirement):
    if requirement.asks_nothing:
        assert bool(meets(standing, requirement)) == bool(standing.level)


@pytest.fixture
def district(db):
    return District.objects.create(name="Тернівський", slug="ternivskyi")


def test_the_standing_of_nobody_and_of_a_confirmed_address(charlie, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert standing_of(AnonymousUser()) == Standing()
    with django_assert_num_queries(1):
        assert standing_of(charlie) == Standing(Level.LOW)
    assert standing_of(charlie, speaks_for=7).speaks_for == 7


def test_the_standing_of_who_is_checked_comes_in_one_query(
    charlie, district, verified, django_assert_num_queries
):
    verified(charlie, age_over=16)
    residence.check(charlie, district=district, how=Residence.How.PROVIDER)
    with django_assert_num_queries(1):
        standing = standing_of(charlie)
    assert standing == Standing(Level.SUBSTANTIAL, 16, CHECKED, district.pk)


def test_a_declared_residence_is_not_a_checked_one(charlie, district):
    residence.declare(charlie, district=district, address="вул. Рудна, 1")
    assert standing_of(charlie) == Standing(Level.LOW, None, DECLARED, district.pk)


def test_what_has_expired_counts_no_more(charlie, district, verified, clock):
    verified(charlie, age_over=16)
    residence.check(charlie, district=district, how=Residence.How.PROVIDER)
    clock.advance(days=5 * 365)
    assert standing_of(charlie) == Standing(Level.LOW, None, DECLARED, district.pk)
