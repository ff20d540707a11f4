"""A meeting and its state."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.domain.calendar import local_date
from meetings.deputies.models import Body
from meetings.querysets import MeetingQuerySet


class Kind(models.TextChoices):
    SESSION = "session", _("session of the council")
    COMMITTEE = "committee", _("meeting of a standing committee")
    EXECUTIVE = "executive", _("meeting of the executive committee")
    HEARING = "hearing", _("public hearing")
    PRESS = "press", _("press conference")
    ROUND_TABLE = "round_table", _("round table")


#: Kinds that are meetings of a body, whose members vote by roll-call; the others have none.
OF_BODIES = frozenset({Kind.SESSION, Kind.COMMITTEE, Kind.EXECUTIVE})


#: The longest time, in seconds, for which a question is kept from the displays.
LONGEST_DELAY = 60


class State(models.TextChoices):
    DRAFT = "draft", _("in preparation")
    ANNOUNCED = "announced", _("announced")
    RUNNING = "running", _("going on now")
    CLOSED = "closed", _("over")
    CANCELLED = "cancelled", _("cancelled")


class Meeting(models.Model):
    """One meeting. Where it stands is derived from its moments.

    ``begins_at`` and ``ends_at`` are planned, ``opened_at`` and ``closed_at`` what happened. The
    current item is the one whose state says so; PostgreSQL keeps the two the same.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    body = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("body"),
        related_name="meetings",
    )
    #: Who of the council plans and runs it.
    department = models.ForeignKey(
        "city.Department", models.PROTECT, verbose_name=_("responsible department")
    )
    title = models.CharField(_("title"), max_length=300)
    place = models.CharField(_("place"), max_length=300)
    stream_url = models.URLField(_("address of the live stream"), max_length=500, blank=True)
    accessibility = models.TextField(
        _("how people with disabilities get in and follow it"), max_length=2000, blank=True
    )
    capacity = models.PositiveSmallIntegerField(_("places for the public"), null=True, blank=True)
    #: When registration to attend closes before the meeting is opened; None: with its opening.
    registration_closes_at = models.DateTimeField(
        _("registration closes"), null=True, blank=True, editable=False
    )
    begins_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    #: The notice was published.
    published_at = models.DateTimeField(null=True, editable=False)
    #: Why the notice is shorter than its kind asks for (280/97-ВР art. 46); the page shows it.
    short_notice_reason = models.CharField(
        _("why it is called at shorter notice"), max_length=500, blank=True
    )
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancelled_reason = models.CharField(max_length=500, blank=True, editable=False)
    themes = models.ManyToManyField("city.Theme", blank=True, verbose_name=_("themes"))
    #: Of which part of the city it is; none: of all of it.
    district = models.ForeignKey(
        "city.District", models.SET_NULL, null=True, blank=True, verbose_name=_("district")
    )
    streets = models.ManyToManyField("city.Street", blank=True, verbose_name=_("streets"))
    current_item = models.ForeignKey(
        "meetings.Item", models.PROTECT, null=True, editable=False, related_name="+"
    )
    #: The recess, alarm or technical pause that goes on now; PostgreSQL keeps it the open one.
    pause = models.ForeignKey(
        "meetings.Pause", models.PROTECT, null=True, editable=False, related_name="+"
    )
    #: The hall's displays draw nothing but the council's arms and the clock.
    is_blank = models.BooleanField(default=False, db_default=False, editable=False)
    #: Seconds between putting a question on the displays and its standing there.
    display_delay = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    #: From when the question that was put there stands there; None: at once, or it is in the log.
    question_due_at = models.DateTimeField(null=True, editable=False)
    #: People were told that it is over, so that it is not reopened any more (meetings/undoing).
    close_told_at = models.DateTimeField(null=True, editable=False)
    video_url = models.URLField(_("address of the video"), max_length=500, blank=True)
    video_published_at = models.DateTimeField(null=True, editable=False)
    #: The moment at which the recording begins; None: with the opening of the meeting.
    video_begins_at = models.DateTimeField(null=True, editable=False)
    minutes_url = models.URLField(_("address of the minutes"), max_length=500, blank=True)
    #: The last day for the minutes, counted when it closes (meetings/terms.py).
    minutes_due_on = models.DateField(null=True, editable=False)
    minutes_published_at = models.DateTimeField(null=True, editable=False)
    #: The newest edition of the minutes that was published here; None: they stand elsewhere.
    minutes_edition = models.PositiveSmallIntegerField(null=True, editable=False)
    #: The last day for a decision on the proposals of a hearing, counted when it closes.
    proposals_due_on = models.DateField(null=True, editable=False)
    #: What it is found by, once it is published (meetings/outcome/handlers_index.py).
    search = SearchVectorField(null=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meeting_of_a_body_or_of_none",
                condition=Q(kind__in=["session", "committee", "executive"], body__isnull=False)
                | Q(kind__in=["hearing", "press", "round_table"], body=None),
            ),
            models.CheckConstraint(
                name="meeting_ends_after_it_begins", condition=Q(ends_at__gt=F("begins_at"))
            ),
            models.CheckConstraint(
                name="meeting_opened_when_published",
                condition=Q(opened_at=None)
                | Q(published_at__isnull=False, opened_at__gte=F("published_at")),
            ),
            models.CheckConstraint(
                name="meeting_closed_after_opening",
                condition=Q(closed_at=None)
                | Q(opened_at__isnull=False, closed_at__gte=F("opened_at")),
            ),
            models.CheckConstraint(
                name="meeting_cancelled_before_opening",
                condition=Q(cancelled_at=None, cancelled_reason="")
                | Q(cancelled_at__isnull=False, published_at__isnull=False, opened_at=None)
                & ~Q(cancelled_reason=""),
            ),
            models.CheckConstraint(
                name="meeting_current_item_while_running",
                condition=Q(current_item=None) | Q(opened_at__isnull=False, closed_at=None),
            ),
            models.CheckConstraint(
                name="meeting_paused_while_running",
                condition=Q(pause=None) | Q(opened_at__isnull=False, closed_at=None),
            ),
            models.CheckConstraint(
                name="meeting_told_after_closing",
                condition=Q(close_told_at=None) | Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_blank_while_running",
                condition=Q(is_blank=False) | Q(opened_at__isnull=False, closed_at=None),
            ),
            models.CheckConstraint(
                name="meeting_display_delay_short", condition=Q(display_delay__lte=LONGEST_DELAY)
            ),
            models.CheckConstraint(
                name="meeting_question_due_while_running",
                condition=Q(question_due_at=None) | Q(opened_at__isnull=False, closed_at=None),
            ),
            models.CheckConstraint(
                name="meeting_minutes_due_after_closing",
                condition=Q(minutes_due_on=None) | Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_proposals_due_of_a_hearing",
                condition=Q(proposals_due_on=None) | Q(kind="hearing", closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_video_after_closing",
                condition=Q(video_published_at=None, video_url="")
                | Q(
                    closed_at__isnull=False,
                    video_published_at__isnull=False,
                    video_published_at__gte=F("closed_at"),
                )
                & ~Q(video_url=""),
            ),
            models.CheckConstraint(
                name="meeting_video_begins_with_a_video",
                condition=Q(video_begins_at=None) | ~Q(video_url=""),
            ),
            models.CheckConstraint(
                name="meeting_minutes_after_closing",
                condition=Q(minutes_published_at=None, minutes_url="", minutes_edition=None)
                | Q(
                    closed_at__isnull=False,
                    minutes_published_at__isnull=False,
                    minutes_published_at__gte=F("closed_at"),
                )
                & (~Q(minutes_url="") | Q(minutes_edition__isnull=False)),
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="meeting_search"),
            models.Index(fields=["begins_at", "id"], name="meeting_beginning"),
            models.Index(fields=["department", "-id"], name="meeting_department"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meetings:detail", args=[self.pk])

    def state_at(self, now: datetime) -> State:
        """State at ``now`` (aware; core.domain.clock.now())."""
        if self.published_at is None or now < self.published_at:
            return State.DRAFT
        if self.cancelled_at:
            return State.CANCELLED
        if self.opened_at is None:
            return State.ANNOUNCED
        return State.RUNNING if self.closed_at is None else State.CLOSED

    @property
    def is_running(self) -> bool:
        """Opened and not closed."""
        return self.opened_at is not None and self.closed_at is None

    @property
    def votes_by_roll_call(self) -> bool:
        """Whether it is of a body, whose members vote."""
        return self.kind in OF_BODIES

    @property
    def day(self) -> date:
        """The day on which it is, in Kyiv: on which it was opened, else is planned."""
        return local_date(self.opened_at or self.begins_at)

    @property
    def topic(self) -> str:
        """The live topic that its page, its displays and its control watch."""
        return topic_of(self.pk)


def topic_of(meeting_id: int) -> str:
    return f"meeting:{meeting_id}"
