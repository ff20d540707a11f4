"""Indicators of participation: what was measured, expected or forecast, period by period."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.opendata.datasets import Dataset, Row, columns_of
from portal.opendata.tables.reading import chunks_of

_MODEL = ("insights", "IndicatorValue")


def _all() -> QuerySet[Any]:
    model: Any = apps.get_model(*_MODEL)
    found: QuerySet[Any] = model.objects.all()
    return found


def _values() -> Iterator[Row]:
    for values in chunks_of(_all()):
        for one in values:
            yield one.indicator, one.period, one.period_start, one.value, one.kind, one.source


INDICATORS = Dataset(
    slug="indicators",
    version=1,
    title=_("Indicators of participation"),
    words=_(
        "Values of each indicator by period: measured here, or entered from the programme with its "
        "source."
    ),
    keywords=(_("indicators"), _("participation")),
    columns=columns_of(
        {
            "indicator": ("text!", _("Code of the indicator")),
            "period": ("text!", _("Length of the period")),
            "period_start": ("day!", _("First day of the period")),
            "value": ("number", _("Value")),
            "kind": ("text!", _("Whether it is a fact, an expectation or a forecast")),
            "source": ("text!", _("Where it comes from")),
        }
    ),
    rows=_values,
    topics=("indicators",),
    span=_all,
    first="period_start",
    last=("period_start",),
)
