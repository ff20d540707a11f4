"""Pauses of a meeting: a recess, an air-raid alarm, a technical pause."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.domain.calendar import local_date
from meetings.course.models import Meeting
from meetings.questions.models import Speaker
from meetings.rollcalls.models import RollCall

#: What is shorter is a recess, also over midnight.
NIGHT = timedelta(hours=4)


class Pause(models.Model):
    """The meeting is interrupted from ``began_at`` until ``ended_at``; one at a time.

    ``roll_call``: the open one that it suspends; ``speaker``: whose clock it has stopped. Both go
    on when it ends. No deadline of the law is changed by it.
    """

    class Kind(models.TextChoices):
        RECESS = "recess", _("Recess")
        ALARM = "alarm", _("Air-raid alarm")
        TECHNICAL = "technical", _("Technical pause")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="pauses")
    kind = models.CharField(max_length=9, choices=Kind)
    began_at = models.DateTimeField()
    #: When the meeting goes on, as it was said; None: it was not said. On another day: a session
    #: of several days.
    resumes_at = models.DateTimeField(null=True)
    #: None: it goes on.
    ended_at = models.DateTimeField(null=True)
    roll_call = models.ForeignKey(RollCall, models.PROTECT, null=True, related_name="+")
    speaker = models.ForeignKey(Speaker, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(ended_at=None), name="pause_one_at_a_time"
            ),
            models.CheckConstraint(
                name="pause_ends_after_beginning",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")),
            ),
            models.CheckConstraint(
                name="pause_resumes_after_beginning",
                condition=Q(resumes_at=None) | Q(resumes_at__gt=F("began_at")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def is_over_night(self) -> bool:
        """Whether the meeting goes on on another day: not a recess that midnight falls into."""
        if self.resumes_at is None or self.resumes_at - self.began_at < NIGHT:
            return False
        return local_date(self.resumes_at) != local_date(self.began_at)
