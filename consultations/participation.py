"""Who takes part in a consultation: what is known of a person, asked only where it matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.eligibility import Eligibility, Requirement, load_eligibility
from discussions import voices

if TYPE_CHECKING:
    from accounts.models import Anybody
    from consultations.models import Procedure


def eligibility_in(
    user: Anybody, procedure: Procedure, *, speaks_for: int | None = None
) -> Eligibility | None:
    """What rules.take_part is told of ``user``: None, without a query, where the procedure asks
    nothing of people; one query otherwise.

    ``speaks_for``: the organisation in whose name she is about to speak.
    """
    if procedure.requirement.asks_nothing:
        return None
    return load_eligibility(user, speaks_for=speaks_for)


def eligibility_at_all(user: Anybody, procedure: Procedure) -> Eligibility | None:
    """The same, as pages and support ask it: where organisations take part, she counts as speaking
    for one when there is one that she may speak for (a query more)."""
    return standing_to(user, procedure.requirement)


def standing_to(user: Anybody, requirement: Requirement) -> Eligibility | None:
    """The same, for whoever has a procedure's requirement alone."""
    if requirement.asks_nothing:
        return None
    if not requirement.organisation:
        return load_eligibility(user)
    organisation = next(iter(voices.organisations_of(user)), None)
    return load_eligibility(user, speaks_for=organisation.pk if organisation else None)
