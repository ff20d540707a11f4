"""Speaking for an organisation: each refusal, and that nothing is done after a revocation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.domain import clock as database_clock
from core.domain.actions import action
from organisations import rules
from organisations.mandates import queries
from organisations.models import Mandate, Organisation
from tests import factories

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def organisation(**fields) -> Organisation:
    return Organisation(pk=7, **{"confirmed_at": NOW - DAY, **fields})


def mandate(**fields) -> Mandate:
    values = {"organisation_id": 7, "user_id": 3, "scopes": ["comment"], "starts_at": NOW - DAY}
    return Mandate(pk=5, **(values | fields))


@pytest.mark.parametrize(
    ("of", "by", "scope", "code"),
    [
        ({}, {}, "comment", ""),
        ({}, {"scopes": ["all"]}, "vote", ""),
        ({}, {"ends_at": NOW + DAY}, "comment", ""),
        ({}, None, "comment", "mandate.none"),
        ({}, {"user_id": 4}, "comment", "mandate.none"),
        ({}, {"organisation_id": 8}, "comment", "mandate.none"),
        ({}, {"revoked_at": NOW}, "comment", "mandate.revoked"),
        ({}, {"ends_at": NOW}, "comment", "mandate.ended"),
        ({}, {"starts_at": NOW + DAY}, "comment", "mandate.ended"),
        ({}, {}, "vote", "mandate.scope"),
        ({}, {"scopes": ["vote", "sign"]}, "comment", "mandate.scope"),
        ({"confirmed_at": None}, {}, "comment", "organisation.not_confirmed"),
        ({"closed_at": NOW}, {}, "comment", "organisation.closed"),
        ({"closed_at": NOW, "confirmed_at": None}, {}, "comment", "organisation.closed"),
    ],
)
def test_rule(of, by, scope, code):
    held = None if by is None else mandate(**by)
    person = factories.person(3, is_active=True)
    verdict = rules.speak_for(person, organisation(**of), held, scope=scope, now=NOW)
    assert verdict.code == code and bool(verdict) is not bool(code)


def test_who_is_suspended_speaks_for_nobody():
    person = factories.person(3, is_active=False)
    verdict = rules.speak_for(person, organisation(), mandate(), scope="comment", now=NOW)
    assert verdict.code == "account.suspended"


@pytest.mark.django_db
def test_held_with_its_organisation(company, colleague, firm, django_assert_num_queries):
    with action(), django_assert_num_queries(2):
        held = queries.hold(firm, company.pk, "comment")
        assert (held, held.organisation) == (colleague, company)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["charlie", "olena"])
def test_not_held_by_others(company, colleague, refused, request, who):
    person = request.getfixturevalue(who)
    if who == "olena":
        with refused("mandate.scope"), action():
            queries.hold(colleague.user, company.pk, "vote")
    else:
        with refused("mandate.none"), action():
            queries.hold(person, company.pk, "comment")


@pytest.mark.django_db
def test_of_no_organisation(charlie, refused):
    with refused("mandate.none"), action():
        queries.hold(charlie, 10**9, "comment")


@pytest.mark.django_db
def test_the_latest_counts(company, firm):
    """A mandate that was revoked long ago does not stand in the way of a new one."""
    factories.mandate(firm, company, revoked_at=database_clock.now())
    new = factories.mandate(firm, company)
    with action():
        assert queries.hold(firm, company.pk, "comment") == new
