"""Handlers of events of accounts and of the review, for signatures."""

from __future__ import annotations

from accounts.identity.events import AccountsMerged, PersonRecognised
from accounts.models import User
from core.domain import outbox
from core.domain.events import within
from petitions.events import ReviewStarted
from petitions.signing.actions import count_once


@within(AccountsMerged)
def accounts_merged(event: AccountsMerged) -> None:
    """One person has one signature."""
    count_once(User.objects.get(pk=event.kept_id), User.objects.get(pk=event.gone_id))


@within(PersonRecognised)
def person_recognised(event: PersonRecognised) -> None:
    """What they signed is theirs again: they take it back, and sign none of it once more."""
    count_once(User.objects.get(pk=event.user_id), User.objects.get(pk=event.before_id))


@within(ReviewStarted)
def review_started(event: ReviewStarted) -> None:
    """Nobody looks for machines any more."""
    outbox.defer("petitions.jobs.forget_traces", petition_id=event.petition_id)
