"""A consultation: a question of the council's put to the city, and the changes of its dates."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.procedures.models import Procedure
from consultations.querysets import ConsultationQuerySet
from core.domain.calendar import last_date, local_date

#: Of what changes, in five lines: characters, lines.
LONGEST_BRIEF, BRIEF_LINES = 600, 5
#: As PostgreSQL's regular expressions say it: a line more than allowed.
_TOO_MANY_LINES = rf"(\n[^\n]*){{{BRIEF_LINES}}}"


class State(models.TextChoices):
    PREPARING = "preparing", _("in preparation")
    ANNOUNCED = "announced", _("announced")
    OPEN = "open", _("open for remarks")
    CLOSED = "closed", _("closed, report being prepared")
    REPORTED = "reported", _("report published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Consultation(models.Model):
    """One consultation. What is open is derived from the dates by the database's clock."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, verbose_name=_("procedure"))
    department = models.ForeignKey(
        "city.Department", models.PROTECT, verbose_name=_("responsible department")
    )
    thread = models.OneToOneField("discussions.Thread", models.PROTECT, editable=False)
    draft = models.OneToOneField("drafts.Draft", models.PROTECT, null=True, editable=False)
    #: What it also asks everybody, in a poll of the same department.
    poll = models.OneToOneField(
        "votes.Poll", models.PROTECT, null=True, editable=False, related_name="+"
    )
    themes = models.ManyToManyField("city.Theme", blank=True, verbose_name=_("themes"))
    #: Of which part of the city it is; none: of all of it.
    district = models.ForeignKey(
        "city.District", models.SET_NULL, null=True, blank=True, verbose_name=_("district")
    )
    streets = models.ManyToManyField("city.Street", blank=True, verbose_name=_("streets"))
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary in plain language"), max_length=3000)
    #: What changes and for whom, a line each; empty of what was announced before this was asked.
    brief = models.CharField(
        _("what changes, in five lines"),
        max_length=LONGEST_BRIEF,
        blank=True,
        default="",
        db_default="",
    )
    brief_en = models.CharField(
        _("what changes, in English"),
        max_length=LONGEST_BRIEF,
        blank=True,
        default="",
        db_default="",
    )
    problem = models.TextField(_("what problem it solves"), max_length=10_000, blank=True)
    options = models.TextField(_("options considered"), max_length=10_000, blank=True)
    affected = models.TextField(_("who is affected and how"), max_length=10_000, blank=True)
    chosen_option = models.TextField(
        _("the option chosen, and why"), max_length=10_000, blank=True, default="", db_default=""
    )
    how_held = models.TextField(
        _("forms, dates and places"), max_length=5000, blank=True, default="", db_default=""
    )
    report_how = models.CharField(
        _("when and how the report is published"),
        max_length=500,
        blank=True,
        default="",
        db_default="",
    )
    contact_person = models.CharField(_("responsible person"), max_length=200)
    contact_details = models.CharField(_("telephone and e-mail"), max_length=300)
    on_paper = models.TextField(_("how to take part on paper"), max_length=2000, blank=True)

    opens_at = models.DateTimeField(_("opens"), null=True)
    #: The first moment at which nothing more is accepted: midnight after the last day, in Kyiv.
    closes_at = models.DateTimeField(_("closes"), null=True)
    report_due_on = models.DateField(_("report due"), null=True)
    #: Why the period is shorter than the procedure recommends; the page shows it.
    short_period_reason = models.CharField(
        _("reason for the shorter period"), max_length=500, blank=True
    )
    announced_at = models.DateTimeField(null=True, editable=False)
    #: The procedure's ``asks_full_name`` as it was when this was announced: never backwards.
    asks_full_name = models.BooleanField(default=False, db_default=False, editable=False)
    #: Whether the declared full name stands with each proposal and not in the report alone (law
    #: 3841-IX art. 15(2), ADR 97); never where it was announced under the former promise.
    names_with_proposals = models.BooleanField(default=False, db_default=False, editable=False)
    #: The procedure's ``checklist`` when this was announced; empty of what is older.
    checklist = models.JSONField(
        default=list, db_default=Value([], models.JSONField()), editable=False
    )
    #: The council decided on a ground of the law before the report (Decision.early_ground): its
    #: decision is public at once. PostgreSQL holds both together (migration 0092).
    is_decided_early = models.BooleanField(default=False, db_default=False, editable=False)
    #: The procedure's ``premoderates`` when this was announced.
    premoderates = models.BooleanField(default=False, db_default=False, editable=False)
    #: Until when, and why, moderators read everything first, whatever the procedure says.
    premoderated_until = models.DateTimeField(null=True, editable=False)
    premoderation_reason = models.CharField(
        max_length=500, blank=True, default="", db_default="", editable=False
    )
    #: A job told the followers that it opened, that it closed. The dates alone decide.
    opening_told = models.BooleanField(default=False, editable=False)
    closing_told = models.BooleanField(default=False, editable=False)
    reported_at = models.DateTimeField(null=True, editable=False)
    outcome = models.TextField(_("what was decided"), max_length=5000, blank=True)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_reason = models.CharField(max_length=500, blank=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    search = SearchVectorField(null=True, editable=False)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consultation_opens_before_it_closes",
                condition=Q(opens_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
            ),
            models.CheckConstraint(
                name="consultation_announced_with_dates",
                condition=Q(announced_at__isnull=True)
                | (Q(opens_at__isnull=False) & Q(closes_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="consultation_withdrawn_with_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
            ),
            models.CheckConstraint(
                name="consultation_names_that_were_asked_for",
                condition=Q(names_with_proposals=False) | Q(asks_full_name=True),
            ),
            models.CheckConstraint(
                name="consultation_premoderated_with_reason",
                condition=Q(premoderated_until=None) | ~Q(premoderation_reason=""),
            ),
            models.CheckConstraint(
                name="consultation_brief_of_five_lines",
                condition=~Q(brief__regex=_TOO_MANY_LINES) & ~Q(brief_en__regex=_TOO_MANY_LINES),
            ),
            models.CheckConstraint(
                name="consultation_brief_before_its_translation",
                condition=Q(brief_en="") | ~Q(brief=""),
            ),
            models.CheckConstraint(
                name="consultation_reported_after_closing",
                condition=Q(reported_at__isnull=True) | Q(reported_at__gte=F("closes_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["closes_at", "id"], name="consultation_closing"),
            models.Index(fields=["-announced_at", "-id"], name="consultation_newest"),
            GinIndex(fields=["search"], name="consultation_search"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("consultations:detail", args=[self.pk])

    def state_at(self, now: datetime) -> State:
        """State at ``now`` (aware; core.domain.clock.now())."""
        if self.withdrawn_at:
            return State.WITHDRAWN
        if self.announced_at is None or self.opens_at is None or self.closes_at is None:
            return State.PREPARING
        if self.reported_at:
            return State.REPORTED
        if now < self.opens_at:
            return State.ANNOUNCED
        return State.OPEN if now < self.closes_at else State.CLOSED

    def is_premoderated_at(self, now: datetime) -> bool:
        """Whether a moderator reads what is said at ``now`` before it is shown."""
        until = self.premoderated_until
        return self.premoderates or (until is not None and now < until)

    @property
    def topic(self) -> str:
        """The live topic that its page and its displays watch."""
        return topic_of(self.pk)

    @property
    def opens_on(self) -> date | None:
        """The first day, in Kyiv."""
        return local_date(self.opens_at) if self.opens_at else None

    @property
    def last_day(self) -> date | None:
        """The last day on which remarks are accepted, in Kyiv."""
        return last_date(self.closes_at) if self.closes_at else None


def topic_of(consultation_id: int) -> str:
    return f"consultation:{consultation_id}"


class DateChange(models.Model):
    """A correction or extension of published dates, with its reason, for everybody to see."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="date_changes")
    #: None: extended by a job, for an outage.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    #: The newest outage that it answers; those recorded later are counted anew.
    outage = models.ForeignKey(
        "consultations.Outage", models.PROTECT, null=True, related_name="date_changes"
    )
    at = models.DateTimeField(db_default=Now())
    old_opens_at = models.DateTimeField()
    old_closes_at = models.DateTimeField()
    new_opens_at = models.DateTimeField()
    new_closes_at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="date_change_by_somebody_or_for_an_outage",
                condition=Q(by__isnull=False) | Q(outage__isnull=False),
            ),
            models.UniqueConstraint(
                name="date_change_once_for_an_outage", fields=["consultation", "outage"]
            ),
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def old_last_day(self) -> date:
        return last_date(self.old_closes_at)

    @property
    def new_last_day(self) -> date:
        return last_date(self.new_closes_at)
