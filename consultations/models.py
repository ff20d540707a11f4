"""A consultation: a question of the council's put to the city, under a procedure of law."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.eligibility import ANYBODY, CHECKED, DECLARED, Requirement
from accounts.models import Level
from consultations.about import LONGEST_QUOTE as LONGEST_QUOTE
from consultations.about import AboutDraft
from consultations.about import Kind as KindOfRemark
from consultations.about import Source as SourceOfRemark
from consultations.carrying.models import Carrying as Carrying
from consultations.carrying.models import Place as Place
from consultations.costs.models import Cost as Cost
from consultations.decisions.models import Decision as Decision
from consultations.decisions.models import DecisionChange as DecisionChange
from consultations.decisions.models import ExecutionStep as ExecutionStep
from consultations.decisions.models import StepNote as StepNote
from consultations.dispositions.models import Disposition as Disposition
from consultations.evidence.models import EvidenceBundle as EvidenceBundle
from consultations.querysets import ConsultationQuerySet, RemarkQuerySet
from consultations.register.models import ReceivedOffline as ReceivedOffline
from consultations.register.models import ReceivedScan as ReceivedScan
from consultations.repeats.models import KeptApart as KeptApart
from consultations.repeats.models import RepeatSketch as RepeatSketch
from consultations.reports.models import Declaration as Declaration
from consultations.reports.models import Edition as Edition
from consultations.reports.models import EditionRow as EditionRow
from consultations.reports.models import Report as Report
from consultations.reports.models import ReportVersion as ReportVersion
from consultations.sheets.models import SheetImport as SheetImport
from consultations.waiting.models import WaitingRemark as WaitingRemark
from core.domain.calendar import Period, Unit, last_date, local_date


class Procedure(models.Model):
    """A kind of consultation that law or the council's own decision describes, as data."""

    class Participants(models.TextChoices):
        ANYONE = "anyone", _("anyone with a confirmed e-mail")
        RESIDENTS = "residents", _("residents of the community, who say where they live")
        VERIFIED = "verified", _("people whose identity is confirmed")
        VERIFIED_RESIDENTS = (
            "verified_residents",
            _("residents of the community whose identity and residence are confirmed"),
        )
        BUSINESSES = "businesses", _("anyone; businesses above all")
        ORGANISATIONS = (
            "organisations",
            _("businesses and organisations, by whoever speaks for one"),
        )

    class Age(models.IntegerChoices):
        """From when on one may take part (law 3703-IX art. 13-5: 14)."""

        FROM_14 = 14, _("from 14 years of age")
        FROM_16 = 16, _("from 16 years of age")
        FROM_18 = 18, _("from 18 years of age")

    class Duty(models.TextChoices):
        MANDATORY = "mandatory", _("mandatory also under martial law")
        RECOMMENDED = "recommended", _("recommended while martial law lasts")

    code = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=200)
    legal_basis = models.CharField(_("legal basis"), max_length=300)
    shortest = models.PositiveSmallIntegerField(_("shortest period"))
    shortest_unit = models.CharField(max_length=12, choices=Unit, default=Unit.WORKING_DAYS)
    longest = models.PositiveSmallIntegerField(_("longest period"), null=True, blank=True)
    longest_unit = models.CharField(max_length=12, choices=Unit, default=Unit.MONTHS)
    report_within = models.PositiveSmallIntegerField(_("report due within"), default=30)
    report_unit = models.CharField(max_length=12, choices=Unit, default=Unit.WORKING_DAYS)
    participants = models.CharField(
        _("who may take part"), max_length=20, choices=Participants, default=Participants.ANYONE
    )
    #: Confirmed where the identity is; of others it is known from nobody.
    min_age = models.PositiveSmallIntegerField(
        _("age of participants"), choices=Age, default=Age.FROM_14
    )
    martial_law_duty = models.CharField(
        _("publication under martial law"), max_length=12, choices=Duty, default=Duty.RECOMMENDED
    )
    martial_law_basis = models.CharField(max_length=200, blank=True)
    report_must_hold = models.JSONField(_("what the report must hold"), default=list)
    #: The full name is published in the report, the contact never (law 3841-IX art. 15).
    asks_full_name = models.BooleanField(
        _("asks participants for their full name and a contact"), default=False
    )
    #: Within how many working days each proposal is to be public; None: no such term.
    proposals_within = models.PositiveSmallIntegerField(
        _("each proposal is public within, working days"), null=True, blank=True
    )
    premoderates = models.BooleanField(
        _("a moderator reads each remark before it is shown"), default=False
    )
    in_force = models.BooleanField(_("in force"), default=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_about_business(self) -> bool:
        """Whether businesses are who it is held for: their remarks are told apart, and they say
        what each clause would cost them."""
        return self.participants in ABOUT_BUSINESS

    @property
    def requirement(self) -> Requirement:
        """What it asks of whoever takes part."""
        sure = Requirement(level=Level.SUBSTANTIAL, age_over=self.min_age)
        return {
            self.Participants.RESIDENTS: Requirement(residence=DECLARED),
            self.Participants.VERIFIED: sure,
            self.Participants.VERIFIED_RESIDENTS: replace(sure, residence=CHECKED),
            self.Participants.ORGANISATIONS: Requirement(organisation=True),
        }.get(self.Participants(self.participants), ANYBODY)

    @property
    def shortest_period(self) -> Period:
        return Period(self.shortest, Unit(self.shortest_unit))

    @property
    def longest_period(self) -> Period | None:
        return Period(self.longest, Unit(self.longest_unit)) if self.longest else None

    @property
    def report_period(self) -> Period:
        return Period(self.report_within, Unit(self.report_unit))


#: Procedures held for businesses above all. Law 1160-IV art. 9 lets everybody speak all the same.
ABOUT_BUSINESS = frozenset(
    {Procedure.Participants.BUSINESSES, Procedure.Participants.ORGANISATIONS}
)


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
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary in plain language"), max_length=3000)
    problem = models.TextField(_("what problem it solves"), max_length=10_000, blank=True)
    options = models.TextField(_("options considered"), max_length=10_000, blank=True)
    affected = models.TextField(_("who is affected and how"), max_length=10_000, blank=True)
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
                name="consultation_premoderated_with_reason",
                condition=Q(premoderated_until=None) | ~Q(premoderation_reason=""),
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
        """Where it stands at ``now`` (aware; core.domain.clock.now())."""
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
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    old_opens_at = models.DateTimeField()
    old_closes_at = models.DateTimeField()
    new_opens_at = models.DateTimeField()
    new_closes_at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.reason

    @property
    def old_last_day(self) -> date:
        return last_date(self.old_closes_at)

    @property
    def new_last_day(self) -> date:
        return last_date(self.new_closes_at)


class Attachment(models.Model):
    """A file beside the draft: the explanatory note, an impact analysis, a map."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="attachments")
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(_("file"), upload_to="consultations/%Y/")
    media_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveIntegerField(editable=False)
    uploaded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("file", args=[self.pk, self.download_name])

    @property
    def ending(self) -> str:
        """What kind of file it is, by its name's ending: «pdf», «docx»."""
        return (self.file.name or "").rpartition(".")[2]

    @property
    def download_name(self) -> str:
        """A name that says what it is: «пояснювальна-записка.pdf»."""
        words = slugify(self.title, allow_unicode=True)[:80].strip("-")
        return f"{words or self.pk}.{self.ending}"


class Link(models.Model):
    """A related page elsewhere."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="links")
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), max_length=500)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class Remark(AboutDraft):
    """What somebody says of the draft: on the whole, on a clause, on words of a clause.

    The words themselves, their author, hiding and support are the ``comment``'s; here is only
    what they are about. One that waits for its organisation to be confirmed is no Remark and has no
    Comment yet: ``WaitingRemark``.
    """

    Kind = KindOfRemark
    Source = SourceOfRemark

    comment = models.OneToOneField(
        "discussions.Comment", models.CASCADE, primary_key=True, related_name="remark"
    )
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="remarks", db_index=False
    )
    #: Its number in the table of dispositions, in the order of receipt; a job gives it within a
    #: minute, since one counter would make everybody wait. It stays when the remark is hidden.
    number = models.PositiveIntegerField(_("number"), null=True, editable=False)
    source = models.CharField(
        _("received"),
        max_length=10,
        choices=Source,
        default=Source.PAGE,
        db_default=Source.PAGE.value,
        editable=False,
    )
    #: The remark with nearly the same words that is shown and answered for this one, too.
    folded_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, editable=False, related_name="folded"
    )

    #: Where the newest version has put it under a clause of another key: that key.
    moved_key = models.UUIDField(null=True, editable=False)

    objects = RemarkQuerySet.as_manager()

    class Meta(AboutDraft.Meta):
        constraints = [
            *AboutDraft.Meta.constraints,
            models.UniqueConstraint(fields=["consultation", "number"], name="remark_number"),
            models.CheckConstraint(
                name="remark_not_folded_into_itself", condition=~Q(folded_into=F("comment"))
            ),
        ]
        indexes = [
            # The order of its page, whatever the planner knows of a new thread.
            models.Index(fields=["consultation", "-comment"], name="remark_newest"),
            # The key under which it is listed (RemarkQuerySet.at_clause).
            models.Index(
                F("consultation"),
                Coalesce("moved_key", "clause_key"),
                F("comment").desc(),
                name="remark_listed_at",
            ),
            models.Index(fields=["consultation", "kind", "-comment"], name="remark_kind"),
            # What the job that numbers looks for each minute.
            models.Index(
                fields=["consultation", "comment"],
                condition=Q(number=None),
                name="remark_unnumbered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("consultations:remark", args=[self.consultation_id, self.pk])

    @property
    def listed_key(self) -> UUID | None:
        """The key of the clause under which it is listed and counted today."""
        return self.moved_key or self.clause_key


class RemarkCount(models.Model):
    """How many visible remarks a clause gathers; ``clause_key`` null: the consultation's total.

    Raised and lowered in the transaction of the change, so always equal to the rows.
    """

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="counts")
    clause_key = models.UUIDField(null=True)
    remarks = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "clause_key"],
                nulls_distinct=False,
                name="one_count_per_clause",
            ),
            models.CheckConstraint(name="count_not_negative", condition=Q(remarks__gte=0)),
        ]

    def __str__(self) -> str:
        return str(self.remarks)
