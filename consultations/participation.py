"""Who takes part in a consultation: what is known of a person, asked only where it matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.eligibility import Requirement, Standing, standing_of
from discussions import voices

if TYPE_CHECKING:
    from accounts.models import Anybody
    from consultations.models import Procedure


def standing_in(
    user: Anybody, procedure: Procedure, *, speaks_for: int | None = None
) -> Standing | None:
    """What rules.take_part is told of ``user``: None, without a query, where the procedure asks
    nothing of people; one query otherwise.

    ``speaks_for``: the organisation in whose name she is about to speak.
    """
    if procedure.requirement.asks_nothing:
        return None
    return standing_of(user, speaks_for=speaks_for)


def standing_at_all(user: Anybody, procedure: Procedure) -> Standing | None:
    """The same, as pages and support ask it: where organisations take part, she counts as speaking
    for one when there is one that she may speak for (a query more)."""
    return standing_to(user, procedure.requirement)


def standing_to(user: Anybody, requirement: Requirement) -> Standing | None:
    """The same, for whoever has a procedure's requirement alone."""
    if requirement.asks_nothing:
        return None
    if not requirement.organisation:
        return standing_of(user)
    organisation = next(iter(voices.organisations_of(user)), None)
    return standing_of(user, speaks_for=organisation.pk if organisation else None)
