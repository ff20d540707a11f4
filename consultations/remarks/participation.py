"""Eligibility of a person who takes part in a consultation, loaded only where it matters."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from accounts.eligibility import Eligibility, Requirement, load_eligibility
from accounts.models import Level
from consultations import rules
from core.domain.rules import Verdict
from discussions import voices

if TYPE_CHECKING:
    from accounts.models import Anybody
    from consultations.models import Consultation, Procedure


#: What is known of everybody who has signed in; enough where a procedure asks nothing more.
SIGNED_IN = Eligibility(Level.LOW)


def eligibility_in(
    user: Anybody, procedure: Procedure, *, speaks_for: int | None = None
) -> Eligibility:
    """Eligibility of ``user`` for rules.take_part: ``SIGNED_IN``, without a query, where the
    procedure asks nothing of people; one query otherwise.

    ``speaks_for``: the organisation in whose name they are about to speak.
    """
    if procedure.requirement.asks_nothing:
        return SIGNED_IN
    return load_eligibility(user, speaks_for=speaks_for)


def eligibility_at_all(user: Anybody, procedure: Procedure) -> Eligibility:
    """The same, as pages and support ask it: where organisations take part, a person counts as
    speaking for one when there is one that they may speak for (a query more)."""
    return eligibility_for(user, procedure.requirement)


def eligibility_for(user: Anybody, requirement: Requirement) -> Eligibility:
    """The same, for whoever has a procedure's requirement alone."""
    if requirement.asks_nothing:
        return SIGNED_IN
    if not requirement.organisation:
        return load_eligibility(user)
    organisation = next(iter(voices.organisations_of(user)), None)
    return load_eligibility(user, speaks_for=organisation.pk if organisation else None)


def may_take_part(user: Anybody, consultation: Consultation, now: datetime) -> Verdict:
    """rules.take_part for pages: may they speak here, in their own or an organisation's name?"""
    eligibility = eligibility_at_all(user, consultation.procedure)
    return rules.take_part(user, consultation, now=now, eligibility=eligibility)
