"""Outcomes of a meeting: conclusions, decisions on proposals, appeals of questions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from meetings.agenda.models import Item
from meetings.course.models import Meeting
from meetings.questions.models import Question


class Outcome(models.Model):
    """A committee's conclusions on an item (280/97-ВР art. 47(10)), or what was decided on the
    proposals of a hearing (art. 13(5)).

    Rows are only added: a correction is another one.
    """

    #: The hearing, or the item of a committee's meeting.
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="outcomes")
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="outcomes")
    text = models.TextField(_("text"), max_length=10_000)
    url = models.URLField(_("link to the document"), max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="outcome_of_one_thing",
                condition=Q(meeting__isnull=False, item=None) | Q(meeting=None, item__isnull=False),
            ),
            models.CheckConstraint(name="outcome_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class QuestionAppeal(models.Model):
    """A question that was not answered at its meeting went on as an appeal or a request of its
    author's; read by them and by who runs the meeting alone."""

    question = models.OneToOneField(Question, models.CASCADE, related_name="went_on")
    appeal = models.OneToOneField("appeals.Appeal", models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return f"{self.question_id} → {self.appeal_id}"
