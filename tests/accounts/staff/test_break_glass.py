"""An administrator for hours, from the server's command line: told to all, and seen."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Grant, User
from accounts.staff.events import BreakGlassUsed
from core.models import AuditEntry
from tests import factories

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_for_some_hours(olena, clock, hear, capsys):
    told = hear(BreakGlassUsed)
    call_command("break_glass", olena.email, "--reason", "Адміністратор у лікарні", "--hours", "2")
    assert fresh(olena).is_administrator
    held = Grant.objects.get()
    assert held.emergency
    assert told == [BreakGlassUsed(olena.pk, None, held.pk)]
    assert AuditEntry.objects.get(event="BreakGlassUsed").ids["grant_id"] == held.pk
    clock.advance(hours=2)
    assert not fresh(olena).is_administrator


@pytest.mark.parametrize(
    "arguments",
    [
        ("nobody@viche.example", "--reason", "…"),
        ("olena@viche.example", "--reason", " "),
        ("olena@viche.example", "--reason", "…", "--hours", "25"),
        ("olena@viche.example", "--reason", "…", "--hours", "0"),
        ("olena@viche.example", "--reason", "…", "--hours", "many"),
        ("admin@viche.example", "--reason", "…"),
        ("olena@viche.example",),
    ],
)
def test_what_is_wrong_in_one_sentence(olena, admin, arguments):
    with pytest.raises(CommandError) as wrong:
        call_command("break_glass", *arguments)
    assert "\n" not in str(wrong.value)
    assert not Grant.objects.filter(emergency=True).exists()


def test_every_administrator_is_told(olena, admin, mailbox):
    second = factories.user("second", role="administrator")
    call_command("break_glass", olena.email, "--reason", "Пожежа в серверній")
    told = mailbox()
    assert {message.to[0] for message in told} == {admin.email, second.email, olena.email}
    assert all("Пожежа в серверній" in message.body for message in told)


def test_the_desk_says_so_while_it_lasts(client, olena, mo, clock):
    client.force_login(mo)
    assert "Пожежа" not in client.get("/desk/").text
    call_command("break_glass", olena.email, "--reason", "Пожежа в серверній")
    assert "Пожежа в серверній" in client.get("/desk/").text
    clock.advance(hours=4)
    assert "Пожежа" not in client.get("/desk/").text
