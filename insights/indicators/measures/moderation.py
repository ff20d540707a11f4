"""Moderation: what was hidden, contested and overturned, and how soon it was decided."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from insights.indicators.periods import Period, PeriodKind
from insights.indicators.registry import Indicator, InYear, Measured

_GROUP = _("Moderation")
_RULINGS = """
SELECT count(*) FILTER (WHERE ruling.kind = 'hidden'), count(contest.id),
       count(*) FILTER (WHERE contest.outcome = 'overturned'),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ruling.waited) / 3600.0)
FROM moderation_ruling AS ruling
LEFT JOIN moderation_contest AS contest ON contest.ruling_id = ruling.id
WHERE ruling.at >= %s AND ruling.at < %s
"""


def _rulings(period: Period) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_RULINGS, period.moments)
        found: tuple[Any, ...] = cursor.fetchone()
        return found


def count_hidden(period: Period) -> list[Measured]:
    """Comments hidden in a quarter. One query."""
    return [Measured(_rulings(period)[0])]


def count_contested(period: Period) -> list[Measured]:
    """Count decisions of a quarter that their authors contested. One query."""
    return [Measured(_rulings(period)[1])]


def count_overturned(period: Period) -> list[Measured]:
    """Count decisions of a quarter that another moderator overturned. One query."""
    return [Measured(_rulings(period)[2])]


def median_hours(period: Period) -> list[Measured]:
    """The median of hours that comments waited in the queue. One query."""
    hours = _rulings(period)[3]
    return [] if hours is None else [Measured(Decimal(str(round(hours, 1))))]


INDICATORS = (
    Indicator(
        slug="hidden",
        title=_("Comments hidden by moderators"),
        how=_("Decisions of the quarter by which a moderator hid a comment."),
        period=PeriodKind.QUARTER,
        measure=count_hidden,
        group=_GROUP,
    ),
    Indicator(
        slug="contested",
        title=_("Decisions of moderators contested"),
        how=_("Decisions of the quarter that the author of the comment contested since."),
        period=PeriodKind.QUARTER,
        measure=count_contested,
        group=_GROUP,
    ),
    Indicator(
        slug="overturned",
        title=_("Decisions of moderators overturned"),
        how=_("Decisions of the quarter that another moderator found wrong after a contest."),
        period=PeriodKind.QUARTER,
        measure=count_overturned,
        group=_GROUP,
    ),
    Indicator(
        slug="moderation-hours",
        title=_("Hours until a moderator decides"),
        how=_("The median of the hours that a comment waited in the queue in the quarter."),
        period=PeriodKind.QUARTER,
        measure=median_hours,
        group=_GROUP,
        unit=pgettext_lazy("unit of an indicator", "hours"),
        decimals=1,
        in_year=InYear.MEAN,
    ),
)
