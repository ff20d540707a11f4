"""The model of an answer in words, and whether others may read it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from discussions.models import HideReason
from votes.ballots.models import OpenBallot, PaperBallot
from votes.querysets import TextQuerySet
from votes.questions.models import Question


class Text(models.Model):
    """The answer of one ballot of an open poll to a question that asks for words.

    It stands in the ballot's ``choices`` too; here it waits for a moderator, and nobody but its
    author reads it before. Other words in its place wait anew.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a moderator")
        SHOWN = "shown", _("shown")
        HIDDEN = "hidden", _("hidden by a moderator")

    #: Cast here, or on paper.
    ballot = models.ForeignKey(OpenBallot, models.CASCADE, null=True, related_name="texts")
    paper = models.ForeignKey(PaperBallot, models.CASCADE, null=True, related_name="texts")
    question = models.ForeignKey(Question, models.PROTECT, related_name="texts")
    text = models.TextField()
    at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=10, choices=State, db_default=State.WAITING)
    reason = models.CharField(max_length=20, choices=HideReason, blank=True, db_default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = TextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "question"], name="one_text_per_ballot"),
            models.UniqueConstraint(fields=["paper", "question"], name="one_text_per_paper_ballot"),
            models.CheckConstraint(
                name="text_of_one_ballot",
                condition=Q(ballot=None, paper__isnull=False) | Q(ballot__isnull=False, paper=None),
            ),
            models.CheckConstraint(
                name="text_hidden_with_reason",
                condition=(Q(state="hidden") & ~Q(reason="")) | (~Q(state="hidden") & Q(reason="")),
            ),
            models.CheckConstraint(
                name="text_decided_by_somebody",
                condition=Q(state="waiting", decided_at=None)
                | (~Q(state="waiting") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state="waiting"), name="text_waiting"),
            models.Index(fields=["question", "id"], condition=Q(state="shown"), name="text_shown"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
