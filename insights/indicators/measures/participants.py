"""People who took part, by district and age: what "who is missing" is told from."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from city.models import AgeGroup, District
from insights.indicators.models import Breakdown
from insights.indicators.periods import Period, PeriodKind
from insights.indicators.registry import Indicator, Measured
from insights.indicators.small import hide_small

#: Each person once, whatever they did; secret polls are left out: their records have no time.
_PARTICIPANTS = """
WITH took_part AS (
    SELECT comment.author_id AS user_id
    FROM consultations_remark AS remark
    JOIN discussions_comment AS comment ON comment.id = remark.comment_id
    WHERE comment.created_at >= %(begins)s AND comment.created_at < %(ends)s
      AND comment.hidden_at IS NULL AND comment.deleted_at IS NULL
    UNION
    SELECT user_id FROM petitions_signature
    WHERE status = 1 AND at >= %(begins)s AND at < %(ends)s
    UNION
    SELECT mark.user_id FROM votes_openballot AS ballot JOIN votes_mark AS mark
        ON mark.id = ballot.mark_id
    WHERE ballot.at >= %(begins)s AND ballot.at < %(ends)s
    UNION
    SELECT author_id FROM appeals_appeal
    WHERE received_at >= %(begins)s AND received_at < %(ends)s
)
SELECT GROUPING(residence.district_id, verification.age_over),
       residence.district_id, verification.age_over, count(*)
FROM took_part
JOIN accounts_residence AS residence ON residence.user_id = took_part.user_id
    AND residence.ended_at IS NULL AND residence.checked_at IS NOT NULL
    AND residence.expires_at > statement_timestamp()
LEFT JOIN accounts_verification AS verification
    ON verification.user_id = took_part.user_id AND verification.ended_at IS NULL
GROUP BY GROUPING SETS ((residence.district_id), (verification.age_over), ())
"""
#: What GROUPING() gives for each.
_DISTRICT, _AGE, _ALL = 0b01, 0b10, 0b11


def count_participants(period: Period) -> list[Measured]:
    """People with a confirmed residence who took part in a quarter. Three queries."""
    begins, ends = period.moments
    with connection.cursor() as cursor:
        cursor.execute(_PARTICIPANTS, {"begins": begins, "ends": ends})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    total = next((number for by, _d, _a, number in rows if by == _ALL), 0)
    if not total:
        return [Measured(0)]
    names = dict(District.objects.values_list("pk", "name"))
    districts = dict.fromkeys(names.values(), 0)
    ages = {f"{group.since}": 0 for group in AgeGroup.objects.all()}
    for by, district, age, number in rows:
        if by == _DISTRICT:
            districts[names[district]] = number
        elif by == _AGE:
            ages["" if age is None else str(age)] = number
    return [
        Measured(total),
        *(Measured(n, Breakdown.DISTRICT, name) for name, n in hide_small(districts).items()),
        *(Measured(n, Breakdown.AGE, name) for name, n in hide_small(ages).items()),
    ]


INDICATORS = (
    Indicator(
        slug="participants",
        title=_("Residents who took part"),
        how=_(
            "People with a confirmed residence who in the quarter made a remark, signed a "
            "petition, voted in an open poll or wrote to the council; each is counted once. Votes "
            "in secret polls are not counted here: their records have no time."
        ),
        period=PeriodKind.QUARTER,
        measure=count_participants,
        group=_("Who takes part"),
    ),
)
