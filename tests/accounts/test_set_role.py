"""Roles: given by administrators and by whoever runs the server, with a trace."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from accounts import actions
from accounts.events import RoleChanged
from accounts.models import User
from core.models import AuditEntry
from core.rules import Refused

pytestmark = pytest.mark.django_db


def test_an_administrator_gives_a_role(admin, olena, department, hear):
    told = hear(RoleChanged)
    actions.set_role(olena, by=admin, role="officer", department=department)
    olena.refresh_from_db()
    assert olena.speaks_for(department.pk)
    assert told == [RoleChanged(olena.pk, admin.pk, "officer", department.pk)]
    assert AuditEntry.objects.get(event="RoleChanged").ids["role"] == "officer"


@pytest.mark.parametrize(
    ("role", "code"),
    [("officer", "account.department_missing"), ("king", "account.no_such_role")],
)
def test_a_role_that_does_not_fit(admin, olena, role, code):
    with pytest.raises(Refused) as refused:
        actions.set_role(olena, by=admin, role=role)
    assert refused.value.verdict.code == code


def test_by_command(olena, department):
    call_command("set_role", "OLENA@viche.example", "officer", "--department", department.slug)
    olena.refresh_from_db()
    assert (olena.role, olena.department) == ("officer", department)
    call_command("set_role", olena.email, "moderator")
    olena.refresh_from_db()
    assert (olena.role, olena.department) == ("moderator", None)
    assert AuditEntry.objects.filter(event="RoleChanged", actor=None).count() == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("nobody@viche.example", "moderator"),
        ("olena@viche.example", "officer"),
        ("olena@viche.example", "officer", "--department", "none"),
        ("olena@viche.example", "king"),
    ],
)
def test_the_command_says_what_is_wrong_in_one_sentence(olena, department, arguments):
    with pytest.raises(CommandError):
        call_command("set_role", *arguments)
    olena.refresh_from_db()
    assert olena.role == "resident"


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
