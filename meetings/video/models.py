"""Subtitles of the video of a meeting: what was said aloud, by the second."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

#: The longest words of one line, in characters.
LONGEST_LINE = 1000


class Subtitle(models.Model):
    """A line of the subtitles that the council imported from a file (WebVTT or SubRip); the times
    are those of the video."""

    meeting = models.ForeignKey("meetings.Meeting", models.PROTECT, related_name="subtitles")
    #: Milliseconds from the beginning of the video.
    begins = models.PositiveIntegerField()
    ends = models.PositiveIntegerField()
    text = models.CharField(max_length=LONGEST_LINE)

    class Meta:
        ordering = ["begins", "pk"]
        constraints = [
            models.CheckConstraint(
                name="subtitle_ends_after_it_begins", condition=Q(ends__gt=F("begins"))
            ),
            models.CheckConstraint(name="subtitle_says_something", condition=~Q(text="")),
        ]
        indexes = [models.Index(fields=["meeting", "begins", "id"], name="meeting_subtitles")]

    def __str__(self) -> str:
        return self.text
