"""Displays of a meeting: the screens of a hall, each with the picture that it shows."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.course.models import Meeting
from meetings.querysets import DisplayQuerySet

#: Displays of a meeting at once; the hub draws each that is watched by itself.
MOST_DISPLAYS = 12
#: The longest announcement, in characters: one that can be read from a screen.
LONGEST_WORDS = 300


class Picture(models.TextChoices):
    """Picture of a display: the meeting's present matter, or always the same one."""

    MAIN = "main", _("what the meeting is at")
    AGENDA = "agenda", _("agenda")
    CLAUSE = "clause", _("text of the item")
    SPEAKER = "speaker", pgettext_lazy("a picture of a display", "speaker")
    QUESTIONS = "questions", _("questions from the floor")
    POLL = "poll", pgettext_lazy("a picture of a display", "poll")
    ROLL_CALL = "roll_call", _("roll-call")
    ANNOUNCEMENT = "announcement", _("announcement")
    CLOCK = "clock", _("clock")
    LECTERN = "lectern", _("speaker’s time, for the lectern")


class Theme(models.TextChoices):
    DARK = "dark", pgettext_lazy("a theme", "light on dark")
    LIGHT = "light", pgettext_lazy("a theme", "dark on light")


class Display(models.Model):
    """A screen that was paired with a meeting; its ``number`` is its address there.

    ``pairing`` is the code by which it was paired, with its window: it pairs once
    (meetings/displays/codes.py). ``revision`` counts the changes of displays of this number, so
    that of two secretaries the second is told. Unpaired, its row stays, and its number is free.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="displays")
    number = models.PositiveSmallIntegerField(editable=False)
    name = models.CharField(_("name"), max_length=60, blank=True)
    picture = models.CharField(
        _("picture"), max_length=12, choices=Picture, default=Picture.MAIN, db_default=Picture.MAIN
    )
    #: What an announcement says; it is kept while another picture is shown.
    words = models.CharField(_("announcement"), max_length=LONGEST_WORDS, blank=True)
    theme = models.CharField(
        _("colours"), max_length=5, choices=Theme, default=Theme.DARK, db_default=Theme.DARK
    )
    revision = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    pairing = models.CharField(max_length=32, unique=True, editable=False)
    paired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    paired_at = models.DateTimeField(db_default=Now(), editable=False)
    unpaired_at = models.DateTimeField(null=True, editable=False)

    objects = DisplayQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                condition=Q(unpaired_at=None),
                name="display_number_once",
            ),
            models.CheckConstraint(
                name="display_number_within", condition=Q(number__range=(1, MOST_DISPLAYS))
            ),
            models.CheckConstraint(
                name="display_announces_words",
                condition=~Q(picture="announcement") | ~Q(words=""),
            ),
            models.CheckConstraint(
                name="display_unpaired_after_pairing",
                condition=Q(unpaired_at=None) | Q(unpaired_at__gte=F("paired_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}" if self.name else str(self.number)

    def get_absolute_url(self) -> str:
        return reverse("meetings:paired", args=[self.meeting_id, self.number])
