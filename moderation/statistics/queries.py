"""Queries of the public statistics of moderation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.utils.translation import gettext

from discussions.models import HideReason
from moderation.models import Contest, Ruling

#: Whose change makes the page another one.
TOPIC = "moderation"

# Small groups are fine: nobody is named, and a hidden comment says in its place that it is hidden.
_COUNT = f"""
SELECT date_trunc('month', ruling.at AT TIME ZONE 'Europe/Kyiv')::date AS month, ruling.rule,
    count(*),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ruling.waited)),
    percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM ruling.waited)),
    count(contest.id),
    count(*) FILTER (WHERE contest.outcome = '{Contest.Outcome.OVERTURNED}'),
    count(*) FILTER (WHERE ruling.reversed_at IS NOT NULL)
FROM {Ruling._meta.db_table} AS ruling
LEFT JOIN {Contest._meta.db_table} AS contest ON contest.ruling_id = ruling.id
GROUP BY GROUPING SETS ((month, ruling.rule), (month), (ruling.rule), ())
ORDER BY month DESC NULLS FIRST, ruling.rule NULLS FIRST
"""  # noqa: S608 - names of ours


@dataclass(frozen=True, slots=True)
class Line:
    """Decisions of a month, or of all (``month`` None), by a rule, or all (``rule`` None); the rule
    "" stands for what was left up."""

    month: date | None
    rule: str | None
    decisions: int
    median: timedelta | None
    p95: timedelta | None
    contested: int
    overturned: int
    #: Shown again by whatever decision, the overturned among them.
    restored: int

    @property
    def rule_in_words(self) -> str:
        return str(HideReason(self.rule).label) if self.rule else gettext("left up")

    @property
    def median_in_words(self) -> str:
        return _in_words(self.median)

    @property
    def p95_in_words(self) -> str:
        return _in_words(self.p95)


@dataclass(frozen=True, slots=True)
class Statistics:
    """All lines, as the page needs them."""

    total: Line | None
    by_rule: list[Line]
    by_month: list[Line]
    #: One of each month and rule, the latest month first: what the file holds.
    lines: list[Line]


def statistics() -> Statistics:
    """Everything that was decided: one query."""
    lines = list(_lines())
    return Statistics(
        total=next((each for each in lines if each.month is None and each.rule is None), None),
        by_rule=[each for each in lines if each.month is None and each.rule is not None],
        by_month=[each for each in lines if each.month is not None and each.rule is None],
        lines=[each for each in lines if each.month is not None and each.rule is not None],
    )


def _lines() -> Iterator[Line]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT)
        for month, rule, number, median, p95, contested, overturned, restored in cursor.fetchall():
            if number:
                yield Line(
                    month, rule, number, _span(median), _span(p95), contested, overturned, restored
                )


def _span(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=round(seconds))


def _in_words(span: timedelta | None) -> str:
    """«2 d 3 h», «3 h 12 min», «12 min»; "" where nothing had waited."""
    if span is None:
        return ""
    minutes = int(span.total_seconds()) // 60
    parts = {"days": minutes // 1440, "hours": minutes // 60 % 24, "minutes": minutes % 60}
    if parts["days"]:
        return gettext("%(days)s d %(hours)s h") % parts
    if parts["hours"]:
        return gettext("%(hours)s h %(minutes)s min") % parts
    return gettext("%(minutes)s min") % parts
