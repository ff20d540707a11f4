"""Roles given and taken from the server's command line, with a trace."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from core.models import AuditEntry
from tests import factories

pytestmark = pytest.mark.django_db


def held(user):
    user.refresh_from_db()
    return [(grant.role, grant.department_id, grant.scope) for grant in user.grants_in_force]


def test_grant_and_revoke(admin, olena, department):
    scope = factories.consultation(department).topic
    call_command("grant", "OLENA@viche.example", "officer", "--department", department.slug)
    call_command("grant", olena.email, "moderator", "--scope", scope)
    assert held(olena) == [("officer", department.pk, ""), ("moderator", None, scope)]
    assert olena.is_staff
    assert AuditEntry.objects.filter(event="GrantGiven", actor=None).count() == 2
    call_command("revoke", olena.email, "officer", "--department", department.slug)
    assert held(olena) == [("moderator", None, scope)]
    call_command("revoke", olena.email)
    assert held(olena) == []
    assert not olena.is_staff
    assert olena.grants.count() == 2  # nothing is deleted
    assert AuditEntry.objects.filter(event="GrantRevoked", actor=None).count() == 2


def test_until_a_day(olena, clock):
    call_command("grant", olena.email, "moderator", "--until", "2099-12-31")
    assert str(olena.grants.get().ends_at) == "2099-12-31 22:00:00+00:00"  # midnight in Kyiv


@pytest.mark.parametrize(
    "arguments",
    [
        ("grant", "nobody@viche.example", "moderator"),
        ("grant", "olena@viche.example", "officer"),
        ("grant", "olena@viche.example", "officer", "--department", "none"),
        ("grant", "olena@viche.example", "moderator", "--department", "infrastructure"),
        ("grant", "olena@viche.example", "administrator", "--scope", "consultation:1"),
        ("grant", "olena@viche.example", "moderator", "--until", "2020-01-01"),
        ("grant", "olena@viche.example", "moderator", "--until", "tomorrow"),
        ("grant", "olena@viche.example", "king"),
        ("grant", "olena@viche.example", "moderator", "--scope", "consultation:404"),
        ("revoke", "olena@viche.example"),
        ("revoke", "admin@viche.example"),
        ("revoke", "nobody@viche.example"),
    ],
)
def test_the_command_says_what_is_wrong_in_one_sentence(admin, olena, department, arguments):
    with pytest.raises(CommandError) as wrong:
        call_command(*arguments)
    assert "\n" not in str(wrong.value)
    assert held(olena) == []
    assert held(admin) == [("administrator", None, "")]


def test_the_first_administrator_comes_by_command(client, code):
    call_command(
        "create_person", "first@viche.example", "Соломія", "Гук", "--role", "administrator"
    )
    person = User.objects.get()
    assert person.is_administrator
    client.post("/account/login/code/", {"email": person.email})
    client.post("/account/login/code/confirm/", {"code": code()})
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize("email", ["olena@viche.example", "not an address"])
def test_nobody_is_made_twice_or_without_an_address(olena, email):
    with pytest.raises(CommandError):
        call_command("create_person", email, "О", "К")
    assert User.objects.count() == 1
