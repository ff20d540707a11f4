"""What signatures do when something happens to their signers or their petition."""

from __future__ import annotations

from collections.abc import Collection

from accounts.identity.events import AccountsMerged
from accounts.locks import guards
from core import outbox
from core.events import within
from petitions.counting import recount_soon
from petitions.events import ReviewStarted
from petitions.models import Signature
from petitions.signing.actions import withdraw_rows


@within(AccountsMerged)
def accounts_merged(event: AccountsMerged) -> None:
    """One person has one signature: where both accounts signed, that of the account that stays
    stands as it is, and the other is taken back."""
    both = Signature.objects.filter(user=event.kept_id).values("petition")
    double = list(Signature.objects.filter(user=event.gone_id, petition__in=both).order_by("pk"))
    withdraw_rows(double)
    Signature.objects.filter(user=event.gone_id).update(user=event.kept_id)
    for signature in double:
        recount_soon(signature.petition_id)


@guards
def guard(people: Collection[int]) -> None:
    """Their signatures, which a removal may be changing at this moment."""
    signed = Signature.objects.filter(user__in=people).order_by("pk")
    list(signed.select_for_update(no_key=True).values_list("pk", flat=True))


@within(ReviewStarted)
def review_started(event: ReviewStarted) -> None:
    """Nobody looks for machines any more."""
    from petitions import jobs

    outbox.defer(jobs.forget_traces, petition_id=event.petition_id)
