"""Querysets of the signatures whose signers a mail is for.

They are read when mails are queued, and again when each is sent.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from petitions.models import Signature

#: Whoever can be written to: by their account, or at the address that they signed by.
_REACHED = Q(user__email__isnull=False, user__is_active=True, user__erased_at=None) | (
    Q(user=None) & ~Q(email="")
)
_COUNTED_OR_CHECKING = (Signature.Status.COUNTED, Signature.Status.CHECKING)


def reachable() -> QuerySet[Signature]:
    """Those whose signers can be written to."""
    return Signature.objects.filter(_REACHED)


def listeners(petition_id: int) -> QuerySet[Signature]:
    """The signatures whose signers are told what becomes of the petition.

    Also those that wait for a check: most of them count in the end. Nobody who did not want to
    hear of it, whose account is suspended or closed, or who has no address.
    """
    return signatures_of(petition_id).filter(wants_news=True)


def removed_signatures(removal_id: int) -> QuerySet[Signature]:
    """Those that a removal has taken out of the count. That is a matter of the signer's right, and
    told also to whoever did not want news."""
    return reachable().filter(removal=removal_id, status=Signature.Status.REMOVED)


def signatures_of(petition_id: int) -> QuerySet[Signature]:
    """Those that are counted, or wait for a check, and can be written to."""
    return reachable().filter(petition=petition_id, status__in=_COUNTED_OR_CHECKING)
