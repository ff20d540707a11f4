"""Appeals and requests: how many, by whom, how soon answered, how the answers were rated.

What is told by theme, district and department is that of the published figures of a quarter
(appeals.models.FiguresEdition), with what they hide: two tables of the same appeals that hid
otherwise would tell what is hidden by their difference.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from appeals.figures.quarters import LONGEST_TERM
from appeals.figures.small_cells import Figures
from appeals.models import Answer, Appeal, FiguresEdition
from insights.indicators.models import Breakdown
from insights.indicators.periods import Period, PeriodKind
from insights.indicators.registry import Indicator, InYear, Measured
from insights.indicators.small import hide_small, is_few

_TABLES = {
    "theme": Breakdown.THEME,
    "district": Breakdown.DISTRICT,
    "department": Breakdown.DEPARTMENT,
}
_BY_THE_FORM = (Appeal.Via.PAGE, Appeal.Via.API)
_GROUP = _("Appeals and requests")
#: Parts by applicant, as they are stored.
RESIDENTS, BUSINESSES = "residents", "businesses"


def _figures_of(period: Period) -> dict[str, list[Figures]] | None:
    """The published figures of a quarter; None until they are. One query."""
    tables = FiguresEdition.objects.filter(first=period.first).values_list("tables", flat=True)
    found = tables.first()
    if found is None:
        return None
    return {name: [Figures(**row) for row in rows] for name, rows in found.items()}


def _column(found: dict[str, list[Figures]] | None, column: str) -> list[Measured]:
    """A column of the published figures: of all, and by each table."""
    if found is None:
        return []
    measured = [Measured(_number(row, column)) for row in found["all"][:1]]
    for table, breakdown in _TABLES.items():
        measured += [
            Measured(_number(row, column), breakdown, row.name) for row in found.get(table, [])
        ]
    return measured


def _number(row: Figures, column: str) -> Decimal | None:
    value = getattr(row, column)
    return None if value is None else Decimal(str(value))


def count_appeals(period: Period) -> list[Measured]:
    """Count appeals registered in a quarter, by all that they are split by. Two queries."""
    found = _figures_of(period)
    measured = _column(found, "total")
    if found is None or not measured or measured[0].value is None:
        return measured[:1]
    whole = found["all"][0]
    if whole.people is not None:
        measured += [
            Measured(whole.people, Breakdown.APPLICANT, RESIDENTS),
            Measured(whole.businesses, Breakdown.APPLICANT, BUSINESSES),
        ]
    kinds = Appeal.objects.filter(
        registered_on__gte=period.first, registered_on__lt=period.end
    ).order_by()
    counts: Mapping[str, int] = dict(kinds.values_list("kind").annotate(Count("pk")))
    measured += [
        Measured(value, Breakdown.KIND, kind) for kind, value in hide_small(counts).items()
    ]
    return measured


def share_on_time(period: Period) -> list[Measured]:
    """Per cent of those that were due or closed. One query."""
    return _column(_figures_of(period), "on_time")


def median_days(period: Period) -> list[Measured]:
    """The median of days to the answer. One query."""
    return _column(_figures_of(period), "median_days")


def rate_answers(period: Period) -> list[Measured]:
    """The average of 1 to 5 that applicants gave to answers. One query."""
    begins, ends = period.moments
    found: dict[str, Any] = Answer.objects.filter(
        rated_at__gte=begins, rated_at__lt=ends
    ).aggregate(average=Avg("rating"), number=Count("pk"))
    if not found["number"]:
        return []
    few = is_few(found["number"])
    return [Measured(None if few else Decimal(str(round(found["average"], 1))))]


def count_electronic(period: Period) -> list[Measured]:
    """Thousands of appeals that came by the form of the portal or by a program in a year, with one
    digit after the comma. One query."""
    number = Appeal.objects.filter(
        via__in=_BY_THE_FORM, registered_on__gte=period.first, registered_on__lt=period.end
    ).count()
    return [Measured((Decimal(number) / 1000).quantize(Decimal("0.1")))]


INDICATORS = (
    Indicator(
        slug="electronic-appeals",
        title=_("Electronic appeals of residents and businesses"),
        how=_(
            "Appeals and requests that came in the year by the form of the portal or by a program "
            "connected to it; those on paper, by telephone and out of petitions are not among them."
        ),
        period=PeriodKind.YEAR,
        measure=count_electronic,
        group=_GROUP,
        unit=pgettext_lazy("unit of an indicator", "thousand"),
        decimals=1,
        measure_change=_(
            "Appeals and requests that were registered are counted: those by the form of this "
            "portal or by a program. Earlier figures are those that the programme gives of the "
            "pages of the former portal. The measure was changed because appeals are registered "
            "here now, so that each is counted once."
        ),
    ),
    Indicator(
        slug="appeals",
        title=_("Appeals and requests received"),
        how=_(
            "All appeals and requests that were registered in the quarter, however they came; "
            "counted 45 days after its end, when their terms are over."
        ),
        period=PeriodKind.QUARTER,
        measure=count_appeals,
        group=_GROUP,
        ready_after=LONGEST_TERM,
    ),
    Indicator(
        slug="appeals-on-time",
        title=_("Appeals dealt with on time"),
        how=_(
            "The share of what was answered or forwarded before the end of its term, among all "
            "appeals of the quarter that were closed or due."
        ),
        period=PeriodKind.QUARTER,
        measure=share_on_time,
        group=_GROUP,
        unit="%",
        in_year=InYear.MEAN,
        ready_after=LONGEST_TERM,
    ),
    Indicator(
        slug="appeals-days",
        title=_("Days to the answer to an appeal"),
        how=_(
            "The median of the days from the receipt of an appeal of the quarter to its answer: "
            "half of them were answered sooner."
        ),
        period=PeriodKind.QUARTER,
        measure=median_days,
        group=_GROUP,
        unit=pgettext_lazy("unit of an indicator", "days"),
        decimals=1,
        in_year=InYear.MEAN,
        ready_after=LONGEST_TERM,
    ),
    Indicator(
        slug="satisfaction",
        title=_("How people rated answers"),
        how=_(
            "The average of the ratings from 1 to 5 that applicants gave in the quarter to answers "
            "they had received; not shown where fewer than 5 rated."
        ),
        period=PeriodKind.QUARTER,
        measure=rate_answers,
        group=_GROUP,
        decimals=1,
        in_year=InYear.MEAN,
    ),
)
