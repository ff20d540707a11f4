"""What is known of people, and who may speak for whom: attacks on identity and mandates."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.data.actions import ask_export, erase
from accounts.identity.handlers import merge
from accounts.models import Export, Grant
from accounts.paper.actions import new_sheet
from accounts.people.fields import clean_name
from accounts.staff.actions import revoke
from core.domain.rules import Refused
from notifications.models import Letter
from notifications.sending.mail import send
from organisations.forms import RegisterForm
from organisations.models import Organisation
from organisations.registering import actions as organisations
from tests import factories
from tests.organisations.conftest import CODE, DESCRIBED

pytestmark = pytest.mark.django_db

#: Of nobody: the check digit fits.
PERSON_CODE = "3184710691"
HOURS_AGO = 13 * 3600


def age_factor(client) -> None:
    """Let the session's second factor be too old for the desk."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= HOURS_AGO
    session.modified = True
    session.save()


def test_a_persons_code_waits_in_no_session(client, ofi, olena):
    """The gate keeps a form while it asks for the factor: whoever reads the table of sessions, or
    a copy of the database, would read РНОКПП there."""
    client.force_login(ofi)
    age_factor(client)
    page = reverse("people:check", args=[olena.pk])
    answer = client.post(page, {"person_code": PERSON_CODE, "document": "passport"})
    assert (answer.status_code, page.replace("/", "%2F") in answer["Location"]) == (302, True)
    assert PERSON_CODE not in str(dict(client.session))


def test_other_forms_of_the_desk_still_wait(client, ofi):
    client.force_login(ofi)
    age_factor(client)
    client.post(reverse("people:search"), {"who": "olena@viche.example"})
    assert "account_reauthentication_state" in client.session


def test_whoever_leaves_the_council_takes_no_list_with_her(ofi, admin):
    """What an officer entered for the city is none of her own: her erasure closes nothing of it."""
    entered = organisations.enter(by=ofi, kind="legal", code=CODE, fields=DESCRIBED)
    for held in Grant.objects.filter(user=ofi):
        revoke(held, by=admin, reason="Звільнилася.")
    ofi.refresh_from_db()
    erase(ofi, by=ofi)
    assert list(Organisation.objects.waiting()) == [entered]
    entered.refresh_from_db()
    assert (entered.name, entered.contact) == (DESCRIBED["name"], DESCRIBED["contact"])


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200b", "\u00ad", "\u3164", "\u115f"])
@pytest.mark.parametrize("field", ["name", "short_name", "location", "contact"])
def test_nothing_hides_in_what_an_organisation_is_called(field, sign):
    """Reversed, or blank at its end, a name or a location reads like another one's."""
    written = {**DESCRIBED, "kind": "legal", "code": CODE}
    assert RegisterForm(written).is_valid()
    form = RegisterForm({**written, field: f"{written[field]}{sign}о"})
    assert list(form.errors) == [field]


@pytest.mark.parametrize("name", ["\u3164", "Олена\u3164", "\u115f\u1160"])
def test_nobody_has_a_name_that_is_not_seen(name):
    with pytest.raises(ValidationError):
        clean_name(name)


def test_nothing_is_put_together_for_whoever_was_erased_meanwhile(olena):
    """A page that was open while the account was erased in another browser."""
    erase(type(olena).objects.get(pk=olena.pk), by=olena)
    with pytest.raises(Refused) as refusal:
        ask_export(olena)
    assert refusal.value.verdict.code == "account.suspended"
    assert not Export.objects.exists()


def test_no_officer_makes_herself_a_way_in_unheard(olena, ofi):
    """A sheet is printed for whoever the officer says stands before her; its owner is told."""
    sheet, _codes = new_sheet(olena, by=ofi)
    [job] = ProcrastinateJob.objects.filter(args__about=f"sheet:{sheet.pk}")
    assert send(**job.args)
    [sent] = mail.outbox
    assert sent.to == [olena.email]
    assert "/account/data/journal/" in sent.body


def test_nobody_swallows_an_account_unheard(charlie, firm):
    """A stolen password is enough to join an account to one's own, for good: its owner hears."""
    address = firm.email
    merge(charlie, firm)
    [letter] = Letter.objects.all()
    assert (letter.to, "/account/" in letter.text) == (address, False)


def test_an_erasure_locks_organisations_in_the_order_of_all(olena):
    """Those that she registered and runs no more were updated as they lay on the disk: two people
    who left one another's organisations at once could deadlock."""
    for name in ("ТОВ «Перше»", "ТОВ «Друге»"):
        factories.organisation(name, registered_by=olena)
    with CaptureQueriesContext(connection) as asked:
        erase(olena, by=olena)
    first = next(
        query["sql"]
        for query in asked
        if re.match('(SELECT|UPDATE) "organisations_organisation"', query["sql"])
        and "UPDATE" in query["sql"]
    )
    assert first.startswith('SELECT "organisations_organisation"."id"')
    assert first.endswith(" ORDER BY 1 ASC FOR NO KEY UPDATE")
