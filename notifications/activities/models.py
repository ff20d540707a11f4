"""Public activities: what happened to whatever can be followed."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, IntegerField
from django.db.models.functions import Now
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

#: What an activity is about: one of them.
_THINGS = ("consultation", "petition", "poll", "meeting", "appeal", "article")


class Activity(models.Model):
    """An event of a followed thing, with the ids of what it is about.

    Written in the transaction of the event. ``topics`` ("petition:7", "theme:3", "district:2") are
    those of ``Following``; a follower of any of them is told. It holds no words: a digest and an
    inbox read what is public when they are made, so that what was hidden meanwhile stays hidden.
    """

    class Verb(models.TextChoices):
        PUBLISHED = "published", _("published")
        OPENED = "opened", _("opened")
        CLOSES = "closes", _("closes soon")
        CLOSED = "closed", _("closed")
        CHANGED = "changed", _("changed")
        ANSWERED = "answered", _("answered")
        DECIDED = "decided", _("decided")
        CANCELLED = "cancelled", _("withdrawn")

    verb = models.CharField(max_length=12, choices=Verb)
    at = models.DateTimeField(db_default=Now(), editable=False)
    topics = ArrayField(models.CharField(max_length=40))
    consultation = models.ForeignKey(
        "consultations.Consultation", models.CASCADE, null=True, related_name="+"
    )
    petition = models.ForeignKey("petitions.Petition", models.CASCADE, null=True, related_name="+")
    poll = models.ForeignKey("votes.Poll", models.CASCADE, null=True, related_name="+")
    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, null=True, related_name="+")
    appeal = models.ForeignKey("appeals.Appeal", models.CASCADE, null=True, related_name="+")
    article = models.ForeignKey("newsroom.Article", models.CASCADE, null=True, related_name="+")
    #: What tells events of one verb and thing apart ("change:7"), as ``about`` of mails does.
    about = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["verb", "about"], name="activity_once"),
            models.CheckConstraint(
                name="activity_of_one_thing",
                condition=Exact(
                    Func(*map(F, _THINGS), function="num_nonnulls", output_field=IntegerField()), 1
                ),
            ),
        ]
        indexes = [
            GinIndex(fields=["topics"], name="activity_by_topics"),
            models.Index(fields=["at", "id"], name="activity_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.about}"
