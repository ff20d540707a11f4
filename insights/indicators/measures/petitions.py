"""Petitions and their signatures."""

from __future__ import annotations

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Residence
from city.models import District
from insights.indicators.models import Breakdown
from insights.indicators.periods import Period, PeriodKind
from insights.indicators.registry import Indicator, Measured
from insights.indicators.small import hide_small
from petitions.models import Petition, Signature

_GROUP = _("Petitions")


def count_petitions(period: Period) -> list[Measured]:
    """Petitions published in a quarter. One query."""
    begins, ends = period.moments
    found = Petition.objects.filter(published_at__gte=begins, published_at__lt=ends)
    return [Measured(found.count())]


def count_signatures(period: Period) -> list[Measured]:
    """Counted signatures of a quarter, by the district where their signers' residence is confirmed.
    Three queries."""
    begins, ends = period.moments
    counted = Signature.objects.filter(
        status=Signature.Status.COUNTED, at__gte=begins, at__lt=ends
    ).order_by()
    total = counted.count()
    of_district = dict(
        Residence.objects.checked()
        .filter(
            user__signatures__status=Signature.Status.COUNTED,
            user__signatures__at__gte=begins,
            user__signatures__at__lt=ends,
        )
        .order_by()
        .values_list("district")
        .annotate(Count("user__signatures"))
    )
    names = District.objects.filter(Q(closed_at=None) | Q(pk__in=of_district))
    counts = {name: of_district.get(pk, 0) for pk, name in names.values_list("pk", "name")}
    counts[""] = total - sum(counts.values())
    return [
        Measured(total),
        *(Measured(value, Breakdown.DISTRICT, name) for name, value in hide_small(counts).items()),
    ]


INDICATORS = (
    Indicator(
        slug="petitions",
        title=_("Petitions published"),
        how=_("Petitions whose collection of signatures began in the quarter."),
        period=PeriodKind.QUARTER,
        measure=count_petitions,
        group=_GROUP,
    ),
    Indicator(
        slug="signatures",
        title=_("Petition signatures"),
        how=_(
            "Signatures given in the quarter that count; by district where the signer’s residence "
            "there is confirmed."
        ),
        period=PeriodKind.QUARTER,
        measure=count_signatures,
        group=_GROUP,
    ),
)
