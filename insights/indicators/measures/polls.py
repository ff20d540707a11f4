"""Turnout of polls."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from insights.indicators.periods import Period, PeriodKind
from insights.indicators.registry import Indicator, InYear, Measured

_GROUP = _("Polls")
_PUBLISHED = """
SELECT count(*), sum((counted ->> 'ballots')::bigint),
       sum((counted ->> 'ballots')::bigint) FILTER (WHERE (counted ->> 'electorate')::bigint > 0),
       sum((counted ->> 'electorate')::bigint)
FROM votes_result JOIN votes_poll ON votes_poll.id = votes_result.poll_id
WHERE NOT is_quick AND published_at >= %s AND published_at < %s
"""


def _published_polls(period: Period) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_PUBLISHED, period.moments)
        found: tuple[Any, ...] = cursor.fetchone()
        return found


def count_ballots(period: Period) -> list[Measured]:
    """Ballots of the polls whose results were published in a quarter. One query."""
    return [Measured(_published_polls(period)[1] or 0)]


def share_voted(period: Period) -> list[Measured]:
    """Per cent of those who could vote that did, in polls that know who could. One query."""
    _polls, _ballots, ballots, electorate = _published_polls(period)
    if not electorate:
        return []
    return [Measured((Decimal(ballots or 0) * 100 / electorate).quantize(Decimal("0.1")))]


INDICATORS = (
    Indicator(
        slug="ballots",
        title=_("Ballots in polls"),
        how=_("Ballots in the polls whose results were published in the quarter, paper included."),
        period=PeriodKind.QUARTER,
        measure=count_ballots,
        group=_GROUP,
    ),
    Indicator(
        slug="turnout",
        title=_("Poll turnout"),
        how=_(
            "The share of those who voted among all who could, in the polls published in the "
            "quarter for which it is known how many could vote."
        ),
        period=PeriodKind.QUARTER,
        measure=share_voted,
        group=_GROUP,
        unit="%",
        decimals=1,
        in_year=InYear.MEAN,
    ),
)
