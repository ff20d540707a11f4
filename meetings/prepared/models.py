"""Surveys and announcements that are written before a meeting."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

#: So many of one meeting.
MOST_PREPARED = 60


class Prepared(models.Model):
    """A survey or an announcement that waits to be used: who runs the meeting reads it once more
    before it is asked or shown. Nobody else reads it."""

    class Kind(models.TextChoices):
        SURVEY = "survey", _("survey of those present")
        ANNOUNCEMENT = "announcement", _("announcement on a display")

    class How(models.TextChoices):
        ONE = "one", _("one option")
        SEVERAL = "several", _("several options")
        RANKED = "ranked", _("an order of preference")

    meeting = models.ForeignKey("meetings.Meeting", models.PROTECT, related_name="prepared")
    kind = models.CharField(max_length=12, choices=Kind)
    #: What is asked, or the words of the announcement.
    text = models.CharField(max_length=500)
    #: Of a survey, one a line; none: yes, no or abstain.
    options = models.TextField(max_length=5000, blank=True)
    how = models.CharField(max_length=7, choices=How, default=How.ONE)
    #: Of a survey: bars are shown while people answer; else they are kept back until its close.
    results_while_open = models.BooleanField(default=True)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="prepared_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="prepared_announcement_asks_nothing",
                condition=Q(kind="survey") | Q(options="", how="one"),
            ),
        ]

    def __str__(self) -> str:
        return self.text
