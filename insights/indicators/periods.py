"""Months, quarters and years in which indicators are measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from django.db.models import TextChoices
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy

from core.domain.calendar import add_months, kyiv
from core.domain.council import is_ukrainian
from core.domain.typography import name_quarter


class PeriodKind(TextChoices):
    MONTH = "month", gettext_lazy("month")
    QUARTER = "quarter", gettext_lazy("quarter")
    YEAR = "year", gettext_lazy("year")


_LENGTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Period:
    """A month, quarter or year on the council's calendar; ``first`` is its first day."""

    kind: PeriodKind
    first: date

    @classmethod
    def of(cls, kind: PeriodKind, day: date) -> Self:
        """The period of a kind in which a day is."""
        length = _LENGTHS[kind]
        month = (day.month - 1) // length * length + 1
        return cls(kind, date(day.year, month, 1))

    @classmethod
    def beginning(cls, kind: PeriodKind, first: date) -> Self:
        """The period that begins on a day. ValueError where none of the kind does."""
        found = cls.of(kind, first)
        if found.first != first:
            raise ValueError(f"no {kind} begins on {first}")
        return found

    @property
    def end(self) -> date:
        """The first day after it."""
        return add_months(self.first, _LENGTHS[self.kind])

    @property
    def former(self) -> Self:
        return type(self)(self.kind, add_months(self.first, -_LENGTHS[self.kind]))

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """Its first moment, and the first one after it, in Kyiv."""
        return kyiv(self.first), kyiv(self.end)

    @property
    def code(self) -> str:
        """«2026», «2026-Q3», «2026-09»: the same in every language."""
        match self.kind:
            case PeriodKind.YEAR:
                return str(self.first.year)
            case PeriodKind.QUARTER:
                return f"{self.first.year}-Q{(self.first.month + 2) // 3}"
        return f"{self.first:%Y-%m}"

    @property
    def words(self) -> str:
        """As people read it: «вересень 2026», «III квартал 2026», «2026»."""
        match self.kind:
            case PeriodKind.YEAR:
                return str(self.first.year)
            case PeriodKind.QUARTER:
                return name_quarter(self.first.year, (self.first.month + 2) // 3)
        words = f"{MONTHS[self.first.month]} {self.first.year}"
        return words.lower() if is_ukrainian() else words


def closed_periods(kind: PeriodKind, today: date, *, since: date, most: int) -> list[Period]:
    """The last ``most`` periods of a kind that were over before ``today``, the newest first: none
    that was over before ``since``."""
    period, found = Period.of(kind, today).former, list[Period]()
    while len(found) < most and period.end > since:
        found.append(period)
        period = period.former
    return found
