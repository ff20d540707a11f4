"""Presence and roll-call votes (280/97-ВР art. 59)."""

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
from meetings.agenda.models import Item
from meetings.course.models import Meeting
from meetings.deputies.models import Deputy
from meetings.deputies.models_video import VideoGround

#: The longest reason that is written about a roll-call or a vote, in characters.
LONGEST_REASON = 300


class Presence(models.Model):
    """A deputy was present from ``came_at`` until ``left_at``; people come and go.

    A vote belongs to somebody who is present: PostgreSQL takes no other one, and lets nobody change
    a presence so that a vote falls out of it (migration 0012).
    """

    class How(models.TextChoices):
        NOTED = "noted", _("noted by the secretary")
        WITH_VOTE = "with_vote", _("entered with the vote")
        CLAIMED = "claimed", _("said on their telephone and confirmed")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="presences")
    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="presences")
    came_at = models.DateTimeField()
    #: None: still here. Whoever is here when the meeting closes leaves at that moment.
    left_at = models.DateTimeField(null=True)
    how = models.CharField(
        max_length=9, choices=How, default=How.NOTED, db_default=How.NOTED.value, editable=False
    )
    #: By videoconference: the act that allows it. None: in the hall.
    video_ground = models.ForeignKey(
        VideoGround, models.PROTECT, null=True, editable=False, related_name="presences"
    )

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


class PresenceClaim(models.Model):
    """A deputy says on their telephone that they are here. It counts for nothing until the
    secretary, or another deputy who is present, confirms it: then it is a Presence."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="claims")
    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    #: They take part by videoconference: the act that allows it.
    video_ground = models.ForeignKey(
        VideoGround, models.PROTECT, null=True, editable=False, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    #: The secretary has not found them, or they are noted as present already.
    dismissed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "deputy"],
                condition=Q(confirmed_at=None, dismissed_at=None),
                name="presenceclaim_one_waits",
            ),
            models.CheckConstraint(
                name="presenceclaim_confirmed_or_dismissed",
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, dismissed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}, {self.deputy_id}"


class RollCall(models.Model):
    """A vote of a body's members by name, for everybody to see.

    ``membership`` is the body's total as it was when this was opened, with the head of the city if
    they take part (``counts_head``); ``present`` is counted when it closes. Closed, PostgreSQL lets
    nothing of it change but ``published_at``, once; what was voted by mistake is annulled by a row
    beside it (RollCallAnnulment). Its result is arithmetic: meetings/rollcalls/majority.py.
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
    #: How many were present when it was opened; None: before that was kept (0.6).
    present_at_opening = models.PositiveSmallIntegerField(null=True, editable=False)
    #: Why it was opened without a quorum; a procedural question needs none.
    no_quorum_reason = models.CharField(
        _("why it is opened without a quorum"),
        max_length=LONGEST_REASON,
        blank=True,
        default="",
        db_default="",
    )
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
                name="rollcall_opened_with_quorum",
                condition=Q(present_at_opening=None)
                | Q(needs="procedural")
                | ~Q(no_quorum_reason="")
                | Q(present_at_opening__gt=F("membership") / 2),
            ),
            models.CheckConstraint(
                name="rollcall_published_when_closed",
                condition=Q(published_at=None)
                | Q(closed_at__isnull=False, published_at__gte=F("closed_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def annulled(self) -> RollCallAnnulment | None:
        """Its annulment: one query where it was not loaded (``select_related("annulment")``)."""
        return getattr(self, "annulment", None)


class RollCallAnnulment(models.Model):
    """A closed roll-call counts for nothing: who said so, when, why, and which one repeats it.

    Its result is still published on the day of the vote (280/97-ВР art. 59(3)), marked as annulled.
    PostgreSQL lets nothing of this row change but ``repeated_by``, once (migration 0012).
    """

    roll_call = models.OneToOneField(
        RollCall, models.PROTECT, primary_key=True, related_name="annulment"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(_("why it is annulled"), max_length=LONGEST_REASON)
    repeated_by = models.OneToOneField(
        RollCall, models.PROTECT, null=True, editable=False, related_name="repeats"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="annulment_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="annulment_repeated_by_a_later_one",
                condition=Q(repeated_by=None) | Q(repeated_by__gt=F("roll_call")),
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class Vote(models.Model):
    """One member's vote in a roll-call: given while it is open, changed or taken back until it
    closes.

    When it closes, every member who has none gets one: not voting if present, else absent; who has
    declared a conflict of interest takes no part (meetings/conflicts/).
    """

    class Choice(models.TextChoices):
        FOR = "for", pgettext_lazy("a vote", "for")
        AGAINST = "against", pgettext_lazy("a vote", "against")
        ABSTAINED = "abstained", pgettext_lazy("a vote", "abstained")
        NOT_VOTING = "not_voting", pgettext_lazy("a vote", "did not vote")
        ABSENT = "absent", pgettext_lazy("a vote", "absent")
        CONFLICT = "conflict", pgettext_lazy("a vote", "takes no part: conflict of interest")

    class Entered(models.TextChoices):
        SELF = "self", pgettext_lazy("who entered a vote", "themselves")
        SECRETARY = "secretary", pgettext_lazy("who entered a vote", "the secretary")
        REPLACED = (
            "replaced",
            pgettext_lazy("who entered a vote", "the secretary, in place of the deputy’s own vote"),
        )
        CLOSE = "close", pgettext_lazy("who entered a vote", "nobody: at the close")
        #: Before 0.6.
        UNRECORDED = "unrecorded", pgettext_lazy("who entered a vote", "not recorded")

    #: What a member can choose, and what the secretary can enter for them.
    CAST = (Choice.FOR, Choice.AGAINST, Choice.ABSTAINED)
    ENTERED = (*CAST, Choice.NOT_VOTING)
    #: Votes that deputies themselves have given, or that stand in place of those.
    OWN = (Entered.SELF, Entered.REPLACED)

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
    #: The same as everybody reads it. A deputy’s own vote is locked for the secretary.
    entered = models.CharField(
        max_length=10,
        choices=Entered,
        default=Entered.CLOSE,
        db_default=Entered.CLOSE.value,
        editable=False,
    )
    #: Given by videoconference: the act that allows it. None: in the hall.
    video_ground = models.ForeignKey(
        VideoGround, models.PROTECT, null=True, editable=False, related_name="votes"
    )

    class Meta:
        ordering = ["deputy__name_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["roll_call", "deputy"], name="vote_once"),
            models.CheckConstraint(
                name="vote_entered_by_somebody",
                condition=Q(entered="unrecorded")
                | Q(entered="close", choice__in=["not_voting", "absent", "conflict"], by=None)
                | Q(
                    entered="self",
                    choice__in=["for", "against", "abstained"],
                    by__isnull=False,
                )
                | Q(
                    entered__in=["secretary", "replaced"],
                    choice__in=["for", "against", "abstained", "not_voting"],
                    by__isnull=False,
                ),
            ),
        ]
        indexes = [models.Index(fields=["deputy", "-id"], name="vote_of_deputy")]

    def __str__(self) -> str:
        return f"{self.deputy_id}: {self.choice}"
