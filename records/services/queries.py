"""Queries of electronic services: a fixed number at any size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from records.models import Conclusion, Service, ServiceUse

#: Months that the page of a service shows; all are in the open data.
MONTHS_SHOWN = 24


@dataclass(frozen=True, slots=True)
class MonthOfUse:
    """A month's figure, and those that it corrects, the newest first."""

    current: ServiceUse
    corrected: list[ServiceUse]

    @property
    def month(self) -> date:
        return self.current.month


def months_of(service: Service) -> list[MonthOfUse]:
    """The newest months of use, the newest first. One query."""
    since = service.uses.order_by("-month").values("month").distinct()[:MONTHS_SHOWN]
    rows = service.uses.filter(month__in=since).order_by("-month", "-edition")
    found = []
    for _month, group in groupby(rows, key=lambda use: use.month):
        current, *corrected = group
        found.append(MonthOfUse(current, corrected))
    return found


def conclusions_of(service: Service) -> list[Conclusion]:
    """Public conclusions of a service, the newest first. One query."""
    return list(service.conclusions.order_by("-at", "-pk"))
