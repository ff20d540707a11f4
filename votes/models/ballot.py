"""Models of ballots: open, sealed and on paper.

``choices`` of every ballot is one JSON object, question id → answer (votes/answers.py says its
form for each kind of question and refuses everything else).
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from votes.models.electorate import VoterRecord
from votes.models.poll import Poll
from votes.querysets import SealedBallotQuerySet


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


class SealedBallot(models.Model):
    """A vote of a secret poll: a random code and the choices, and nothing else at all.

    No person, address, time or number of its own: nothing refers to it and it refers to nothing
    but its poll. Ballots lie in a partition a poll, which each re-seal replaces by a new one
    (docs/adr/0033).
    """

    pk = models.CompositePrimaryKey("poll_id", "code")
    poll = models.ForeignKey(
        Poll, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    code = models.UUIDField()
    choices = models.JSONField()

    objects = SealedBallotQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.code)


def cast_ballots(poll: Poll) -> models.QuerySet[Any]:
    """The ballots that were cast in a poll, of either kind, without those on paper."""
    if poll.is_secret:
        return SealedBallot.objects.of_poll(poll)
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
