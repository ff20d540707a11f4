"""The council's answer and its steps, and the author's news to signers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from petitions.life.models import Petition


class Answer(models.Model):
    """The reasoned answer: to what reached its threshold, and to what became an appeal."""

    petition = models.OneToOneField(Petition, models.PROTECT, related_name="answer")
    asked = models.TextField(_("what you asked"), max_length=2000)
    decided = models.TextField(_("what was decided, and why"), max_length=10_000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    #: What the council asks everybody because of it, in a poll of the same department.
    poll = models.OneToOneField(
        "votes.Poll", models.PROTECT, null=True, editable=False, related_name="+"
    )
    signed_as = models.CharField(_("who answers"), max_length=200)
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.decided[:60]


class Step(models.Model):
    """Something that the council promised to do, and what became of it."""

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="steps")
    text = models.CharField(_("what is to be done"), max_length=500)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    note = models.CharField(_("what became of it"), max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class News(models.Model):
    """The author's news to those who signed."""

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="news")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("text"), max_length=3000)
    html = models.TextField(editable=False)
    at = models.DateTimeField(db_default=Now())
    hidden_at = models.DateTimeField(null=True, editable=False)
    hidden_reason = models.CharField(max_length=20, blank=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="news_hidden_with_reason",
                condition=Q(hidden_at=None, hidden_reason="")
                | (Q(hidden_at__isnull=False) & ~Q(hidden_reason="")),
            )
        ]

    def __str__(self) -> str:
        return self.title
