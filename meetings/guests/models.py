"""Guests of the hall: people there without an account, by a random key on their device."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Guest(models.Model):
    """Somebody in the hall without an account: a random key of one meeting, whose digest alone is
    kept. It goes when the meeting is closed; what they said stays as figures that are nobody's."""

    meeting = models.ForeignKey("meetings.Meeting", models.PROTECT, related_name="guests")
    #: SHA-256 of the key in the device's cookie.
    digest = models.CharField(max_length=64, unique=True, editable=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.meeting_id}, {self.pk}"


class GuestSupport(models.Model):
    """A guest wants a question answered, too."""

    question = models.ForeignKey("meetings.Question", models.PROTECT, related_name="guest_supports")
    #: None: the meeting is over.
    guest = models.ForeignKey(Guest, models.SET_NULL, null=True, related_name="supports")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "guest"], name="guestsupport_once"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}, {self.guest_id}"


class GuestAnswer(models.Model):
    """A guest's choice in a survey of those present; the last one that arrives counts."""

    quick = models.ForeignKey("meetings.QuickPoll", models.PROTECT, related_name="guest_answers")
    #: None: the meeting is over.
    guest = models.ForeignKey(Guest, models.SET_NULL, null=True, related_name="answers")
    #: An option's number, or «yes», «no», «abstain» (votes.ballots.answers).
    choice = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quick", "guest"], name="guestanswer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.quick_id}, {self.choice}"


class GuestSignal(models.Model):
    """A guest asks that people speak louder, or slower: for a while."""

    class Kind(models.TextChoices):
        SLOWER = "slower", _("slower")
        LOUDER = "louder", _("louder")

    meeting = models.ForeignKey("meetings.Meeting", models.PROTECT, related_name="guest_signals")
    guest = models.ForeignKey(Guest, models.CASCADE, related_name="signals")
    kind = models.CharField(max_length=6, choices=Kind)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guest", "kind"], name="guestsignal_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}, {self.kind}"
