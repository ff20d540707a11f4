"""manage.py suspend: for whoever runs the server, in the name of who decided."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def test_suspends_and_lets_act_again(resident, mo, capsys):
    call_command("suspend", "RESIDENT@viche.example", "--by", mo.email, "--reason", "Спам")
    resident.refresh_from_db()
    assert not resident.is_active
    assert resident.suspensions.get().reason == "Спам"
    assert capsys.readouterr().out == "resident@viche.example is suspended.\n"
    call_command("suspend", resident.email, "--by", mo.email, "--end")
    resident.refresh_from_db()
    assert resident.is_active
    assert resident.suspensions.get().ended_by == mo


@pytest.mark.parametrize("by", ["olena@viche.example", "nobody@viche.example"])
def test_only_in_the_name_of_who_may(resident, olena, by):
    with pytest.raises(CommandError):
        call_command("suspend", resident.email, "--by", by, "--reason", "Спам")
    resident.refresh_from_db()
    assert resident.is_active


def test_needs_a_reason_or_an_end(resident, mo):
    with pytest.raises(CommandError):
        call_command("suspend", resident.email, "--by", mo.email)
    with pytest.raises(CommandError):
        call_command("suspend", resident.email, "--by", mo.email, "--reason", " ")
