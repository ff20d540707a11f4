"""The model of a published result."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from votes.life.models import Poll


class Result(models.Model):
    """The published result of a poll: what the counting of its stored ballots gave.

    ``counted``: the numbers of each question, turnout and rounds (votes/results/result.py says the
    form);
    ``city``: the populations beside which turnout stands, as they were on that day
    (votes/results/grouping.py); for a secret poll ``codes_hash`` is the SHA-256 of the published
    list of codes.
    """

    poll = models.OneToOneField(Poll, models.PROTECT, primary_key=True, related_name="result")
    counted = models.JSONField()
    city = models.JSONField(default=dict)
    codes_hash = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"#{self.pk}"
