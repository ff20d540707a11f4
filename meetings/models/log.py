"""The log of a meeting by the second."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models.agenda import Item
from meetings.models.council import Deputy
from meetings.models.floor import Question, Speaker
from meetings.models.hall import ShowOfHands
from meetings.models.meeting import Meeting
from meetings.models.rollcall import RollCall


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
        VIDEO = "video", _("The video was published")
        MINUTES = "minutes", _("The minutes were published")

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
    #: Said beyond the kind and the things: never a person's name.
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["meeting", "id"], name="meeting_log")]

    def __str__(self) -> str:
        return f"{self.at:%H:%M:%S} {self.kind}"
