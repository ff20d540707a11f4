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
    Eligibility,
    Requirement,
    load_eligibility,
    meets,
    missing,
)
from accounts.models import Level, Residence
from accounts.residence import actions as residence
from city.models import District

ASSURED = Eligibility(Level.HIGH, 18, CHECKED, 1, speaks_for=7)


@pytest.mark.parametrize(
    ("eligibility", "requirement", "code"),
    [
        (Eligibility(), ANYBODY, "account.sign_in"),
        (Eligibility(Level.LOW), ANYBODY, ""),
        (Eligibility(Level.LOW), Requirement(level=Level.SUBSTANTIAL), "eligibility.level"),
        (Eligibility(Level.SUBSTANTIAL), Requirement(level=Level.SUBSTANTIAL), ""),
        (Eligibility(Level.SUBSTANTIAL), Requirement(level=Level.HIGH), "eligibility.level"),
        (Eligibility(Level.LOW), Requirement(age_over=14), "eligibility.age"),
        (Eligibility(Level.LOW, 14), Requirement(age_over=16), "eligibility.age"),
        (Eligibility(Level.LOW, 18), Requirement(age_over=16), ""),
        (Eligibility(Level.LOW), Requirement(residence=DECLARED), "eligibility.residence"),
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
def test_what_is_met_and_what_is_lacking(eligibility, requirement, code):
    verdict = meets(eligibility, requirement)
    assert (bool(verdict), verdict.code) == (not code, code)


def test_a_refusal_says_where_one_gets_what_is_missing():
    everything = Requirement(Level.HIGH, 18, CHECKED, 1, organisation=True)
    lacking = missing(Eligibility(Level.LOW), everything)
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
eligibilities = st.builds(
    Eligibility,
    level=st.sampled_from([0, *Level]),
    age_over=AGES,
    residence=SURENESS,
    district_id=st.sampled_from([None, 1, 2]),
    speaks_for=st.sampled_from([None, 7]),
)


def more(one: Eligibility, other: Eligibility) -> Eligibility:
    """``one`` with all that the other has beyond it. Somebody lives in one district at a time."""
    order = [UNKNOWN, DECLARED, CHECKED]
    return Eligibility(
        max(one.level, other.level),
        max(one.age_over or 0, other.age_over or 0) or None,
        max(one.residence, other.residence, key=order.index),
        one.district_id or other.district_id,
        one.speaks_for or other.speaks_for,
    )


@given(eligibilities, eligibilities, requirements)
def test_more_standing_never_loses_what_was_met(eligibility, gained, requirement):
    if meets(eligibility, requirement):
        assert meets(more(eligibility, gained), requirement)


@given(eligibilities, requirements)
def test_nothing_is_missing_exactly_when_it_is_met(eligibility, requirement):
    assert bool(meets(eligibility, requirement)) == (not missing(eligibility, requirement))


@given(eligibilities, requirements)
def test_who_asks_nothing_is_met_by_all_who_signed_in(eligibility, requirement):
    if requirement.asks_nothing:
        assert bool(meets(eligibility, requirement)) == bool(eligibility.level)


@pytest.fixture
def district(db):
    return District.objects.create(name="Тернівський", slug="ternivskyi")


def test_the_standing_of_nobody_and_of_a_confirmed_address(charlie, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert load_eligibility(AnonymousUser()) == Eligibility()
    with django_assert_num_queries(1):
        assert load_eligibility(charlie) == Eligibility(Level.LOW)
    assert load_eligibility(charlie, speaks_for=7).speaks_for == 7


def test_the_standing_of_who_is_checked_comes_in_one_query(
    charlie, district, verified, django_assert_num_queries
):
    verified(charlie, age_over=16)
    residence.check(charlie, district=district, how=Residence.How.PROVIDER)
    with django_assert_num_queries(1):
        eligibility = load_eligibility(charlie)
    assert eligibility == Eligibility(Level.SUBSTANTIAL, 16, CHECKED, district.pk)


def test_a_declared_residence_is_not_a_checked_one(charlie, district):
    residence.declare(charlie, district=district, address="вул. Рудна, 1")
    assert load_eligibility(charlie) == Eligibility(Level.LOW, None, DECLARED, district.pk)


def test_what_has_expired_counts_no_more(charlie, district, verified, clock):
    verified(charlie, age_over=16)
    residence.check(charlie, district=district, how=Residence.How.PROVIDER)
    clock.advance(days=5 * 365)
    assert load_eligibility(charlie) == Eligibility(Level.LOW, None, DECLARED, district.pk)
