"""Events of meetings, with ids only. All of them change what the page of the meeting shows."""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class MeetingEvent(Event):
    """Something happened to a meeting; ``by_id`` is None when a job found it."""

    meeting_id: int
    by_id: int | None


class MeetingPlanned(MeetingEvent):
    audited: ClassVar[bool] = True


class MeetingChanged(MeetingEvent):
    """Its notice was edited: title, place, times and the like."""

    audited: ClassVar[bool] = True


class MeetingDiscarded(MeetingEvent):
    """It was thrown away before anybody was told of it."""

    audited: ClassVar[bool] = True


class MeetingPublished(MeetingEvent):
    """Its notice was published."""

    audited: ClassVar[bool] = True


class MeetingCancelled(MeetingEvent):
    audited: ClassVar[bool] = True


class AgendaChanged(MeetingEvent):
    """An item was added, edited, moved or deleted."""

    audited: ClassVar[bool] = True


class MeetingOpened(MeetingEvent):
    audited: ClassVar[bool] = True


class MeetingClosed(MeetingEvent):
    audited: ClassVar[bool] = True


class DisplaysBlanked(MeetingEvent):
    """The hall's displays show nothing but the arms and the clock from now on."""

    audited: ClassVar[bool] = True


class DisplaysUnblanked(MeetingEvent):
    audited: ClassVar[bool] = True


class VideoPublished(MeetingEvent):
    audited: ClassVar[bool] = True


class MinutesPublished(MeetingEvent):
    audited: ClassVar[bool] = True


class MinutesSaved(MeetingEvent):
    """The secretary's texts of the minutes were saved."""

    audited: ClassVar[bool] = True


class MinutesNamesRemoved(MeetingEvent):
    """Names went from published minutes, because an account was erased."""

    audited: ClassVar[bool] = True
    edition_id: int


class OutcomePublished(MeetingEvent):
    """A committee's conclusions on an item, or what was decided on the proposals of a hearing."""

    audited: ClassVar[bool] = True
    outcome_id: int


class ItemEvent(MeetingEvent):
    """Something happened to an item of the agenda in the meeting."""

    item_id: int


class ItemOpened(ItemEvent):
    """It is the current one from now on."""

    audited: ClassVar[bool] = True


class ItemClosed(ItemEvent):
    """It is not considered any more."""

    audited: ClassVar[bool] = True


class ItemDropped(ItemEvent):
    """It was taken off the published agenda."""

    audited: ClassVar[bool] = True


class ItemTied(ItemEvent):
    """An item of a published agenda is about a consultation or a petition from now on."""


class PresenceEvent(MeetingEvent):
    deputy_id: int


class DeputyCame(PresenceEvent):
    audited: ClassVar[bool] = True


class DeputyLeft(PresenceEvent):
    audited: ClassVar[bool] = True


class PresenceClaimed(PresenceEvent):
    """A deputy says on their telephone that they are here."""


class PresenceClaimDismissed(PresenceEvent):
    audited: ClassVar[bool] = True


class DecisionConfirmed(ItemEvent):
    """Which vote decided an item was confirmed; None: none did."""

    audited: ClassVar[bool] = True
    roll_call_id: int | None


class RollCallEvent(MeetingEvent):
    item_id: int
    roll_call_id: int


class RollCallOpened(RollCallEvent):
    audited: ClassVar[bool] = True


class VoteCast(RollCallEvent):
    """A member's vote was entered or changed while the roll-call is open."""

    audited: ClassVar[bool] = True
    deputy_id: int


class VoteTakenBack(RollCallEvent):
    """A vote that was entered by mistake was taken back: the member has not voted yet."""

    audited: ClassVar[bool] = True
    deputy_id: int


class VoteReplaced(RollCallEvent):
    """The secretary has entered another vote in place of a deputy's own."""

    audited: ClassVar[bool] = True
    deputy_id: int
    was: str
    becomes: str


class RollCallAnnulled(RollCallEvent):
    audited: ClassVar[bool] = True


class RollCallClosed(RollCallEvent):
    audited: ClassVar[bool] = True


class RollCallPublished(RollCallEvent):
    audited: ClassVar[bool] = True


class QuestionEvent(MeetingEvent):
    question_id: int


class QuestionAsked(QuestionEvent):
    """It waits to be checked: who runs the meeting reads it, nobody else."""


class QuestionSupported(QuestionEvent):
    """Somebody wants it answered, or does not any more."""


class QuestionShown(QuestionEvent):
    """Everybody reads it from now on."""

    audited: ClassVar[bool] = True


class QuestionPutLive(QuestionEvent):
    """It stands on the hall's displays."""

    audited: ClassVar[bool] = True


class QuestionTakenDown(QuestionEvent):
    """It stands on the hall's displays no more."""

    audited: ClassVar[bool] = True


class QuestionHidden(QuestionEvent):
    audited: ClassVar[bool] = True


class QuestionMerged(QuestionEvent):
    """It is counted with another one, ``into_id``, from now on."""

    audited: ClassVar[bool] = True
    into_id: int


class QuestionAnswered(QuestionEvent):
    audited: ClassVar[bool] = True


class QuestionLeftForLater(QuestionEvent):
    """It will be answered in writing."""

    audited: ClassVar[bool] = True


class SpeakerEvent(MeetingEvent):
    item_id: int
    speaker_id: int


class SpeakerAsked(SpeakerEvent):
    """Somebody asked to speak."""


class SpeakerWithdrew(SpeakerEvent):
    """Somebody who asked to speak will not."""


class SpeakerBegan(SpeakerEvent):
    audited: ClassVar[bool] = True


class SpeakerEnded(SpeakerEvent):
    audited: ClassVar[bool] = True


class SpeakerClockChanged(SpeakerEvent):
    """The clock of who speaks stands, goes on, or has more time."""

    audited: ClassVar[bool] = True


class QuickPollEvent(MeetingEvent):
    poll_id: int


class QuickPollOpened(QuickPollEvent):
    """A survey was put to those who are present."""

    audited: ClassVar[bool] = True


class QuickPollClosed(QuickPollEvent):
    """It was closed, called off, or its time is over."""


class QuickPollChanged(QuickPollEvent):
    """Its results are published, or it lasts longer than was said."""


class CouncilChanged(Event):
    """A body, a faction, a deputy or a seat was added or changed; the ids that it has to do
    with, None for the others."""

    audited: ClassVar[bool] = True
    by_id: int
    body_id: int | None = None
    faction_id: int | None = None
    deputy_id: int | None = None


class MeetingIndexed(Event):
    """A job has written by what words a published meeting is found."""

    meeting_id: int


class CourseUndone(MeetingEvent):
    """The last step of a meeting was a mistake, and is undone."""

    audited: ClassVar[bool] = True


class MeetingReopened(MeetingEvent):
    """It was closed by mistake, and goes on."""

    audited: ClassVar[bool] = True


class CloseConfirmed(MeetingEvent):
    """It was closed a minute ago and not reopened: people are told."""


class SubtitlesImported(MeetingEvent):
    """Subtitles of its video were imported, or others in their place."""

    audited: ClassVar[bool] = True


class PauseEvent(MeetingEvent):
    pause_id: int


class MeetingPaused(PauseEvent):
    """It is interrupted: clocks stand, an open roll-call takes no votes."""

    audited: ClassVar[bool] = True


class MeetingResumed(PauseEvent):
    """It goes on."""

    audited: ClassVar[bool] = True


class GuestSupported(MeetingEvent):
    """A guest wants a question answered, or no more."""

    question_id: int


class GuestsSignalled(MeetingEvent):
    """More guests than before ask that people speak louder or slower; of many, not each raises
    it."""


class ConflictEvent(MeetingEvent):
    audited: ClassVar[bool] = True
    item_id: int
    deputy_id: int


class ConflictDeclared(ConflictEvent):
    """A member does not take part in an item."""


class ConflictWithdrawn(ConflictEvent):
    """It was declared by mistake: they take part."""


class DocumentEvent(MeetingEvent):
    document_id: int


class DocumentAdded(DocumentEvent):
    audited: ClassVar[bool] = True


class DocumentRemoved(DocumentEvent):
    """Everybody reads why; of a meeting that is not announced it is just gone."""

    audited: ClassVar[bool] = True


class StopEvent(MeetingEvent):
    audited: ClassVar[bool] = True
    roll_call_id: int
    stop_id: int


class DecisionStopped(StopEvent):
    """The head of the city has stopped what the roll-call decided."""


class SecondVoteOpened(StopEvent):
    """The council votes on the stopped decision again; ``roll_call_id``: its second vote."""
