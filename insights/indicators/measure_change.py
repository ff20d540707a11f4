"""Changes of an indicator's measure: from figures brought from before to ones measured here.

Page, CSV, PDF and open data say it from the period on in which it changed, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from insights.indicators.models import IndicatorValue, Source
from insights.indicators.periods import Period, PeriodKind
from insights.indicators.registry import Indicator


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """The first ``period`` that was measured here, after figures that were brought from before."""

    indicator: Indicator
    period: Period

    @property
    def words(self) -> str:
        """From when on, what is counted now and before, and why, in the active language."""
        reason = self.indicator.measure_change or _(
            "Earlier figures were brought from elsewhere; later ones are measured by this portal. "
            "Do not compare them directly."
        )
        if self.period.kind is PeriodKind.YEAR:
            since = _("From the year %(period)s on the measure is another.")
        else:
            since = _("The measure is another from this period on: %(period)s.")
        return f"{since % {'period': self.period.words}} {reason}"

    def is_told_at(self, first: date) -> bool:
        """Whether a figure of the period that begins on ``first`` is of the new measure."""
        return first >= self.period.first


def find_measure_change(
    indicator: Indicator, values: Iterable[IndicatorValue]
) -> MeasureChange | None:
    """The change of the measure of an indicator, from all its ``values``; None where all are
    brought from elsewhere or all are measured here."""
    known = [each for each in values if not each.breakdown and each.value is not None]
    imported = [each.period_start for each in known if each.source == Source.IMPORTED]
    measured = [each for each in known if each.source == Source.MEASURED]
    if not imported or not measured:
        return None
    first = min(measured, key=lambda each: each.period_start)
    return MeasureChange(indicator, first.period) if min(imported) < first.period_start else None
