"""Models of indicators: stored values, goals of a year, the report of a year."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from insights.indicators.periods import Period, PeriodKind

#: Years that figures, goals and reports are of.
FIRST_YEAR, LAST_YEAR = 1990, 2100
#: The longest text of a report that an officer writes, and the longest note on a figure.
LONGEST_TEXT, LONGEST_NOTE = 20_000, 300


class Kind(models.TextChoices):
    """The kind of a figure: a fact, an expectation or a forecast, as in a city's programmes."""

    FACT = "fact", _("fact")
    EXPECTATION = "expectation", _("expectation")
    FORECAST = "forecast", _("forecast")


class Source(models.TextChoices):
    MEASURED = "measured", _("measured here")
    IMPORTED = "imported", _("brought from elsewhere")


class Breakdown(models.TextChoices):
    """The dimension by which a figure is split; TOTAL: not split."""

    TOTAL = "", _("total")
    KIND = "kind", _("by kind")
    APPLICANT = "applicant", _("by residents and businesses")
    THEME = "theme", _("by theme")
    DISTRICT = "district", _("by district")
    DEPARTMENT = "department", _("by department")
    AGE = "age", _("by age")


class IndicatorValue(models.Model):
    """A figure of one indicator in one period, as it was when the period was measured.

    ``indicator``: its slug (insights.indicators.registry). ``part``: the district, department, … by
    its name then, "" of the total and of what has no name. ``value`` is None where it is not shown,
    being small or telling what is small (insights.indicators.small). ``position``: its place among
    the parts. It holds no keys, so that it outlives what it was counted from.
    """

    indicator = models.SlugField(max_length=40)
    period_kind = models.CharField(max_length=7, choices=PeriodKind)
    period_start = models.DateField()
    kind = models.CharField(max_length=11, choices=Kind, default=Kind.FACT)
    breakdown = models.CharField(max_length=10, choices=Breakdown, blank=True, default="")
    part = models.CharField(max_length=200, blank=True, default="")
    position = models.PositiveSmallIntegerField(default=0)
    value = models.DecimalField(max_digits=16, decimal_places=3, null=True)
    source = models.CharField(max_length=8, choices=Source, default=Source.MEASURED)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True, default="")
    stored_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["indicator", "period_start", "period_kind", "kind", "breakdown", "position"]
        constraints = [
            models.UniqueConstraint(
                name="indicator_value_once",
                fields=[
                    *("indicator", "period_kind", "period_start", "kind", "breakdown", "part"),
                ],
            ),
            models.CheckConstraint(
                name="indicator_period_begins_on_its_first_day",
                condition=Q(period_start__day=1)
                & (
                    Q(period_kind="month")
                    | Q(period_kind="quarter", period_start__month__in=[1, 4, 7, 10])
                    | Q(period_kind="year", period_start__month=1)
                ),
            ),
            models.CheckConstraint(
                name="indicator_total_has_no_part", condition=~Q(breakdown="") | Q(part="")
            ),
            models.CheckConstraint(
                name="indicator_measured_is_fact", condition=Q(source="imported") | Q(kind="fact")
            ),
            models.CheckConstraint(
                name="indicator_imported_is_a_total",
                condition=Q(source="measured") | Q(breakdown="", value__isnull=False),
            ),
            models.CheckConstraint(
                name="indicator_kind_as_known",
                condition=Q(kind__in=["fact", "expectation", "forecast"])
                & Q(source__in=["measured", "imported"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period.code}"

    @property
    def period(self) -> Period:
        return Period.beginning(PeriodKind(self.period_kind), self.period_start)


class Goal(models.Model):
    """The goal of an indicator in a year: a minimum or a maximum."""

    class Direction(models.TextChoices):
        AT_LEAST = "at_least", _("at least")
        AT_MOST = "at_most", _("at most")

    indicator = models.SlugField(_("indicator"), max_length=40)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    direction = models.CharField(
        _("direction"), max_length=8, choices=Direction, default=Direction.AT_LEAST
    )
    value = models.DecimalField(
        _("goal"), max_digits=14, decimal_places=1, validators=[MinValueValidator(0)]
    )

    class Meta:
        ordering = ["-year", "indicator"]
        constraints = [
            models.UniqueConstraint(name="one_goal_a_year", fields=["indicator", "year"]),
            models.CheckConstraint(name="goal_not_negative", condition=Q(value__gte=0)),
            models.CheckConstraint(
                name="goal_of_a_year", condition=Q(year__range=(FIRST_YEAR, LAST_YEAR))
            ),
            models.CheckConstraint(
                name="goal_has_a_direction", condition=Q(direction__in=["at_least", "at_most"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}"


class YearReport(models.Model):
    """The yearly report on public consultations (3841-IX art. 20): its working copy and its
    published edition.

    ``influence``: what an officer says of the influence of what people proposed. ``content``: the
    blocks of the published document (insights.indicators.report), None until it is published;
    published again, it is another edition, and ``edition`` counts them.
    """

    year = models.PositiveSmallIntegerField(_("year"), primary_key=True)
    #: 31 March of the following year, its last day by the law.
    due_on = models.DateField(editable=False)
    influence = models.TextField(
        _("influence of the consultations, in words"), max_length=LONGEST_TEXT, blank=True
    )
    content = models.JSONField(null=True, editable=False)
    edition = models.PositiveSmallIntegerField(default=0, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                name="year_report_of_a_year", condition=Q(year__range=(FIRST_YEAR, LAST_YEAR))
            ),
            models.CheckConstraint(
                name="year_report_published_whole",
                condition=Q(published_at=None, content=None, edition=0, published_by=None)
                | (
                    Q(
                        published_at__isnull=False,
                        content__isnull=False,
                        edition__gte=1,
                        published_by__isnull=False,
                    )
                    & ~Q(influence="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)

    def get_absolute_url(self) -> str:
        return reverse("indicators:report", args=[self.year])

    @staticmethod
    def last_day_for(year: int) -> date:
        """The last day for publishing the report of a year (3841-IX art. 20)."""
        return date(year + 1, 3, 31)
