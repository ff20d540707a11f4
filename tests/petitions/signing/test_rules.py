"""Who may sign and take back: roles × states, without a database but for what makes a petition."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.eligibility import DECLARED, Eligibility
from accounts.models import Level
from core.domain import clock
from petitions.models import Pending, Procedure, Signature, State
from petitions.signing import rules
from tests import factories as people
from tests.petitions import factories

Signers, Status = Procedure.Signers, Signature.Status
OPEN = {State.COLLECTING, State.REACHED}

ROLES = {
    "anon": AnonymousUser(),
    "resident": people.person(1),
    "suspended": people.person(2, is_active=False),
    "moderator": people.person(3, "moderator"),
    "officer": people.person(4, "officer"),
}
RESIDENT = Eligibility(level=Level.LOW, residence=DECLARED)


@pytest.mark.parametrize(
    ("role", "signers", "eligibility", "code"),
    [
        ("anon", Signers.ANYONE, None, "account.sign_in"),
        ("suspended", Signers.ANYONE, None, "account.suspended"),
        ("resident", Signers.ANYONE, None, ""),
        ("moderator", Signers.ANYONE, None, ""),
        ("officer", Signers.ANYONE, None, ""),
        ("resident", Signers.RESIDENTS, None, "account.sign_in"),
        ("resident", Signers.RESIDENTS, Eligibility(level=Level.LOW), "eligibility.residence"),
        ("resident", Signers.RESIDENTS, RESIDENT, ""),
        ("resident", Signers.VERIFIED_RESIDENTS, RESIDENT, "eligibility.level"),
        ("suspended", Signers.RESIDENTS, RESIDENT, "account.suspended"),
    ],
)
def test_who_may_sign(role, signers, eligibility, code):
    procedure = Procedure(signers=signers)
    assert rules.sign(ROLES[role], procedure, eligibility=eligibility).code == code


@pytest.mark.parametrize("signers", Signers.values)
def test_by_mail_where_nothing_more_is_asked(signers):
    code = "" if signers == Signers.ANYONE else "petition.not_by_mail"
    assert rules.sign_by_mail(Procedure(signers=signers)).code == code


@pytest.mark.parametrize("wanted", [True, False])
@pytest.mark.parametrize("may", [True, False])
def test_names_are_withheld_where_the_rules_let(wanted, may):
    procedure = Procedure(signers=Signers.ANYONE, names_may_be_withheld=may)
    code = "petition.names_are_public" if wanted and not may else ""
    by_mail = rules.sign_by_mail(procedure, name_withheld=wanted)
    by_account = rules.sign(ROLES["resident"], procedure, eligibility=None, name_withheld=wanted)
    assert by_mail.code == by_account.code == code


@pytest.mark.django_db
@pytest.mark.parametrize("state", State.values)
def test_when_it_is_open_and_why_not(olena, state):
    petition = factories.petition(olena, state)
    verdict = rules.be_open(petition, now=clock.now())
    assert bool(verdict) == (state in OPEN)
    assert verdict.code == ("" if state in OPEN else "petition.not_open")
    said = {
        State.DRAFT: rules._NOT_PUBLISHED,
        State.MODERATION: rules._NOT_PUBLISHED,
        State.REFUSED: rules._NOT_PUBLISHED,
        State.NOT_REACHED: rules._NOT_OPEN[State.NOT_REACHED],
        State.WITHDRAWN: rules._NOT_OPEN[State.WITHDRAWN],
    }
    if not verdict:
        assert verdict.message == said.get(State(state), rules._UNDER_REVIEW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "state", [State.COLLECTING, State.REACHED, State.REVIEW, State.NOT_REACHED]
)
@pytest.mark.parametrize("is_own", [True, False])
@pytest.mark.parametrize("status", Status.values)
def test_who_may_take_back(olena, state, is_own, status):
    petition = factories.petition(olena, state)
    verdict = rules.take_back(
        Signature(petition=petition, status=status), petition, now=clock.now(), is_own=is_own
    )
    if status == Status.WITHDRAWN:
        code = "petition.not_signed"
    elif not is_own:
        code = "petition.not_your_signature"
    elif status == Status.REMOVED:
        code = "petition.signature_removed"
    else:
        code = "" if state in OPEN else "petition.not_open"
    assert verdict.code == code


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "hours", "code"),
    [
        (1, 1, ""),
        (rules.MOST_MAILS - 1, 1, ""),
        (rules.MOST_MAILS, 1, "petition.no_more_mails"),
        (1, 0, "petition.link_expired"),
    ],
)
def test_when_a_mail_goes_again(sent, hours, code):
    now = clock.now()
    asked = Pending(sent=sent, expires_at=now + timedelta(hours=hours))
    assert rules.send_again(asked, now=now).code == code
