"""Electronic services: how many the council offers."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from insights.indicators.periods import Period, PeriodKind
from insights.indicators.registry import Indicator, Measured
from records.models import Service


def count_services(period: Period) -> list[Measured]:
    """Count the services that could be used on the last day of a year. One query."""
    last_day = period.end - timedelta(days=1)
    number = Service.objects.offered_on(last_day).count()
    return [Measured(number)] if number else []


INDICATORS = (
    Indicator(
        slug="services-offered",
        title=_("Electronic services offered"),
        how=_(
            "Services in the list of the council that could be used on the last day of the year, "
            "pilots among them."
        ),
        period=PeriodKind.YEAR,
        measure=count_services,
        group=_("Electronic services"),
    ),
)
