"""Whom a session brings is read with it, and judged as Django judges."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.security import sessions
from accounts.security.store import SessionStore
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@pytest.fixture
def key(resident) -> str:
    """Of a session as a browser has it after signing in."""
    client = Client()
    client.post("/account/login/", {"login": resident.email, "password": PASSWORD})
    assert UserSession.objects.filter(session_key=client.session.session_key, user=resident)
    return client.session.session_key


def changed(key: str, **values: str | None) -> str:
    store = SessionStore(key)
    for name, value in values.items():
        if value is None:
            del store[name]
        else:
            store[name] = value
    store.save()
    return key


def by_django(key: str) -> object:
    request = HttpRequest()
    request.session = SessionStore(key)
    return get_user(request)


def test_one_statement_brings_her_with_all_her_columns(resident, key, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = sessions.user_from_session(SessionStore(key))
    assert found == resident
    resident.refresh_from_db()
    names = [field.attname for field in User._meta.concrete_fields]
    assert [getattr(found, name) for name in names] == [getattr(resident, name) for name in names]
    assert (found._state.adding, found._state.db) == (False, "default")


def test_a_page_costs_one_statement_for_both(resident, key, django_assert_max_num_queries):
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    client.get("/account/name/")
    with django_assert_max_num_queries(1) as asked:
        client.get("/account/name/")
    assert "django_session" in asked[0]["sql"]


def test_she_is_taken_once(resident, key, django_assert_num_queries):
    """A session that is asked again later does not answer with what it knew before."""
    store = SessionStore(key)
    assert sessions.user_from_session(store) == resident
    User.objects.filter(pk=resident.pk).update(is_active=False)
    with django_assert_num_queries(1):
        assert sessions.user_from_session(store).is_anonymous


def test_without_rights_until_they_are_judged(resident, key):
    User.objects.filter(pk=resident.pk).update(is_staff=True)
    assert SessionStore(key).pop_user(BACKEND).grants_in_force == ()


def test_nobody_after_a_suspension(resident, key):
    User.objects.filter(pk=resident.pk).update(is_active=False)
    assert sessions.user_from_session(SessionStore(key)).is_anonymous
    assert by_django(key).is_anonymous


def test_nobody_after_another_password(resident, key):
    resident.set_password("інший пароль для входу")
    resident.save()
    assert sessions.user_from_session(SessionStore(key)).is_anonymous
    assert SessionStore(key).load() == {}  # Django has ended it


@pytest.mark.parametrize(
    "values",
    [
        {HASH_SESSION_KEY: "0" * 64},
        {HASH_SESSION_KEY: ""},
        {HASH_SESSION_KEY: None},
        {BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend"},
        {BACKEND_SESSION_KEY: None},
        {SESSION_KEY: None},
    ],
)
def test_nobody_by_a_session_that_says_otherwise(resident, key, values):
    changed(key, **values)
    assert SessionStore(key).pop_user(BACKEND) is None
    assert sessions.user_from_session(SessionStore(key)).is_anonymous


def test_the_session_s_word_goes_before_the_row_beside_it(resident, bohdan, key):
    """Of a browser that was another's before."""
    UserSession.objects.filter(session_key=key).update(user=bohdan)
    assert SessionStore(key).pop_user(BACKEND) is None
    assert sessions.user_from_session(SessionStore(key)) == resident


def test_a_session_without_such_a_row_is_as_good(resident, key):
    UserSession.objects.all().delete()
    assert sessions.user_from_session(SessionStore(key)) == resident


def test_after_a_change_of_the_secret_the_session_goes_on(resident, key, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-secret"
    store = SessionStore(key)
    assert sessions.user_from_session(store) == resident
    assert store[HASH_SESSION_KEY] == resident.get_session_auth_hash()


@pytest.mark.parametrize("wrong", ["", "0" * 32])
def test_no_session_no_person(wrong):
    assert sessions.user_from_session(SessionStore(wrong or None)).is_anonymous


def test_a_new_session_is_written_by_one_statement(transactional_db, django_assert_num_queries):
    store = SessionStore()
    store["words"] = "Слово"
    with django_assert_num_queries(1):
        store.save()
    assert dict(SessionStore(store.session_key).items()) == {"words": "Слово"}
    store["words"] = "Інше"
    store.save()
    assert SessionStore(store.session_key)["words"] == "Інше"


def test_only_sessions_of_nobody_do_not_wait_for_the_disk(transactional_db, resident):
    def how(**held: str) -> str:
        store = SessionStore()
        store.update(held)
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = 'local'")
            with CaptureQueriesContext(connection) as asked:
                store.save()
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone() == ("local",), "only in the statement's own transaction"
            cursor.execute("RESET synchronous_commit")
        return asked[0]["sql"]

    assert "synchronous_commit" in how(words="Слово")
    assert "synchronous_commit" not in how(**{SESSION_KEY: str(resident.pk)})


def test_a_key_that_is_taken_is_not_given_twice(transactional_db, monkeypatch):
    first = SessionStore()
    first.create()
    keys = iter([first.session_key, "k" * 32])
    monkeypatch.setattr(SessionStore, "_get_new_session_key", lambda self: next(keys))
    second = SessionStore()
    second.create()
    assert second.session_key == "k" * 32
