"""Handlers of events: accounts that are joined or erased, another calendar."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from accounts.identity.events import AccountsMerged
from accounts.locks import guards
from city.events import MartialLawChanged
from consultations.events import RemarkDeleted, RemarkHidden
from core.domain import clock
from core.domain.events import emit, within
from core.domain.topics import raise_topic
from meetings import events
from meetings.bundles.actions import publish_together, share_result
from meetings.events import CloseConfirmed, MeetingReopened, RollCallClosed, RollCallPublished
from meetings.guests.actions import forget_guests
from meetings.minutes.actions import remake_files
from meetings.models import (
    Deputy,
    HallVisit,
    Hand,
    Meeting,
    MinutesPart,
    Question,
    QuestionSupport,
    QuickPoll,
    Speaker,
    topic_of,
)
from meetings.planning.recounting import recount_terms
from meetings.quickpolls.actions import note_closed
from meetings.registration.handlers import lock_of
from votes import events as polls

#: What changes the lists of meetings, and what is told of deputies.
_LISTS = (
    events.MeetingPublished,
    events.MeetingChanged,
    events.MeetingCancelled,
    events.AgendaChanged,
    events.MeetingOpened,
    events.MeetingClosed,
    CloseConfirmed,
    MeetingReopened,
    events.RollCallPublished,
    events.RollCallAnnulled,
    events.VideoPublished,
    events.MinutesPublished,
    events.OutcomePublished,
)
_DEPUTIES = (
    *(events.CouncilChanged, events.MeetingClosed, MeetingReopened),
    *(events.RollCallPublished, events.RollCallAnnulled, events.RollCallOpened),
)


@within(*_LISTS)
def lists_changed(_event: events.MeetingEvent) -> None:
    raise_topic("meetings")


@within(*_DEPUTIES)
def deputies_changed(_event: events.CouncilChanged | events.MeetingEvent) -> None:
    raise_topic("deputies")


@within(events.MeetingClosed)
def guests_leave(event: events.MeetingEvent) -> None:
    """Guests of the hall go with the meeting."""
    forget_guests(event.meeting_id)


@within(polls.PollClosed, polls.PollCancelled)
def poll_closed(event: polls.PollEvent) -> None:
    """A survey of those present is over, for whatever reason."""
    note_closed(event.poll_id, by_id=event.by_id)


@within(polls.ResultsPublished, polls.PollExtended)
def poll_changed(event: polls.PollEvent) -> None:
    """Refresh the meeting of a changed survey."""
    for quick in QuickPoll.objects.filter(poll=event.poll_id):
        emit(events.QuickPollChanged(quick.meeting_id, event.by_id, event.poll_id))


@within(events.QuestionHidden, events.QuestionMerged, events.QuestionShown)
def questions_changed(event: events.QuestionEvent) -> None:
    """Files of published minutes hold the question, and say what everybody may read of it."""
    holding = MinutesPart.objects.filter(question=event.question_id)
    remake_files(list(holding.order_by("edition").values_list("edition", flat=True)))


@within(AccountsMerged)
def accounts_merged(event: AccountsMerged) -> None:
    """All that the one asked, supported and said is the other's; so is a deputy's account, their
    note of being in the hall, and the hand that they have raised."""
    kept, gone = event.kept_id, event.gone_id
    Question.objects.filter(author=gone).update(author=kept)
    supported = QuestionSupport.objects.filter(user=kept).values("question")
    # Nobody supports a question twice, nor their own.
    twice = Q(question__in=supported) | Q(question__author=kept)
    QuestionSupport.objects.filter(twice, user=gone).delete()
    QuestionSupport.objects.filter(user=gone).update(user=kept)
    QuestionSupport.objects.filter(user=kept, question__author=kept).delete()
    waiting = Speaker.objects.filter(began_at=None, withdrawn_at=None)
    here = waiting.filter(user=kept).values("item")
    waiting.filter(user=gone, item__in=here).update(withdrawn_at=clock.now())
    Speaker.objects.filter(user=gone).update(user=kept)
    for model, thing in ((HallVisit, "meeting"), (Hand, "show")):
        rows = model._base_manager
        here = rows.filter(user=kept).values(thing)
        rows.filter(user=gone, **{f"{thing}__in": here}).delete()
        rows.filter(user=gone).update(user=kept)
    MinutesPart.objects.filter(user=gone).update(user=kept)
    if not Deputy.objects.filter(user=kept).exists():
        Deputy.objects.filter(user=gone).update(user=kept)


@within(MartialLawChanged)
def martial_law_changed(event: MartialLawChanged) -> None:
    """Which days are working days is another thing now."""
    recount_terms(by=event.by_id)


@guards
def guard(people: Collection[int]) -> None:
    """Their registrations, their questions, those that they support, and their requests
    to speak.
    """
    lock_of(people)
    asked = Q(author__in=people) | Q(
        pk__in=QuestionSupport.objects.filter(user__in=people).values("question")
    )
    deputies = Deputy.objects.filter(user__in=people).order_by("pk")
    questions = Question.objects.filter(asked).order_by("pk")
    speakers = Speaker.objects.filter(user__in=people).order_by("pk")
    for rows in (deputies, questions, speakers):
        list(rows.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))


within(RollCallClosed)(share_result)
within(RollCallPublished)(publish_together)


@within(RemarkHidden, RemarkDeleted)
def remark_gone(event: RemarkHidden | RemarkDeleted) -> None:
    """It leaves the clause picture of a meeting that considers its consultation."""
    about = Meeting.objects.running().filter(current_item__consultation=event.consultation_id)
    for pk in about.values_list("pk", flat=True):
        raise_topic(topic_of(pk))
