"""In whose name somebody speaks: their own, or that of an organisation they have a mandate of.

What was said for an organisation stays the organisation's when the person loses the mandate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, Expression

from core.db.collation import key
from core.domain.rules import Refused
from organisations.mandates import queries
from organisations.models import Mandate, MandatePower, Organisation

if TYPE_CHECKING:
    from accounts.models import Anybody, User
    from discussions.models import Comment

#: So many of an organisation's people are told what became of its words.
MOST_OWNERS = 50


def hold(by: User, organisation_id: int | None) -> Organisation | None:
    """The organisation in whose name ``by`` speaks, their mandate held until the action ends: no
    words come after a revocation. None for None. Refuses by organisations.rules.speak_for."""
    if organisation_id is None:
        return None
    return queries.hold(by, organisation_id, MandatePower.COMMENT).organisation


def still_holds(by: User, comment: Comment) -> bool:
    """Whether ``by`` wrote the comment and may speak now for its organisation; if so, the mandate
    is held until the action ends."""
    if comment.organisation_id is None or comment.author_id != by.pk:
        return False
    try:
        return hold(by, comment.organisation_id) is not None
    except Refused:
        return False


def owners_of(comment: Comment) -> list[int]:
    """Ids of those whose words these are: of its author, or of all who may speak now for the
    organisation in whose name they were said. One query at most."""
    if comment.organisation_id is None:
        return [comment.author_id] if comment.author_id else []
    mandates_now = Mandate.objects.in_force().covering(MandatePower.COMMENT)
    speakers = mandates_now.filter(organisation=comment.organisation_id, user__is_active=True)
    return list(speakers.order_by("pk").values_list("user", flat=True)[:MOST_OWNERS])


def organisations_of(user: Anybody) -> list[Organisation]:
    """Organisations for which ``user`` may speak now, by name: one query, none for the
    anonymous.
    """
    return [mandate.organisation for mandate in queries.of(user, MandatePower.COMMENT)]


def choices_of(user: Anybody) -> list[Organisation]:
    """``organisations_of``, then those for which ``user`` may send what waits until they are
    confirmed (``confirmed_at`` is None): one query."""
    if not user.is_authenticated:
        return []
    mandates_now = (
        Mandate.objects.in_force_or_waiting().covering(MandatePower.COMMENT).filter(user=user)
    )
    organisations = [
        mandate.organisation for mandate in mandates_now.select_related("organisation")
    ]
    return sorted(
        organisations, key=lambda each: (each.confirmed_at is None, key(each.short_name), each.pk)
    )


def any_of(user_id: int | Expression) -> Exists:
    """Inside a query: whether ``choices_of`` somebody has any."""
    mandates_now = Mandate.objects.in_force_or_waiting().covering(MandatePower.COMMENT)
    return Exists(mandates_now.filter(user_id=user_id))


def may_speak_for(user: Anybody, organisation_id: int | None) -> bool:
    """Whether ``user`` may speak for the organisation now, as pages ask: without a lock. False,
    without a query, for None."""
    if organisation_id is None:
        return False
    return queries.mandate_of(user, organisation_id, MandatePower.COMMENT) is not None
