"""Panels: people drawn by lot once a quarter, and the tallies of their answers to one question."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import Anybody


class PanelConsent(models.Model):
    """A person's consent to be drawn for panels; they may withdraw it at any time."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="panel_consent"
    )
    at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return f"#{self.user_id}"


class PanelQuerySet(models.QuerySet["Panel"]):
    def visible_to(self, user: Anybody) -> PanelQuerySet:
        """Panels whose list is published, for everybody; administrators also see those in
        preparation."""
        if user.is_authenticated and user.is_administrator:
            return self
        return self.filter(listed_at__isnull=False)

    def without_list(self) -> PanelQuerySet:
        """Without the texts of their lists, which may have megabytes."""
        return self.defer("list_text")


class Panel(models.Model):
    """One draw of people who are asked one question.

    ``seed_source`` and ``seed_at`` are named when the list is published: where the value that
    decides the draw will be public, and from when on. ``list_text`` is the published list, random
    keys with their strata, and ``list_hash`` its SHA-256; anybody repeats the draw from the list
    and the seed (insights/panel/repeat.py).
    """

    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(
        _("quarter"), validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    question = models.CharField(_("question"), max_length=300)
    question_en = models.CharField(_("question in English"), max_length=300, blank=True)
    seats = models.PositiveIntegerField(
        _("how many people are drawn"), validators=[MinValueValidator(5), MaxValueValidator(5000)]
    )
    seed_source = models.CharField(_("public source of the seed"), max_length=300)
    seed_at = models.DateTimeField(_("when the seed becomes known"))
    closes_at = models.DateTimeField(_("answers until"))
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    listed_at = models.DateTimeField(null=True, editable=False)
    list_text = models.TextField(blank=True, editable=False)
    list_hash = models.CharField(max_length=64, blank=True, editable=False)
    seed = models.CharField(_("seed"), max_length=300, blank=True)
    seed_link = models.URLField(_("where the seed is published"), max_length=500, blank=True)
    drawn_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = PanelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "quarter"], name="one_panel_a_quarter"),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="panel_quarter"),
            models.CheckConstraint(condition=Q(seats__range=(5, 5000)), name="panel_seats"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("seed_at")), name="panel_closes_after_seed"
            ),
            models.CheckConstraint(
                condition=Q(listed_at=None, list_text="", list_hash="")
                | (Q(listed_at__lt=F("seed_at"), list_hash__regex="^[0-9a-f]{64}$")),
                name="panel_listed_before_seed",
            ),
            models.CheckConstraint(
                condition=Q(drawn_at=None, seed="", seed_link="")
                | (Q(listed_at__isnull=False, drawn_at__gte=F("seed_at")) & ~Q(seed="")),
                name="panel_drawn_with_seed",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(drawn_at__isnull=False),
                name="panel_closed_after_draw",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Its quarter, as files and programs call it: «2026-Q4»."""
        return f"{self.year}-Q{self.quarter}"

    @property
    def words(self) -> str:
        """Its quarter, as people read it."""
        return gettext("Quarter %(quarter)d of %(year)d") % {
            "quarter": self.quarter,
            "year": self.year,
        }

    def is_open(self, now: datetime) -> bool:
        """Whether those who were drawn may answer at ``now``."""
        return self.drawn_at is not None and self.closed_at is None and now < self.closes_at


class PanelStratum(models.Model):
    """A stratum of a panel: a district and an age, or several merged ones."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="strata")
    label = models.CharField(max_length=80)
    people = models.PositiveIntegerField()
    seats = models.PositiveIntegerField(default=0)
    #: With which strata its answers are counted: where fewer than five were drawn, with others.
    group = models.CharField(max_length=80, blank=True, db_default="")
    #: The residents that it stands for, as the council's figures said when the panel closed; None
    #: where they said nothing.
    population = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["label"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "label"], name="panel_stratum_once"),
            models.CheckConstraint(condition=Q(seats__lte=F("people")), name="panel_stratum_seats"),
        ]

    def __str__(self) -> str:
        return self.label


class PanelMember(models.Model):
    """The link between a person and a key of a published list: deleted at the draw for those who
    were not drawn, and when the panel closes for the others."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    stratum = models.ForeignKey(PanelStratum, models.CASCADE, related_name="+")
    key = models.CharField(max_length=32, editable=False)
    is_drawn = models.BooleanField(default=False)
    has_answered = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["panel", "user"], name="panel_member_once"),
            models.UniqueConstraint(fields=["panel", "key"], name="panel_key_once"),
            models.CheckConstraint(
                condition=Q(has_answered=False) | Q(is_drawn=True), name="panel_answered_if_drawn"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class PanelTally(models.Model):
    """Number of members of a group of a panel's strata with an answer. No answer is kept by itself.

    Panels drawn by former versions have one group, "".
    """

    class Value(models.IntegerChoices):
        FULLY = 5, _("I trust it fully")
        RATHER = 4, _("I rather trust it")
        PARTLY = 3, _("partly yes, partly no")
        RATHER_NOT = 2, _("I rather do not trust it")
        NOT = 1, _("I do not trust it at all")
        HARD_TO_SAY = 0, _("hard to say")

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="tallies")
    group = models.CharField(max_length=80, blank=True, db_default="")
    value = models.PositiveSmallIntegerField(choices=Value)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-value"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "group", "value"], name="panel_tally_once"),
            models.CheckConstraint(condition=Q(value__range=(0, 5)), name="panel_tally_value"),
        ]

    def __str__(self) -> str:
        return f"{self.value}: {self.number}"
