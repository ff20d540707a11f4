"""A procedure under which a consultation is held: what its law asks for, as data."""

from __future__ import annotations

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from accounts.eligibility import ANYBODY, CHECKED, DECLARED, Requirement
from accounts.models import Level
from core.domain.calendar import Period, Unit
from core.domain.council import local_name

#: The law on public consultations, as legal bases name it.
PUBLIC_CONSULTATIONS = "3841-IX"


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
    name_en = models.CharField(
        _("name in English"), max_length=200, blank=True, default="", db_default=""
    )
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
    #: The full name is published with the proposal and in the report, the contact never (law
    #: 3841-IX art. 15).
    asks_full_name = models.BooleanField(
        _("asks participants for their full name and a contact"), default=False
    )
    #: Within how many working days each proposal is to be public; None: no such term.
    proposals_within = models.PositiveSmallIntegerField(
        _("each proposal is public within, working days"), null=True, blank=True
    )
    #: By how many whole days a consultation is made longer when the site was away (ADR 99).
    outage_days = models.PositiveSmallIntegerField(
        _("extended after an outage by, days"),
        default=1,
        db_default=1,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    #: Grounds of hiding (discussions.HideReason) by which a proposal is neither shown nor
    #: considered, each with its article; what is hidden by another one is decided on all the same.
    unconsidered = models.JSONField(_("what is not considered"), default=dict, blank=True)
    #: Law 3841-IX art. 19(1)(6), 1160-IV art. 9: a proposal is taken into account or rejected.
    notes_questions_only = models.BooleanField(
        _("only questions are taken note of"), default=False, db_default=False
    )
    #: After a published report's words are shown again, as after a contest.
    edition_within = models.PositiveSmallIntegerField(
        _("another edition of the report is due within, working days"), default=5, db_default=5
    )
    premoderates = models.BooleanField(
        _("a moderator reads each remark before it is shown"), default=False
    )
    #: Codes of consultations.checklist.items.ITEMS; each consultation keeps those of its day.
    checklist = models.JSONField(
        _("checklist"), default=list, db_default=Value([], models.JSONField()), blank=True
    )
    #: Its law comes into force so many months after martial law ends; None: it is in force.
    months_after_martial_law = models.PositiveSmallIntegerField(
        _("comes into force after martial law, in months"), null=True, blank=True
    )
    #: On what ground the council applies it before its law is in force.
    early_ground = models.CharField(
        _("ground for applying it earlier"), max_length=300, blank=True, default="", db_default=""
    )
    in_force = models.BooleanField(_("in force"), default=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="procedure_outage_days", condition=Q(outage_days__range=(1, 30))
            )
        ]

    def __str__(self) -> str:
        return self.local_name

    def clean(self) -> None:
        """Its checklist holds items that are known."""
        from consultations.checklist.items import ITEMS

        if not isinstance(self.checklist, list) or set(map(str, self.checklist)) - set(ITEMS):
            raise ValidationError({"checklist": _("There is no such item of the checklist.")})

    @property
    def local_name(self) -> str:
        """Its name in the active language; in Ukrainian where it has no English one."""
        return local_name(self.name, self.name_en)

    @property
    def is_public_consultation(self) -> bool:
        """Whether it is held under the law on public consultations, as its legal basis says: then
        the report has the law's name, and remarks get no replies one by one (arts 15(5), 19)."""
        return PUBLIC_CONSULTATIONS in self.legal_basis

    @property
    def is_about_business(self) -> bool:
        """Whether businesses are who it is held for: their remarks are told apart, and they say
        what each clause would cost them."""
        return self.participants in ABOUT_BUSINESS

    @property
    def requirement(self) -> Requirement:
        """Its requirement on participants."""
        return self.requirement_of(self.participants, self.min_age)

    @classmethod
    def requirement_of(cls, participants: str, min_age: int) -> Requirement:
        """The requirement on participants of a procedure with these values."""
        sure = Requirement(level=Level.SUBSTANTIAL, age_over=min_age)
        return {
            cls.Participants.RESIDENTS: Requirement(residence=DECLARED),
            cls.Participants.VERIFIED: sure,
            cls.Participants.VERIFIED_RESIDENTS: replace(sure, residence=CHECKED),
            cls.Participants.ORGANISATIONS: Requirement(organisation=True),
        }.get(cls.Participants(participants), ANYBODY)

    @property
    def shortest_period(self) -> Period:
        return Period(self.shortest, Unit(self.shortest_unit))

    @property
    def longest_period(self) -> Period | None:
        return Period(self.longest, Unit(self.longest_unit)) if self.longest else None

    @property
    def edition_period(self) -> Period:
        return Period(self.edition_within, Unit.WORKING_DAYS)

    @property
    def report_period(self) -> Period:
        return Period(self.report_within, Unit(self.report_unit))


#: Procedures held for businesses above all. Law 1160-IV art. 9 lets everybody speak all the same.
ABOUT_BUSINESS = frozenset(
    {Procedure.Participants.BUSINESSES, Procedure.Participants.ORGANISATIONS}
)
