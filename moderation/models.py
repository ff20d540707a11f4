"""Models of moderation: what waits to be read and why, what was decided, what is contested."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.domain.calendar import last_date
from discussions.grounds import EVERYWHERE
from discussions.models import HideReason
from discussions.rules import contest_until
from moderation.querysets import ContestQuerySet, QueueItemQuerySet

#: The longest words of a contest, and of the decision on it, in characters.
LONGEST_CONTEST = 2000
#: The longest word or phrase of the word list.
LONGEST_WORD = 100
#: Saved reasons, each on a digit of the keyboard.
MOST_SAVED = 9


class Why(models.TextChoices):
    """Why a moderator should read something: one of these or several."""

    REPORTED = "reported", _("reported")
    HELD = "held", _("waits unseen")
    WORD = "word", _("a word of the council’s list")
    REPEAT = "repeat", _("the same words were said before")
    BURST = "burst", _("many comments of one author within minutes")
    LINK = "link", _("a link")
    FIRST = "first", _("a new author")


#: What each adds to the risk. Reports, what waits unseen and words of the list come first.
WEIGHTS: dict[Why, int] = {
    Why.REPORTED: 100,
    Why.HELD: 80,
    Why.WORD: 60,
    Why.REPEAT: 30,
    Why.BURST: 30,
    Why.LINK: 20,
    Why.FIRST: 10,
}


class QueueItem(models.Model):
    """A comment in the moderators' queue: its risk, why, who reads it now, whether it is decided.

    Written when the comment is posted, edited or reported (moderation/queue/scoring.py), so that
    the queue is read by an index and computes nothing. A comment without any risk has a row too,
    which waits for nobody.
    """

    comment = models.OneToOneField(
        "discussions.Comment", models.CASCADE, primary_key=True, related_name="queue_item"
    )
    thread = models.ForeignKey("discussions.Thread", models.PROTECT, db_index=False)
    #: Of the words without case, spaces and punctuation: equal for equal words.
    digest = models.UUIDField(null=True, editable=False)
    why = ArrayField(models.CharField(max_length=10, choices=Why), default=list, editable=False)
    risk = models.PositiveSmallIntegerField(default=0, editable=False)
    #: Its place in the queue: the riskiest first. Ascending like the key, so that both are compared
    #: as one row of the index.
    place = models.GeneratedField(
        expression=0 - F("risk"), output_field=models.SmallIntegerField(), db_persist=True
    )
    #: Since when it waits: when it was posted, or came back by a report or an edit.
    since = models.DateTimeField(db_default=Now(), editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    #: Who has taken it to read, and until when nobody else may decide on it.
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    claimed_until = models.DateTimeField(null=True, editable=False)

    objects = QueueItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="queue_item_claimed_for_a_time",
                condition=Q(claimed_by=None, claimed_until=None)
                | Q(claimed_by__isnull=False, claimed_until__isnull=False),
            ),
            models.CheckConstraint(
                name="settled_queue_item_is_not_claimed",
                condition=Q(settled_at=None) | Q(claimed_by=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["place", "comment"],
                condition=Q(settled_at=None, risk__gt=0),
                name="queue_waiting",
            ),
            models.Index(
                fields=["thread", "place", "comment"],
                condition=Q(settled_at=None, risk__gt=0),
                name="queue_waiting_in_thread",
            ),
            models.Index(
                fields=["claimed_by", "place", "comment"],
                condition=Q(claimed_by__isnull=False),
                name="queue_claimed",
            ),
            models.Index(
                fields=["digest", "comment"],
                condition=Q(digest__isnull=False),
                name="queue_same_words",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_waiting(self) -> bool:
        """A moderator is still to read it."""
        return self.settled_at is None and self.risk > 0

    def holder_id(self, now: datetime) -> int | None:
        """Holder at ``now``; None when nobody holds it, or no longer."""
        if self.claimed_until is None or self.claimed_until <= now:
            return None
        return self.claimed_by_id


class Ruling(models.Model):
    """A moderator's decision about a comment: left up, or hidden by a rule.

    The comment itself knows only how it is now; statistics and contests stand on these rows.
    """

    class Kind(models.TextChoices):
        LEFT = "left", _("left up")
        HIDDEN = "hidden", _("hidden")

    comment = models.ForeignKey("discussions.Comment", models.CASCADE, related_name="rulings")
    kind = models.CharField(max_length=6, choices=Kind, editable=False)
    rule = models.CharField(max_length=20, choices=HideReason, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    at = models.DateTimeField(db_default=Now(), editable=False)
    #: How long it had waited in the queue; null for what did not wait there.
    waited = models.DurationField(null=True, editable=False)
    #: Why the queue showed it to a moderator (values of Why): whether people or a program had
    #: picked it out. Empty: nobody and nothing had; null: decided before this was kept.
    picked_by = ArrayField(models.CharField(max_length=10), null=True, editable=False)
    #: When the comment was shown again, by whatever decision.
    reversed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ruling_hides_by_a_rule",
                condition=Q(kind="left", rule="") | (Q(kind="hidden") & ~Q(rule="")),
            ),
            models.CheckConstraint(
                name="only_hiding_is_reversed",
                condition=Q(reversed_at=None) | Q(kind="hidden"),
            ),
        ]
        indexes = [
            models.Index(fields=["comment", "-id"], name="ruling_of_comment"),
            models.Index(fields=["at"], name="ruling_at"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.comment_id}"

    @property
    def contest_until(self) -> datetime:
        """The first moment at which it may be contested no more: the last day counts whole."""
        return contest_until(self.at)

    @property
    def contest_last_day(self) -> date:
        """The last day on which it may be contested, in Kyiv."""
        return last_date(self.contest_until)


class Contest(models.Model):
    """An author's objection to the hiding of what they said, decided by another moderator."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("the hiding stands")
        OVERTURNED = "overturned", _("the hiding was wrong: shown again")
        CORRECTED = "corrected", _("shown again before the contest was decided")

    ruling = models.OneToOneField(Ruling, models.CASCADE, related_name="contest")
    #: Its author, or somebody who may speak now for the organisation in whose name it was said.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="contests"
    )
    words = models.TextField(_("why the decision is wrong"), max_length=LONGEST_CONTEST, blank=True)
    at = models.DateTimeField(db_default=Now(), editable=False)
    #: Who hid it, and so may not decide.
    against = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, editable=False)
    reason = models.TextField(_("reason"), max_length=LONGEST_CONTEST, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, editable=False)

    objects = ContestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contest_decided_wholly",
                condition=Q(outcome="", decided_by=None, decided_at=None, reason="")
                | (~Q(outcome="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="contest_decided_with_a_reason",
                condition=~Q(outcome__in=["upheld", "overturned"]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="contest_decided_by_another",
                condition=Q(outcome__in=["", "corrected"])
                | Q(against=None)
                | ~Q(decided_by=F("against")),
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(outcome=""), name="contest_pending"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class WatchedWord(models.Model):
    """A word or phrase of the council's list: whatever holds it in any form is read first."""

    text = models.CharField(_("word or phrase"), max_length=LONGEST_WORD, unique=True)
    #: Its lemmas as a tsquery, compared with a comment's stored lemmas.
    query = models.TextField(editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    added_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["text"]

    def __str__(self) -> str:
        return self.text


class SavedReason(models.Model):
    """A rule and a note to the author that moderators use again, by one key."""

    rule = models.CharField(_("rule"), max_length=20, choices=EVERYWHERE)
    note = models.CharField(_("note to the author"), max_length=500)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    added_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.note[:60]
