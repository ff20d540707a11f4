"""What signatures do when something happens to their signers or their petition."""

from __future__ import annotations

from collections.abc import Collection

from accounts.identity.events import AccountsMerged, PersonRecognised
from accounts.locks import guards
from accounts.models import User
from core.domain import outbox
from core.domain.events import within
from petitions.events import ReviewStarted
from petitions.models import Signature
from petitions.signing.joining import count_once


@within(AccountsMerged)
def accounts_merged(event: AccountsMerged) -> None:
    """One person has one signature."""
    count_once(User.objects.get(pk=event.kept_id), User.objects.get(pk=event.gone_id))


@within(PersonRecognised)
def person_recognised(event: PersonRecognised) -> None:
    """What she signed is hers again: she takes it back, and signs none of it once more."""
    count_once(User.objects.get(pk=event.user_id), User.objects.get(pk=event.before_id))


@guards
def guard(people: Collection[int]) -> None:
    """Their signatures, which a removal may be changing at this moment."""
    signed = Signature.objects.filter(user__in=people).order_by("pk")
    list(signed.select_for_update(no_key=True).values_list("pk", flat=True))


@within(ReviewStarted)
def review_started(event: ReviewStarted) -> None:
    """Nobody looks for machines any more."""
    outbox.defer("petitions.jobs.forget_traces", petition_id=event.petition_id)
