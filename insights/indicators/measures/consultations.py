"""Remarks on drafts, and how many of them were taken into account."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from consultations.models import Disposition, Remark
from insights.indicators.periods import Period, PeriodKind
from insights.indicators.registry import Indicator, InYear, Measured

_GROUP = _("Consultations")
_ACCEPTED = (Disposition.Kind.ACCEPTED, Disposition.Kind.PARTLY)


def count_remarks(period: Period) -> list[Measured]:
    """Remarks made in a quarter that are neither hidden nor deleted. One query."""
    begins, ends = period.moments
    found = Remark.objects.filter(
        comment__created_at__gte=begins,
        comment__created_at__lt=ends,
        comment__hidden_at=None,
        comment__deleted_at=None,
    )
    return [Measured(found.count())]


def share_accepted(period: Period) -> list[Measured]:
    """Per cent of the dispositions of a quarter by which a remark was taken into account, wholly
    or in part; without remarks that their authors took back. One query."""
    begins, ends = period.moments
    found = Disposition.objects.filter(
        approved_at__gte=begins, approved_at__lt=ends, remark__comment__deleted_at=None
    ).aggregate(
        accepted=Count("pk", filter=Q(kind__in=_ACCEPTED)),
        decided=Count("pk", filter=Q(kind__in=[*_ACCEPTED, Disposition.Kind.REJECTED])),
    )
    if not found["decided"]:
        return []
    return [Measured(Decimal(round(100 * found["accepted"] / found["decided"])))]


INDICATORS = (
    Indicator(
        slug="remarks",
        title=_("Remarks on drafts"),
        how=_("Remarks made in the quarter in consultations, without hidden and deleted ones."),
        period=PeriodKind.QUARTER,
        measure=count_remarks,
        group=_GROUP,
    ),
    Indicator(
        slug="remarks-accepted",
        title=_("Remarks taken into account"),
        how=_(
            "The share of remarks taken into account, wholly or in part, among those that the "
            "council accepted or rejected in the quarter; what it only took note of is left out."
        ),
        period=PeriodKind.QUARTER,
        measure=share_accepted,
        group=_GROUP,
        unit="%",
        in_year=InYear.MEAN,
    ),
)
