"""Handlers that record activities: of each public event that followers care about.

What happens often (a signature, a comment, a ballot) records nothing, and a ballot of a secret poll
is no event at all.
"""

from __future__ import annotations

from django.db.models import F

from appeals.events import AnswerPublished, AppealAnswered, AppealExtended
from consultations import events as consultations
from consultations.decisions.events import DecisionChanged, DecisionEntered
from consultations.decisions.models import DecisionChange
from core.domain import clock
from core.domain.calendar import local_date
from core.domain.events import within
from meetings import events as meetings
from meetings.events import CloseConfirmed
from meetings.models import Meeting, RollCall
from meetings.registration.events import MeetingMoved
from meetings.undoing.actions import note_told
from meetings.undoing.queries import is_settled
from newsroom.events import ArticleCorrected, ArticlePublished
from notifications.activities.recording import is_followed, record
from notifications.activities.topics import topics_of, topics_of_answers, topics_of_votes
from notifications.models import Activity
from petitions import events as petitions
from votes import events as votes

Verb = Activity.Verb

# --- consultations --------------------------------------------------------------------------------

_CONSULTATIONS: dict[type[consultations.ConsultationEvent], Verb] = {
    consultations.ConsultationAnnounced: Verb.PUBLISHED,
    consultations.ConsultationOpened: Verb.OPENED,
    consultations.ConsultationClosed: Verb.CLOSED,
    consultations.ReportPublished: Verb.ANSWERED,
    consultations.ConsultationWithdrawn: Verb.CANCELLED,
}


@within(*_CONSULTATIONS)
def consultation_moved_on(event: consultations.ConsultationEvent) -> None:
    pk = event.consultation_id
    record(_CONSULTATIONS[type(event)], f"consultation:{pk}", "consultation", pk)


@within(consultations.VersionPublished)
def text_changed(event: consultations.VersionPublished) -> None:
    about = f"version:{event.version_id}"
    record(Verb.CHANGED, about, "consultation", event.consultation_id)


@within(consultations.DatesChanged)
def dates_changed(event: consultations.DatesChanged) -> None:
    record(Verb.CHANGED, f"dates:{event.change_id}", "consultation", event.consultation_id)


@within(DecisionEntered)
def decision_entered(event: DecisionEntered) -> None:
    record(Verb.DECIDED, f"decision:{event.decision_id}", "consultation", event.consultation_id)


@within(DecisionChanged)
def decision_changed(event: DecisionChanged) -> None:
    """Tell of another outcome; a corrected number is read on the page, as participants do."""
    changes = DecisionChange.objects.exclude(former_outcome=F("decision__outcome"))
    for change in changes.filter(pk=event.change_id):
        record(Verb.DECIDED, f"change:{change.pk}", "consultation", event.consultation_id)


# --- petitions ------------------------------------------------------------------------------------

_PETITIONS: dict[type[petitions.PetitionEvent], tuple[Verb, str]] = {
    petitions.PetitionPublished: (Verb.PUBLISHED, "petition"),
    petitions.ThresholdReached: (Verb.CHANGED, "reached"),
    petitions.CollectionEnded: (Verb.CLOSED, "petition"),
    petitions.ReviewStarted: (Verb.CHANGED, "review"),
    petitions.PetitionDecided: (Verb.DECIDED, "petition"),
    petitions.PetitionAnswered: (Verb.ANSWERED, "petition"),
    petitions.PetitionWithdrawn: (Verb.CANCELLED, "petition"),
}


@within(*_PETITIONS)
def petition_moved_on(event: petitions.PetitionEvent) -> None:
    verb, what = _PETITIONS[type(event)]
    record(verb, f"{what}:{event.petition_id}", "petition", event.petition_id)


# --- polls ----------------------------------------------------------------------------------------

_POLLS: dict[type[votes.PollEvent], tuple[Verb, str]] = {
    votes.PollScheduled: (Verb.PUBLISHED, "poll"),
    votes.PollOpened: (Verb.OPENED, "poll"),
    votes.PollClosed: (Verb.CLOSED, "poll"),
    votes.ResultsPublished: (Verb.DECIDED, "poll"),
    votes.PollCancelled: (Verb.CANCELLED, "poll"),
}


@within(*_POLLS)
def poll_moved_on(event: votes.PollEvent) -> None:
    verb, what = _POLLS[type(event)]
    record(verb, f"{what}:{event.poll_id}", "poll", event.poll_id)


@within(votes.PollExtended)
def poll_extended(event: votes.PollExtended) -> None:
    record(Verb.CHANGED, f"extension:{event.extension_id}", "poll", event.poll_id)


# --- meetings -------------------------------------------------------------------------------------

_MEETINGS: dict[type[meetings.MeetingEvent], tuple[Verb, str]] = {
    meetings.MeetingPublished: (Verb.PUBLISHED, "meeting"),
    meetings.MeetingOpened: (Verb.OPENED, "meeting"),
    meetings.MinutesPublished: (Verb.CHANGED, "minutes"),
    meetings.MeetingCancelled: (Verb.CANCELLED, "meeting"),
}


@within(*_MEETINGS)
def meeting_moved_on(event: meetings.MeetingEvent) -> None:
    verb, what = _MEETINGS[type(event)]
    record(verb, f"{what}:{event.meeting_id}", "meeting", event.meeting_id)


@within(meetings.AgendaChanged, meetings.ItemDropped)
def agenda_changed(event: meetings.MeetingEvent) -> None:
    """Tell of a published notice, before the meeting: once a day, for an agenda is edited item by
    item.
    """
    ahead = Meeting.objects.published().filter(opened_at=None, cancelled_at=None)
    if ahead.filter(pk=event.meeting_id).exists():
        day = local_date(clock.now()).isoformat()
        about = f"agenda:{event.meeting_id}:{day}"
        record(Verb.CHANGED, about, "meeting", event.meeting_id)


@within(MeetingMoved)
def meeting_moved(event: MeetingMoved) -> None:
    about = f"moved:{event.meeting_id}:{clock.now().timestamp():.0f}"
    record(Verb.CHANGED, about, "meeting", event.meeting_id)


@within(CloseConfirmed)
def meeting_closed(event: CloseConfirmed) -> None:
    """With what was decided, where votes by name are published: that is told to who follows a
    deputy, too."""
    pk = event.meeting_id
    deputies = topics_of_votes(pk)
    topics = [*topics_of("meeting", [pk]).get(pk, []), *deputies]
    verb = Verb.DECIDED if deputies else Verb.CLOSED
    if record(verb, f"meeting:{pk}", "meeting", pk, topics=topics) and is_followed(topics):
        note_told(Meeting(pk=pk))


@within(meetings.RollCallPublished)
def roll_call_published(event: meetings.RollCallPublished) -> None:
    """Tell of one that is published once the close was told; the others are told of then."""
    over = RollCall.objects.filter(is_settled("item__meeting__"), pk=event.roll_call_id).exclude(
        needs=RollCall.Needs.PROCEDURAL
    )
    if over.exists():
        pk = event.meeting_id
        topics = [*topics_of("meeting", [pk]).get(pk, []), *topics_of_votes(pk)]
        about = f"votes:{event.roll_call_id}"
        if record(Verb.DECIDED, about, "meeting", pk, topics=topics) and is_followed(topics):
            note_told(Meeting(pk=pk))


# --- appeals --------------------------------------------------------------------------------------


@within(AppealAnswered)
def appeal_answered(event: AppealAnswered) -> None:
    """Private: of who filed it alone (notifications.activities.queries)."""
    own = [f"appeal:{event.appeal_id}"]
    record(Verb.ANSWERED, f"answer:{event.answer_id}", "appeal", event.appeal_id, topics=own)


@within(AppealExtended)
def appeal_extended(event: AppealExtended) -> None:
    """Private, as above. A term is extended once (393/96-ВР art. 20)."""
    own = [f"appeal:{event.appeal_id}"]
    record(Verb.CHANGED, f"extended:{event.appeal_id}", "appeal", event.appeal_id, topics=own)


@within(AnswerPublished)
def answer_published(event: AnswerPublished) -> None:
    """Tell of the public answer, by theme and district; nothing of who asked."""
    topics = topics_of_answers([event.answer_id]).get(event.answer_id, [])
    record(Verb.PUBLISHED, f"answer:{event.answer_id}", "appeal", event.appeal_id, topics=topics)


# --- news -----------------------------------------------------------------------------------------


@within(ArticlePublished)
def article_published(event: ArticlePublished) -> None:
    record(Verb.PUBLISHED, f"article:{event.article_id}", "article", event.article_id)


@within(ArticleCorrected)
def article_corrected(event: ArticleCorrected) -> None:
    """Once a day, however many misprints are corrected."""
    day = local_date(clock.now()).isoformat()
    about = f"article:{event.article_id}:{day}"
    record(Verb.CHANGED, about, "article", event.article_id)
