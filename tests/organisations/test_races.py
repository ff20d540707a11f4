"""Many at once: one acceptance, one confirmation, always a head, no word after a revocation."""

from __future__ import annotations

from threading import Event

import pytest
from django.db import OperationalError, connection

from core.domain.actions import action
from core.domain.rules import Refused
from organisations.confirming import actions as confirming_actions
from organisations.mandates import actions, queries
from organisations.mandates import actions_invitations as invitations_actions
from organisations.models import Invitation, Mandate, Organisation
from organisations.registering import actions as registering_actions
from tests import factories
from tests.crowds import at_once, codes
from tests.organisations.conftest import CODE, DESCRIBED

pytestmark = pytest.mark.django_db(transaction=True)


def test_fifty_acceptances_of_one_invitation_are_one(company, head, olena, firm):
    invitation = invitations_actions.invite(company, by=olena, email=firm.email)
    outcomes = at_once([lambda: invitations_actions.accept(invitation, by=firm)] * 50)
    assert codes(outcomes) == {"invitation.used": 49}
    assert Mandate.objects.filter(organisation=company, user=firm).count() == 1
    assert Invitation.objects.get().accepted_at is not None


@pytest.mark.parametrize("verb", ["revoke each other", "leave"])
def test_two_heads_at_once_leave_one(company, head, olena, firm, verb):
    for _round in range(8):
        Mandate.objects.filter(organisation=company).delete()
        first = factories.mandate(olena, company, is_head=True)
        other = factories.mandate(firm, company, is_head=True)
        swap = verb == "revoke each other"
        outcomes = at_once(
            [
                lambda m=other if swap else first: actions.revoke(m, by=olena),
                lambda m=first if swap else other: actions.revoke(m, by=firm),
            ]
        )
        seen = codes(outcomes)
        assert sum(seen.values()) == 1, outcomes
        assert set(seen) <= {"mandate.last_head", "mandate.heads_only"}
        left = Mandate.objects.current().filter(organisation=company, is_head=True)
        assert left.count() == 1


def test_one_of_many_claims_is_confirmed(ofi, second):
    claims = [
        registering_actions.register(
            by=factories.user(f"p{n}"), kind="legal", code=CODE, fields=DESCRIBED
        )
        for n in range(8)
    ]
    outcomes = at_once(
        [
            lambda claim=claim, by=by: confirming_actions.confirm_at_office(
                claim, by=by, papers=["extract"]
            )
            for claim, by in zip(claims, [ofi, second] * 4, strict=True)
        ]
    )
    assert codes(outcomes) == {"organisation.closed": 7}
    assert Organisation.objects.confirmed().count() == 1


def test_one_claim_of_a_person_by_fifty_clicks(olena):
    def claim() -> Organisation:
        return registering_actions.register(by=olena, kind="legal", code=CODE, fields=DESCRIBED)

    assert codes(at_once([claim] * 50)) == {"organisation.registered_already": 49}
    assert Organisation.objects.count() == Mandate.objects.count() == 1


def test_whoever_revokes_waits_for_a_word_in_flight(company, head, colleague, olena, firm):
    held, seen = Event(), Event()

    def speak() -> None:
        with action():
            queries.hold(firm, company.pk, "comment")
            held.set()
            seen.wait(20)

    def revoke() -> str:
        held.wait(20)
        try:
            with action():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '50ms'")
                actions.revoke(colleague, by=olena)
        except OperationalError:
            return "waited"
        finally:
            seen.set()
        return "came between"

    assert at_once([speak, revoke]) == [None, "waited"]
    actions.revoke(colleague, by=olena)
    with pytest.raises(Refused) as refusal, action():
        queries.hold(firm, company.pk, "comment")
    assert refusal.value.verdict.code == "mandate.revoked"


@pytest.mark.parametrize("how", ["revoke", "change", "close"])
def test_nothing_is_done_after_the_end(company, head, colleague, olena, firm, how):
    """Of many words and an end, each word is before the end or refused."""
    ended: list[int] = []
    done: list[int] = []

    def end() -> None:
        with action():
            if how == "revoke":
                actions.revoke(colleague, by=olena)
            elif how == "change":
                actions.change_mandate(colleague, by=olena, scopes=["vote"])
            else:
                registering_actions.close(company, by=olena)
            ended.append(len(done))

    def speak() -> None:
        with action():
            queries.hold(firm, company.pk, "comment")
            done.append(1)  # under the lock: the end is not there yet

    outcomes = at_once([*[speak] * 6, end, *[speak] * 40])
    expected = {"revoke": "mandate.revoked", "change": "mandate.scope", "close": None}[how]
    assert set(codes(outcomes)) <= {expected or "organisation.closed"}
    assert len(done) == ended[0]
    assert codes(outcomes).total() == 46 - len(done)
