"""Mandates, as other apps ask for them before something is done for an organisation.

with action():
    consultation, now = shared(consultation)
    mandate = mandates.hold(by, organisation_id, Scope.COMMENT)   # under lock, or Refused
    ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.core.exceptions import ObjectDoesNotExist

from core.db.collation import key
from core.domain.actions import shared
from core.domain.clock import Now
from core.domain.rules import Refused, require
from organisations import rules
from organisations.models import Mandate, Organisation

if TYPE_CHECKING:
    from accounts.models import Anybody, User


def of(user: Anybody, scope: str = "") -> list[Mandate]:
    """The mandates in force of a person (that cover ``scope``), each with its organisation.

    By the organisations' short names in Ukrainian order; one query, none for nobody.
    """
    if not user.is_authenticated:
        return []
    mandates = Mandate.objects.in_force().filter(user=user).select_related("organisation")
    if scope:
        mandates = mandates.covering(scope)
    return sorted(mandates, key=lambda mandate: key(mandate.organisation.short_name))


def mandate_of(user: Anybody, organisation_id: int, scope: str) -> Mandate | None:
    """The mandate in force by which a person may do ``scope`` for the organisation; one query.

    For pages: it takes no lock. An action asks ``hold``.
    """
    if not user.is_authenticated:
        return None
    return (
        Mandate.objects.in_force()
        .covering(scope)
        .select_related("organisation")
        .filter(user=user, organisation_id=organisation_id)
        .first()
    )


def hold(user: User, organisation_id: int, scope: str, *, may_wait: bool = False) -> Mandate:
    """The person's mandate to do ``scope``, with its organisation, held until the action ends.

    Call it inside an action, after the lock of what is written to. The organisation's row is the
    lock of all its mandates: whoever revokes, changes or closes takes it exclusively, so they wait
    for this action, or this action sees what they did. Refuses by rules.speak_for. Two queries.

    ``may_wait``: what is done waits for the organisation's confirmation; whether it is confirmed,
    its row says, which stays as it is until the action ends.
    """
    try:
        organisation, asked_at = shared(Organisation(pk=organisation_id))
    except ObjectDoesNotExist:
        raise Refused(rules.NONE) from None
    mandate = (
        # The base manager, whose rows mypy knows with what is annotated.
        Mandate._base_manager.filter(user=user, organisation=organisation)
        # Whoever waited for the lock asked before a change that the mandate may come from.
        .annotate(now=Now())
        .order_by("revoked_at", "pk")  # the one that is not revoked comes last: nulls do
        .last()
    )
    now = mandate.now if mandate else asked_at
    require(rules.speak_for(user, organisation, mandate, scope=scope, now=now, may_wait=may_wait))
    held = cast(Mandate, mandate)  # without one the rule has refused
    held.organisation = organisation
    return held
