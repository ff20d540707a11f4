"""Quick polls of meetings: surveys of those present."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from meetings.agenda.models import Item
from meetings.course.models import Meeting


class QuickPoll(models.Model):
    """A quick poll of votes/ that was put to those who are at a meeting: a survey without legal
    force. What is asked, who votes and how it is counted is the poll's own.

    ``closed_at`` is the poll's close as soon as it is noted here: at most one of a meeting is open.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="quick_polls")
    #: What was considered then.
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="quick_polls")
    poll = models.OneToOneField("votes.Poll", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    #: How many of those in the hall chose what, by option, as it closed; None: nobody was noted
    #: there.
    hall = models.JSONField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(closed_at=None), name="quickpoll_one_open"
            ),
            models.CheckConstraint(
                name="quickpoll_closes_after_opening",
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}, {self.poll_id}"
