"""Presence in the hall by the code on its display, and shows of hands."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Func, IntegerField, Q
from django.db.models.functions import Now
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.agenda.models import Item
from meetings.course.models import Meeting

#: The longest question, in characters: one that is read from a screen with its figures.
LONGEST_SHOWN = 200
#: What a show of hands keeps when it closes, and what the secretary has counted.
FIGURES = (
    *("hall_for", "hall_against", "hall_abstained"),
    *("remote_for", "remote_against", "remote_abstained"),
)
COUNTED = ("counted_for", "counted_against", "counted_abstained")


class HallVisit(models.Model):
    """Somebody is in the hall of a meeting: they have scanned the code on its display. It is shown
    to nobody but themselves; others read numbers."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="visits")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="hallvisit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}, {self.user_id}"


def _non_nulls(*columns: str) -> Func:
    names = (F(column) for column in columns)
    return Func(*names, function="num_nonnulls", output_field=IntegerField())


class ShowOfHands(models.Model):
    """A question to everybody in the hall and at home, answered by raising a hand. It decides
    nothing: members vote by roll-call.

    Figures are kept when it closes, those of people in the hall apart from those of others.
    ``counted_…``: what the secretary has counted in the hall, where they did; people who have
    raised a hand on their telephone may be among them, so it is added to nothing.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="shows_of_hands")
    #: What was considered when it was opened.
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="shows_of_hands")
    question = models.CharField(_("question"), max_length=LONGEST_SHOWN)
    opened_at = models.DateTimeField(editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    hall_for = models.PositiveIntegerField(null=True, editable=False)
    hall_against = models.PositiveIntegerField(null=True, editable=False)
    hall_abstained = models.PositiveIntegerField(null=True, editable=False)
    remote_for = models.PositiveIntegerField(null=True, editable=False)
    remote_against = models.PositiveIntegerField(null=True, editable=False)
    remote_abstained = models.PositiveIntegerField(null=True, editable=False)
    counted_for = models.PositiveIntegerField(null=True, editable=False)
    counted_against = models.PositiveIntegerField(null=True, editable=False)
    counted_abstained = models.PositiveIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(closed_at=None), name="showofhands_one_open"
            ),
            models.CheckConstraint(name="showofhands_asks_something", condition=~Q(question="")),
            models.CheckConstraint(
                name="showofhands_closed_with_figures",
                condition=Q(Exact(_non_nulls(*FIGURES), 0), closed_at=None)
                | Q(Exact(_non_nulls(*FIGURES), 6), closed_at__gte=F("opened_at")),
            ),
            models.CheckConstraint(
                name="showofhands_counted_whole",
                condition=Q(Exact(_non_nulls(*COUNTED), 0)) | Q(Exact(_non_nulls(*COUNTED), 3)),
            ),
        ]

    def __str__(self) -> str:
        return self.question


class Hand(models.Model):
    """A hand raised on a telephone: one choice of a person, changed until the show closes.

    ``in_hall``: they were in the hall (HallVisit) when they chose last. Nobody reads whose it is.
    """

    class Choice(models.TextChoices):
        FOR = "for", pgettext_lazy("a vote", "for")
        AGAINST = "against", pgettext_lazy("a vote", "against")
        ABSTAINED = "abstained", pgettext_lazy("a vote", "abstained")

    show = models.ForeignKey(ShowOfHands, models.PROTECT, related_name="hands")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    choice = models.CharField(max_length=9, choices=Choice)
    in_hall = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["show", "user"], name="hand_once"),
        ]

    def __str__(self) -> str:
        return f"{self.show_id}, {self.user_id}"
