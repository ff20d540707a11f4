"""Sockets know the same as pages: without the second factor one watches what a resident may."""

from __future__ import annotations

import time

import pytest
from django.test import Client

from accounts.allauth_compat import RECORDS_KEY
from accounts.security.proofs import FACTOR
from realtime import watch
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(department) -> str:
    """Of a draft that is being prepared: its department's officers alone may watch it."""
    return factories.consultation(department, "preparing").topic


def person(user, **how) -> tuple:
    client = Client()
    client.force_login(user, **how)
    return watch.person_of(client.session.session_key)


def test_an_officer_watches_it_only_with_the_factor(ofi, topic):
    for how, may in (({}, True), ({"second_factor": False}, False)):
        user, behind = person(ofi, **how)
        assert watch.may_watch(user, topic) is may
        again = watch.users([behind])[behind]
        assert watch.may_watch(again, topic) is may
        assert watch.users_with_changed_rights([behind]) == set()


def test_two_sessions_of_one_person_are_two(ofi, topic):
    whole, half = person(ofi)[1], person(ofi, second_factor=False)[1]
    users = watch.users([whole, half])
    assert watch.may_watch(users[whole], topic)
    assert not watch.may_watch(users[half], topic)


def test_the_socket_ends_with_the_factor_s_hours(ofi, topic, settings):
    client = Client()
    client.force_login(ofi)
    session = client.session
    settings.SECOND_FACTOR_HOURS = 1
    session[RECORDS_KEY] = [{"method": FACTOR, "at": time.time() - 3590}]
    session.save()
    _user, behind = watch.person_of(session.session_key)
    assert watch.users_with_changed_rights([behind]) == set()
    over = watch.Person(
        behind.session,
        behind.user_id,
        behind.rights_fingerprint,
        behind.proved_until - 20,
        behind.voices,
    )
    assert watch.users_with_changed_rights([over]) == {over}


def test_residents_are_not_bound_to_any_hours(olena):
    assert watch.users_with_changed_rights([person(olena)[1]]) == set()


def test_asking_costs_four_questions_for_any_number(ofi, mo, olena, django_assert_max_num_queries):
    people = [person(user)[1] for user in (ofi, ofi, mo, olena)]
    with django_assert_max_num_queries(4):
        assert watch.users_with_changed_rights(people) == set()
