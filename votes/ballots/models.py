"""Models of ballots: open, opened after a secret vote, and on paper.

``choices`` of every ballot is one JSON object, question id → answer (votes/ballots/answers.py says
its form for each kind of question and refuses everything else).
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from votes.electorate.models import VoterRecord
from votes.life.models import Poll


class OpenBallot(models.Model):
    """A vote of an open poll: its voter is known, and may change it until the close."""

    voter_record = models.OneToOneField(
        VoterRecord,
        models.PROTECT,
        primary_key=True,
        related_name="ballot",
        db_column="mark_id",
    )
    poll = models.ForeignKey(Poll, models.PROTECT, related_name="open_ballots")
    choices = models.JSONField()
    at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"#{self.pk}"


class OpenedBallot(models.Model):
    """One ballot of a secret poll after the boxes were opened, and nothing else at all.

    ``place`` is its place in a random order: no person, code or time leads to it (docs/adr/0118).
    """

    pk = models.CompositePrimaryKey("poll_id", "place")
    poll = models.ForeignKey(Poll, models.PROTECT, db_index=False, related_name="+")
    place = models.PositiveIntegerField()
    choices = models.JSONField()

    def __str__(self) -> str:
        return f"#{self.poll_id}/{self.place}"


class ReceiptCode(models.Model):
    """The code of a receipt that was found in a box of a secret poll; ``place`` is that among the
    sorted codes, and says nothing of the opened ballots."""

    pk = models.CompositePrimaryKey("poll_id", "place")
    poll = models.ForeignKey(Poll, models.PROTECT, db_index=False, related_name="+")
    place = models.PositiveIntegerField()
    code = models.UUIDField()

    def __str__(self) -> str:
        return str(self.code)


def cast_ballots(poll: Poll) -> models.QuerySet[Any]:
    """The ballots of a poll that can be counted, of either kind, without those on paper: of a
    secret one none until its boxes are opened."""
    if poll.is_secret:
        return OpenedBallot.objects.filter(poll=poll)
    return OpenBallot.objects.filter(poll=poll)


class PaperBallot(models.Model):
    """A ballot on paper that the office entered: one person types it, another one checks it."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="paper_ballots")
    #: What stands on the sheet: each is entered once.
    number = models.CharField(_("number of the sheet"), max_length=20)
    choices = models.JSONField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(db_default=Now())
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "number"], name="paper_ballot_number"),
            models.CheckConstraint(
                name="paper_ballot_confirmed_by_another",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | (Q(confirmed_at__isnull=False) & ~Q(confirmed_by=F("entered_by"))),
            ),
        ]

    def __str__(self) -> str:
        return self.number
