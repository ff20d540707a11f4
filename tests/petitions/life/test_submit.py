"""Sending a petition to be checked, and taking it back."""

from __future__ import annotations

import pytest

from accounts.models import Residence
from core.db.search import query
from core.domain import clock as database_clock
from core.models import AuditEntry
from petitions.events import PetitionSubmitted, PetitionWithdrawn
from petitions.life import actions
from petitions.models import Petition, Procedure, State
from tests.petitions import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(olena):
    return factories.petition(olena, State.DRAFT)


def test_sends_it(draft, olena, bohdan, mo, emitted):
    newest = factories.procedure(threshold=700)
    made = actions.submit(draft, by=olena)
    assert made.state_at(database_clock.now()) == State.MODERATION
    assert made.procedure == newest
    assert made.publish_due_on
    assert emitted == [PetitionSubmitted(made.pk, olena.pk)]
    assert AuditEntry.objects.get().ids == {"petition_id": made.pk, "by_id": olena.pk}
    assert list(Petition.objects.on_moderation()) == [made]
    assert list(Petition.objects.worked_on_by(mo)) == [made]
    assert not Petition.objects.visible_to(bohdan).exists()


def test_is_found_by_its_words_in_any_form(draft, olena):
    actions.submit(draft, by=olena)
    assert Petition.objects.filter(search=query("велодоріжкою на проспекті")).exists()


@pytest.mark.parametrize(
    ("column", "code"),
    [
        ("title", "petition.title_missing"),
        ("text", "petition.text_missing"),
        ("author_name", "petition.author_name_missing"),
    ],
)
def test_only_whole(draft, olena, refused, column, code):
    actions.change(draft, by=olena, **{column: ""})
    with refused(code):
        actions.submit(draft, by=olena)


def test_only_once(draft, olena, refused):
    actions.submit(draft, by=olena)
    with refused("petition.not_a_draft"):
        actions.submit(draft, by=olena)


def test_only_by_its_author(draft, bohdan, admin, refused):
    for person in (bohdan, admin):
        with refused("petition.not_yours"):
            actions.submit(draft, by=person)


def test_only_by_who_could_sign_it(draft, olena, refused):
    factories.procedure(signers=Procedure.Signers.RESIDENTS)
    with refused("eligibility.residence"):
        actions.submit(draft, by=olena)
    assert not Residence.objects.exists()


def test_an_author_needs_an_address_for_mail(draft, olena, refused):
    olena.email, olena.phone = None, "+380441234567"
    olena.save()
    with refused("petition.email_missing"):
        actions.submit(draft, by=olena)


@pytest.mark.parametrize("state", [State.MODERATION, State.COLLECTING])
def test_takes_it_back(olena, emitted, state):
    petition = factories.petition(olena, state)
    made = actions.withdraw(petition, by=olena, reason=" Уже зроблено ")
    assert made.state_at(database_clock.now()) == State.WITHDRAWN
    assert made.withdrawn_reason == "Уже зроблено"
    assert emitted == [PetitionWithdrawn(made.pk, olena.pk)]
    assert (made in Petition.objects.published()) == (state == State.COLLECTING)
    assert made not in Petition.objects.collecting()


@pytest.mark.parametrize("state", sorted(set(State) - {State.MODERATION, State.COLLECTING}))
def test_not_once_it_has_enough_or_is_over(olena, refused, state):
    petition = factories.petition(olena, state)
    with refused("petition.cannot_be_withdrawn"):
        actions.withdraw(petition, by=olena, reason="Уже зроблено")


def test_not_when_it_has_enough_though_nobody_has_counted_yet(olena, refused):
    petition = factories.petition(olena, procedure=factories.procedure(threshold=2))
    factories.signatures(petition, 2)
    with refused("petition.cannot_be_withdrawn"):
        actions.withdraw(petition, by=olena, reason="Уже зроблено")


def test_not_by_anybody_else_and_not_without_a_reason(olena, bohdan, mo, admin, refused):
    petition = factories.petition(olena)
    for person in (bohdan, mo, admin):
        with refused("petition.not_yours"):
            actions.withdraw(petition, by=person, reason="Чому б ні")
    with refused("petition.reason_missing"):
        actions.withdraw(petition, by=olena, reason=" ")


def test_budgets(draft, olena, django_assert_max_num_queries):
    with django_assert_max_num_queries(13):  # each with what is told of it
        actions.submit(draft, by=olena)
    with django_assert_max_num_queries(13):
        actions.withdraw(draft, by=olena, reason="Уже зроблено")
