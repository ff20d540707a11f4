"""An indicator’s figures as CSV, with the same columns in every language (docs/indicators.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from insights.indicators.models import IndicatorValue

HEAD = ("period", "kind", "breakdown", "part", "value", "source", "note")


def rows(values: Iterable[IndicatorValue]) -> Iterator[tuple[Any, ...]]:
    """A line for each figure; the value with a point, empty where it is not shown."""
    for each in values:
        yield (
            each.period.code,
            each.kind,
            each.breakdown,
            each.part,
            "" if each.value is None else f"{each.value.normalize():f}",
            each.source,
            each.note,
        )
