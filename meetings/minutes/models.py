"""The minutes of a meeting: what its secretary writes, saved versions, published editions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.course.models import Meeting
from meetings.questions.models import Question

#: The longest reason for another edition, in characters.
LONGEST_REASON = 500


class Minutes(models.Model):
    """The secretary's texts of the minutes: only those who run the meeting read them.

    What the log says – who was there, spoke, voted how – is never stored here: it is drawn from the
    rows each time, and frozen when an edition is published. ``texts``: by the name of the text
    (meetings.minutes.texts).
    """

    meeting = models.OneToOneField(
        Meeting, models.CASCADE, primary_key=True, related_name="minutes"
    )
    texts = models.JSONField(default=dict, editable=False)
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    def __str__(self) -> str:
        return f"#{self.pk}"


class MinutesVersion(models.Model):
    """The secretary's texts after a save."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    texts = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="minutes_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id}/{self.number}"


class MinutesEdition(models.Model):
    """Published minutes. PostgreSQL lets nobody change what they say (migration 0006).

    ``content`` holds the blocks of the neutral document (core.export.document), in which names of
    people and questions from the floor stand as places of MinutesPart; ``sha256`` is that of the
    manifest (meetings.minutes.manifest). Only the files and the note of removed names change.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes_editions")
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    #: Why the minutes were published again; "" of the first edition.
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON, blank=True)
    title = models.CharField(max_length=400)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    docx = models.FileField(upload_to="meetings/minutes/", blank=True)
    pdf = models.FileField(upload_to="meetings/minutes/", blank=True)
    #: How many names were taken out of it because accounts were erased, and when last.
    removed_names = models.PositiveIntegerField(default=0)
    names_removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="minutes_edition_number"),
            models.CheckConstraint(
                name="minutes_later_edition_with_reason",
                condition=Q(number=1) | (Q(number__gt=1) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="minutes_names_removed_with_date",
                condition=Q(removed_names=0, names_removed_at=None)
                | Q(removed_names__gt=0, names_removed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.number}"

    def get_absolute_url(self) -> str:
        address = reverse("meetings:minutes", args=[self.meeting_id])
        return f"{address}?edition={self.number}"

    @property
    def is_published(self) -> bool:
        """False of one that stands for a preview: it is in no table."""
        return not self._state.adding

    @property
    def has_files(self) -> bool:
        """Whether its files are there: none while they are made, or made anew."""
        return bool(self.docx and self.pdf)


class MinutesPart(models.Model):
    """Something in published minutes that may have to go: a resident's name, a question.

    The manifest holds the salted hash of ``words`` in place of them: a name that goes after an
    erasure takes its salt with it, and the edition still verifies.
    """

    edition = models.ForeignKey(MinutesEdition, models.PROTECT, related_name="parts")
    place = models.PositiveIntegerField()
    #: Whose name it is; None: a question, a name that the hall gave the secretary, or removed.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    #: The question, which is not shown any more once it is hidden; None: a name.
    question = models.ForeignKey(Question, models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=500, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "place"], name="minutes_part_place"),
            models.CheckConstraint(
                name="minutes_part_name_or_question", condition=Q(user=None) | Q(question=None)
            ),
        ]
        indexes = [models.Index(fields=["user", "edition"], name="minutes_part_user")]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.place}"
