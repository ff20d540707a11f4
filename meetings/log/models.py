"""The log of a meeting by the second."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.agenda.models import Item
from meetings.course.models import Meeting
from meetings.deputies.models import Deputy
from meetings.hall.models import ShowOfHands
from meetings.pauses.models import Pause
from meetings.questions.models import Question, Speaker
from meetings.rollcalls.models import RollCall


class LogEntry(models.Model):
    """Something that happened in a meeting. Written by handlers of its events in the same
    transaction; the replay and the minutes read it. PostgreSQL lets nobody change or delete it.
    """

    class Kind(models.TextChoices):
        OPENED = "opened", _("The meeting was opened")
        CLOSED = "closed", _("The meeting was closed")
        ITEM = "item", _("The item is being considered")
        ITEM_DONE = "item_done", _("The item was considered")
        ITEM_DROPPED = "item_dropped", _("The item was taken off the agenda")
        CAME = "came", _("Came")
        LEFT = "left", _("Left")
        ROLL_CALL = "roll_call", _("A roll-call was opened")
        VOTE_TAKEN_BACK = "vote_taken_back", _("A vote was taken back while the roll-call was open")
        VOTE_REPLACED = "vote_replaced", _("A deputy’s own vote was replaced by the secretary")
        VOTES_FILE = "votes_file", _("Presence and votes were taken from the voting system’s file")
        ROLL_CALL_CLOSED = "roll_call_closed", _("The roll-call was closed")
        ROLL_CALL_PUBLISHED = "roll_call_published", _("The roll-call was published")
        ROLL_CALL_ANNULLED = "roll_call_annulled", _("The roll-call was annulled")
        HANDS = "hands", _("A show of hands was opened")
        HANDS_CLOSED = "hands_closed", _("The show of hands was closed")
        SPEAKS = "speaks", _("Has the floor")
        SPOKE = "spoke", _("Has spoken")
        QUESTION = "question", _("The question is on the screen")
        ANSWERED = "answered", _("The question was answered")
        LATER = "later", _("The question will be answered in writing")
        POLL = "poll", _("A survey of those present was opened")
        POLL_CLOSED = "poll_closed", _("The survey of those present was closed")
        BLANKED = "blanked", _("The displays were blanked")
        UNBLANKED = "unblanked", _("The displays show the meeting again")
        RECESS = "recess", _("A recess was called")
        ALARM = "alarm", _("Air-raid alarm: the meeting was interrupted")
        TECHNICAL = "technical", _("The meeting was interrupted for technical reasons")
        RESUMED = "resumed", _("The meeting goes on")
        VOTE_CONTINUED = "vote_continued", _("The suspended roll-call goes on")
        VOTE_REPEATED = "vote_repeated", _("The suspended roll-call is closed and repeated")
        CLOCK_STOPPED = "clock_stopped", _("The speaker’s clock was stopped")
        CLOCK_WENT_ON = "clock_went_on", _("The speaker’s clock goes on")
        TIME_ADDED = "time_added", _("The speaker was given more time")
        ITEM_UNDONE = "item_undone", _("The item was taken up by mistake, which was undone")
        ITEM_BACK = "item_back", _("The item was ended by mistake, and goes on")
        SPEECH_BACK = "speech_back", _("The speech was ended by mistake, and goes on")
        ANSWER_BACK = "answer_back", _("The question was marked as answered by mistake")
        REOPENED = "reopened", _("The meeting was closed by mistake, and was reopened")
        VIDEO = "video", _("The video was published")
        MINUTES = "minutes", _("The minutes were published")
        AMENDMENT = "amendment", _("An amendment was entered")
        AMENDMENT_WITHDRAWN = "amendment_withdrawn", _("An amendment was withdrawn")
        ADOPTED_TEXT = "adopted_text", _("The text with the amendments adopted was published")
        STOPPED = "stopped", _("The head of the city stopped the decision")
        CONFLICT = "conflict", _("Declared a conflict of interest and takes no part in the item")
        CONFLICT_WITHDRAWN = "conflict_withdrawn", _("The conflict of interest was taken back")
        BALLOT = "ballot", _("A secret ballot on paper was opened")
        BALLOT_SEALED = "ballot_sealed", _("The box of the secret ballot was opened")
        BALLOT_COUNTED = "ballot_counted", _("The secret ballot was counted")
        BALLOT_PUBLISHED = "ballot_published", _("The result of the secret ballot was published")
        BALLOT_CANCELLED = "ballot_cancelled", _("The secret ballot was annulled")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="log")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=Kind)
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+")
    deputy = models.ForeignKey(Deputy, models.PROTECT, null=True, related_name="+")
    roll_call = models.ForeignKey(RollCall, models.PROTECT, null=True, related_name="+")
    speaker = models.ForeignKey(Speaker, models.PROTECT, null=True, related_name="+")
    question = models.ForeignKey(Question, models.PROTECT, null=True, related_name="+")
    show_of_hands = models.ForeignKey(ShowOfHands, models.PROTECT, null=True, related_name="+")
    #: A survey of those present.
    poll = models.ForeignKey("votes.Poll", models.PROTECT, null=True, related_name="+")
    #: Of a recess, an alarm, a technical pause: when it ends, as it was said.
    pause = models.ForeignKey(Pause, models.PROTECT, null=True, related_name="+")
    #: So many seconds later a mistake was undone, or so many a speaker was given.
    seconds = models.PositiveIntegerField(null=True)
    #: Said beyond the kind and the things: never a person's name.
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["meeting", "id"], name="meeting_log")]

    def __str__(self) -> str:
        return f"{self.at:%H:%M:%S} {self.kind}"
