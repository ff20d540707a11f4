"""Handlers of events of accounts, the calendar and discussions; the rows that petitions lock."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from accounts.data.events import UserErased
from accounts.events import PublicNameChanged
from accounts.identity.events import AccountsMerged, PersonRecognised
from accounts.locks import guards
from accounts.models import User
from appeals import events as appeals
from city.events import MartialLawChanged
from core.domain import outbox
from core.domain.events import emit, within
from core.domain.topics import raise_topic
from discussions.events import CommentDeleted, CommentEdited, CommentHidden, CommentRestored
from petitions.events import AppealProgressed, CommentTouched, ReviewStarted
from petitions.life import thresholds as actions
from petitions.models import News, Petition, Signature, topic_of
from petitions.signing.actions import count_once


@within(AccountsMerged)
def accounts_merged(event: AccountsMerged) -> None:
    """One person has one signature, and what one account began or said is the other's."""
    count_once(User.objects.get(pk=event.kept_id), User.objects.get(pk=event.gone_id))
    Petition.objects.filter(author=event.gone_id).update(author=event.kept_id)
    News.objects.filter(by=event.gone_id).update(by=event.kept_id)
    _raise_topics(thread__comments__author_id__in=[event.kept_id, event.gone_id])


@guards
def guard(people: Collection[int]) -> None:
    """The petitions that they began, then their signatures, which a removal may be changing."""
    begun = Petition.objects.filter(author__in=people).order_by("pk")
    signed = Signature.objects.filter(user__in=people).order_by("pk")
    for rows in (begun, signed):
        list(rows.select_for_update(no_key=True).values_list("pk", flat=True))


@within(MartialLawChanged)
def martial_law_changed(event: MartialLawChanged) -> None:
    """Which days are working days is another thing now; the terms of appeals too, which pages of
    petitions show."""
    actions.recount_terms(by=event.by_id)
    _raise_topics(appeal__isnull=False, appeal__closed_at=None)


@within(
    appeals.AppealAccepted,
    appeals.AppealExtended,
    appeals.AppealAnswered,
    appeals.AppealForwarded,
    appeals.AppealReturned,
    appeals.AppealRefused,
    appeals.AppealMoved,
    appeals.AppealReopened,
    appeals.AppealWithdrawn,
)
def appeal_progressed(event: appeals.AppealEvent) -> None:
    """Say that the appeal as which a petition is considered stands elsewhere now. The petition is
    not locked: whoever holds it may be waiting for the appeal."""
    petitions = Petition.objects.filter(appeal=event.appeal_id).values_list("pk", flat=True)
    petition_id = petitions.first()
    if petition_id is not None:
        emit(AppealProgressed(petition_id, None))


@within(PersonRecognised)
def person_recognised(event: PersonRecognised) -> None:
    """Give the person their former signatures: they take them back, and sign none of it
    once more.
    """
    count_once(User.objects.get(pk=event.user_id), User.objects.get(pk=event.before_id))


@within(ReviewStarted)
def review_started(event: ReviewStarted) -> None:
    """Nobody looks for machines any more."""
    outbox.defer("petitions.jobs.forget_traces", petition_id=event.petition_id)


@within(CommentEdited, CommentDeleted, CommentHidden, CommentRestored)
def comment_changed(
    event: CommentEdited | CommentDeleted | CommentHidden | CommentRestored,
) -> None:
    """Say which comment of which petition is another now."""
    petitions = Petition.objects.filter(thread=event.thread_id).values_list("pk", flat=True)
    petition_id = petitions.first()
    if petition_id is not None:
        emit(CommentTouched(petition_id, event.by_id, event.parent_id or event.comment_id))


@within(PublicNameChanged, UserErased)
def author_renamed(event: PublicNameChanged | UserErased) -> None:
    """Pages kept under the old ``seq`` would go on showing the name that the person gave up."""
    _raise_topics(thread__comments__author_id=event.user_id)


def _raise_topics(**written: Any) -> None:
    spoken_of = Petition.objects.filter(**written).values_list("pk", flat=True).distinct()
    for petition_id in spoken_of:
        raise_topic(topic_of(petition_id))
