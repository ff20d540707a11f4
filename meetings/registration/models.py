"""Registration of the public to attend a meeting, and to speak on an item of its agenda."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.db.collation import key
from meetings.agenda.models import Item
from meetings.course.models import Meeting
from meetings.querysets import RegistrationQuerySet
from meetings.questions.models import Speaker

#: The longest text of accessibility needs, in characters.
LONGEST_NEEDS = 1000


class Registration(models.Model):
    """Somebody said before a meeting that they will attend it.

    ``seated_at``: since when a place in the hall is kept for them; None: they wait for one, or
    attend remotely. PostgreSQL gives no more places than ``Meeting.capacity``
    (``registration_within_capacity``). ``needs`` may tell of somebody's health: who runs the
    meeting reads it and nobody else; it is emptied with the withdrawal and after the meeting.
    """

    class Attendance(models.TextChoices):
        HALL = "hall", _("in the hall")
        REMOTE = "remote", _("remotely, by the live stream")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="registrations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    #: The order of names on the desk's list, as they were when they registered.
    name_key = models.CharField(max_length=400, editable=False)
    attendance = models.CharField(_("attends"), max_length=6, choices=Attendance)
    speaks_on = models.ForeignKey(
        Item,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("speaks on"),
        related_name="registrations",
    )
    stance = models.CharField(_("stance"), max_length=7, choices=Speaker.Stance, blank=True)
    needs = models.TextField(_("accessibility needs"), max_length=LONGEST_NEEDS, blank=True)
    #: When they agreed that the needs are read (2297-VI art. 7(2)(1)).
    consented_at = models.DateTimeField(null=True, editable=False)
    at = models.DateTimeField(db_default=Now(), editable=False)
    seated_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    #: They came: noted at the door.
    came_at = models.DateTimeField(null=True, editable=False)
    #: They were put on the list of speakers when their item was opened.
    speaker = models.OneToOneField(
        Speaker, models.SET_NULL, null=True, editable=False, related_name="registration"
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"],
                condition=Q(withdrawn_at=None),
                name="registration_once",
            ),
            models.CheckConstraint(
                name="registration_place_in_the_hall",
                condition=Q(seated_at=None) | Q(attendance="hall"),
            ),
            models.CheckConstraint(
                name="registration_needs_with_consent",
                condition=Q(needs="") | Q(consented_at__isnull=False, withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="registration_stance_of_a_speaker",
                condition=Q(stance="") | Q(speaks_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["meeting", "name_key", "id"],
                condition=Q(withdrawn_at=None),
                name="registration_by_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}, {self.user_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.name_key:
            self.name_key = key(f"{self.user.family_name} {self.user.given_name}")
        super().save(*args, **kwargs)

    @property
    def waits(self) -> bool:
        """Whether they wait for a place in the hall."""
        return (
            self.attendance == self.Attendance.HALL
            and self.seated_at is None
            and self.withdrawn_at is None
        )
