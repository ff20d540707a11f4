"""Who is present, and roll-call votes (280/97-ВР art. 59)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.displays.layout import FIRST_LETTERS
from meetings.models.agenda import Item
from meetings.models.council import Deputy
from meetings.models.meeting import Meeting


class Presence(models.Model):
    """A deputy was in the hall from ``came_at`` until ``left_at``; people come and go."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="presences")
    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="presences")
    came_at = models.DateTimeField()
    #: None: still here. Whoever is here when the meeting closes leaves at that moment.
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["came_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="presence_leaves_after_coming",
                condition=Q(left_at=None) | Q(left_at__gte=F("came_at")),
            ),
            ExclusionConstraint(
                name="presence_once_at_a_time",
                expressions=[
                    ("meeting", RangeOperators.EQUAL),
                    ("deputy", RangeOperators.EQUAL),
                    (
                        Func(
                            "came_at",
                            "left_at",
                            RangeBoundary(),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy_id}: {self.came_at} – {self.left_at or ''}"


class RollCall(models.Model):
    """A vote of a body's members by name, for everybody to see.

    ``membership`` is the body's total as it was when this was opened, with the head of the city if
    they take part (``counts_head``); ``present`` is counted when it closes. Closed, PostgreSQL lets
    nothing of it change but ``published_at``, once. Its result is arithmetic:
    meetings/rules/majority.py.
    """

    class Needs(models.TextChoices):
        MAJORITY = "majority", _("majority of the total membership")
        TWO_THIRDS = "two_thirds", _("two thirds of the total membership")
        PROCEDURAL = "procedural", _("majority of those present, a procedural question")

    item = models.ForeignKey(Item, models.PROTECT, related_name="roll_calls")
    question = models.CharField(_("what is put to the vote"), max_length=1000)
    #: The same in so few letters that the whole hall can read them on a display; "" for a question
    #: that has no more.
    short_question = models.CharField(
        _("short form for displays"),
        max_length=FIRST_LETTERS,
        blank=True,
        default="",
        db_default="",
    )
    needs = models.CharField(
        _("what it takes"), max_length=12, choices=Needs, default=Needs.MAJORITY
    )
    membership = models.PositiveSmallIntegerField(editable=False)
    counts_head = models.BooleanField(default=False, editable=False)
    present = models.PositiveSmallIntegerField(null=True, editable=False)
    opened_at = models.DateTimeField(editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(closed_at=None), name="rollcall_one_open"
            ),
            models.CheckConstraint(
                name="rollcall_asks_something", condition=~Q(question="") & Q(membership__gte=1)
            ),
            models.CheckConstraint(
                name="rollcall_closed_with_count",
                condition=Q(closed_at=None, present=None)
                | Q(
                    closed_at__isnull=False,
                    closed_at__gte=F("opened_at"),
                    present__isnull=False,
                    present__lte=F("membership"),
                ),
            ),
            models.CheckConstraint(
                name="rollcall_published_when_closed",
                condition=Q(published_at=None)
                | Q(closed_at__isnull=False, published_at__gte=F("closed_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.question


class Vote(models.Model):
    """One member's vote in a roll-call: given while it is open, changed or taken back until it
    closes.

    When it closes, every member who has none gets one: not voting if present, else absent.
    """

    class Choice(models.TextChoices):
        FOR = "for", pgettext_lazy("a vote", "for")
        AGAINST = "against", pgettext_lazy("a vote", "against")
        ABSTAINED = "abstained", pgettext_lazy("a vote", "abstained")
        NOT_VOTING = "not_voting", pgettext_lazy("a vote", "did not vote")
        ABSENT = "absent", pgettext_lazy("a vote", "absent")

    #: What a member can choose, and what the secretary can enter for them.
    CAST = (Choice.FOR, Choice.AGAINST, Choice.ABSTAINED)
    ENTERED = (*CAST, Choice.NOT_VOTING)

    roll_call = models.ForeignKey(RollCall, models.PROTECT, related_name="votes")
    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="votes")
    #: The faction as it was then.
    faction = models.ForeignKey(
        "meetings.Faction", models.PROTECT, null=True, editable=False, related_name="+"
    )
    choice = models.CharField(pgettext_lazy("noun", "vote"), max_length=10, choices=Choice)
    at = models.DateTimeField(db_default=Now())
    #: Who entered it: the deputy's own account, or the secretary's. None: nobody, at the close.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["deputy__name_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["roll_call", "deputy"], name="vote_once"),
        ]
        indexes = [models.Index(fields=["deputy", "-id"], name="vote_of_deputy")]

    def __str__(self) -> str:
        return f"{self.deputy_id}: {self.choice}"
