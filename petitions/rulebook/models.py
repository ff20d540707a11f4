"""The council's rules for petitions (charter's numbers, law's terms), and grounds of refusal."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.eligibility import ANYBODY, CHECKED, DECLARED, Requirement
from accounts.models import Level
from core.domain.calendar import Period, Unit
from core.domain.council import local_name


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    def now(self) -> Procedure:
        """The rules in force: the newest wording (one query)."""
        return self.latest("pk")


class Procedure(models.Model):
    """One wording of the council's rules for petitions.

    A change of the rules is a new row: a petition keeps the row that was the newest when it was
    published, so changed values apply to petitions published afterwards.
    """

    class Signers(models.TextChoices):
        ANYONE = "anyone", _("anyone with a confirmed e-mail")
        RESIDENTS = "residents", _("residents of the community, who say where they live")
        VERIFIED_RESIDENTS = (
            "verified_residents",
            _("residents of the community whose identity and residence are confirmed"),
        )

    class Age(models.IntegerChoices):
        FROM_14 = 14, _("from 14 years of age")
        FROM_16 = 16, _("from 16 years of age")
        FROM_18 = 18, _("from 18 years of age")

    legal_basis = models.CharField(_("legal basis"), max_length=300)
    threshold = models.PositiveIntegerField(_("signatures needed"))
    collection = models.PositiveSmallIntegerField(_("signatures are collected for"))
    collection_unit = models.CharField(max_length=12, choices=Unit, default=Unit.MONTHS)
    signers = models.CharField(_("who may sign"), max_length=20, choices=Signers)
    #: Confirmed where the identity is; of others it is known from nobody.
    min_age = models.PositiveSmallIntegerField(
        _("age of those who sign"), choices=Age, default=Age.FROM_14
    )
    #: The terms of law 393/96-ВР art. 23-1, in working days.
    publish_within = models.PositiveSmallIntegerField(_("published within"), default=2)
    notice_within = models.PositiveSmallIntegerField(_("review announced within"), default=3)
    review_within = models.PositiveSmallIntegerField(_("reviewed within"), default=10)
    answer_within = models.PositiveSmallIntegerField(_("answer published within"), default=1)
    #: Whether the council itself, at a plenary meeting, decides about supported petitions.
    plenary = models.BooleanField(_("considered at a plenary meeting"), default=True)
    #: Whether whoever signs may keep their name off the public list.
    names_may_be_withheld = models.BooleanField(_("names may be withheld"), default=True)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="petition_procedure_needs_signatures",
                condition=Q(threshold__gte=1, collection__gte=1),
            )
        ]

    def __str__(self) -> str:
        return self.legal_basis

    @property
    def requirement(self) -> Requirement:
        """Its requirement on signers."""
        return {
            self.Signers.ANYONE: ANYBODY,
            self.Signers.RESIDENTS: Requirement(residence=DECLARED),
            self.Signers.VERIFIED_RESIDENTS: replace(
                Requirement(level=Level.SUBSTANTIAL, residence=CHECKED), age_over=self.min_age
            ),
        }[self.Signers(self.signers)]

    @property
    def signs_by_mail(self) -> bool:
        """Whether a name and a confirmed e-mail are enough, without an account."""
        return self.signers == self.Signers.ANYONE

    @property
    def collection_period(self) -> Period:
        return Period(self.collection, Unit(self.collection_unit))

    @property
    def publish_period(self) -> Period:
        return Period(self.publish_within, Unit.WORKING_DAYS)

    @property
    def notice_period(self) -> Period:
        return Period(self.notice_within, Unit.WORKING_DAYS)

    @property
    def review_period(self) -> Period:
        return Period(self.review_within, Unit.WORKING_DAYS)

    @property
    def answer_period(self) -> Period:
        return Period(self.answer_within, Unit.WORKING_DAYS)


class Ground(models.Model):
    """A ground on which a petition may be refused, with the words of the act that sets it."""

    code = models.SlugField(unique=True)
    name = models.CharField(_("ground"), max_length=200)
    name_en = models.CharField(
        _("name in English"), max_length=200, blank=True, default="", db_default=""
    )
    article = models.CharField(_("act and article"), max_length=300)
    quote = models.TextField(_("words of the act"), max_length=2000)
    in_force = models.BooleanField(_("in force"), default=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="ground_in_force_is_quoted",
                condition=Q(in_force=False) | (~Q(article="") & ~Q(quote="")),
            )
        ]

    def __str__(self) -> str:
        return self.local_name

    @property
    def local_name(self) -> str:
        """Its name in the active language; in Ukrainian where it has no English one."""
        return local_name(self.name, self.name_en)
