"""The calendar by which this city counts its terms, for code and for queries."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import DateField, Func
from django.utils import timezone

from city.models import MartialLawPeriod
from core.domain.calendar import WorkCalendar


def work_calendar() -> WorkCalendar:
    """The calendar with the martial-law periods that the city has recorded (one query)."""
    return WorkCalendar(MartialLawPeriod.objects.values_list("starts_on", "ends_on"))


class NextWorkingDay(Func):
    """The day itself where it is a working day, else the first one after it, inside a query: as
    ``WorkCalendar.next_working_day``, from last year to next year."""

    arity = 1
    output_field = DateField()

    def as_postgresql(self, compiler: Any, _connection: Any, **_context: Any) -> Any:
        day, params = compiler.compile(self.source_expressions[0])
        off, worked = _exceptions(timezone.now().year)
        # While martial law lasts, every Monday to Friday is a working day (law 2136-IX art. 6).
        sql = f"""(
            SELECT min(day) FROM generate_series(0, 20) AS step,
                LATERAL (SELECT ({day})::date + step AS day) AS days,
                LATERAL (SELECT EXISTS (
                    SELECT FROM {MartialLawPeriod._meta.db_table} AS period
                    WHERE day BETWEEN period.starts_on AND coalesce(period.ends_on, 'infinity')
                ) AS is_martial_law) AS law
            WHERE CASE WHEN is_martial_law THEN extract(isodow FROM day) < 6
                ELSE (extract(isodow FROM day) < 6 OR day = ANY(%s::date[]))
                    AND day <> ALL(%s::date[]) END
        )"""  # noqa: S608 - a table of ours, and what Django made of an expression
        return sql, [*params, worked, off]


@lru_cache(maxsize=4)
def _exceptions(year: int) -> tuple[list[date], list[date]]:
    """Days off on weekdays and working weekend days, for three years of peace."""
    peace, first = WorkCalendar(), date(year - 1, 1, 1)
    days = [first + timedelta(days=number) for number in range(3 * 366)]
    off = [day for day in days if day.weekday() < 5 and not peace.is_working_day(day)]
    return off, [day for day in days if day.weekday() >= 5 and peace.is_working_day(day)]
