"""A phone and the codes are lost: an administrator takes the factors away."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.events import UserSignedOut
from accounts.security import actions
from accounts.security.events import SecondFactorsReset
from core.models import AuditEntry
from tests.factors import connect_app

pytestmark = pytest.mark.django_db


def test_all_go_and_so_do_the_sessions(mo, admin, hear):
    connect_app(mo)
    client = Client()
    client.force_login(mo)
    told = hear(SecondFactorsReset, UserSignedOut)
    actions.reset_factors(mo, by=admin)
    assert not Authenticator.objects.filter(user=mo).exists()
    assert told == [UserSignedOut(mo.pk), SecondFactorsReset(mo.pk, admin.pk)]
    assert AuditEntry.objects.get(event="SecondFactorsReset").actor == admin.pk
    assert [
        job.args["template"] for job in ProcrastinateJob.objects.filter(args__user_id=mo.pk)
    ] == ["accounts/factors_reset"]


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("olena", "account.not_administrator"),
        ("ofi", "account.not_administrator"),
        ("mo", "account.not_administrator"),
    ],
)
def test_others_may_not(request, who, code, resident, app, refused):
    with refused(code):
        actions.reset_factors(resident, by=request.getfixturevalue(who))
    assert Authenticator.objects.filter(user=resident).count() == 2


def test_nobody_does_it_to_herself(admin, refused):
    with refused("account.oneself"):
        actions.reset_factors(admin, by=admin)


def test_an_administrator_without_a_second_factor_may_not(admin, mo, refused):
    admin.second_factored = False
    with refused("account.not_administrator"):
        actions.reset_factors(mo, by=admin)


def test_whoever_runs_the_server_may_by_a_command(resident, app, capsys):
    call_command("reset_second_factors", resident.email.upper())
    assert not Authenticator.objects.filter(user=resident).exists()
    assert AuditEntry.objects.get(event="SecondFactorsReset").actor is None


def test_the_command_says_whom_it_does_not_find(db):
    with pytest.raises(CommandError):
        call_command("reset_second_factors", "nobody@viche.example")
