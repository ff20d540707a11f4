"""Read past figures of indicators from a file (manage.py load_indicators).

CSV, UTF-8 or Windows-1251, with commas, semicolons or tabs. The first line names the columns:

    indicator          the slug of the indicator («average-visitors»)
    period             2015, or 2015-Q3, or 2015-09, as the indicator is measured
    value              a number with a comma or a point
    kind               fact, expectation, forecast (факт, очікування, прогноз); empty: fact
    note               where the figure is from; may be left out
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from core.export.csv import NotATable, rows_of
from insights.indicators.models import FIRST_YEAR, LAST_YEAR, LONGEST_NOTE, Kind
from insights.indicators.periods import Period, PeriodKind
from insights.indicators.registry import Indicator, has_indicator, indicator_of

#: Lines in one file.
MOST = 20_000
#: More than any figure of a city.
_LARGEST = Decimal(10) ** 12
_HEADS = {
    **{name: name for name in ("indicator", "period", "value", "kind", "note")},
    "year": "period",
    "показник": "indicator",
    "період": "period",
    "рік": "period",
    "значення": "value",
    "вид": "kind",
    "примітка": "note",
}
_KINDS = {
    **{kind.value: kind for kind in Kind},
    "": Kind.FACT,
    "факт": Kind.FACT,
    "очікування": Kind.EXPECTATION,
    "прогноз": Kind.FORECAST,
}
_PERIOD = re.compile(r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?")


class WrongLine(ValueError):
    """An error in a line of the file; its text is shown to the administrator."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(words)
        self.line = line


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of the file, with the number of its line."""

    line: int
    indicator: str
    period: Period
    value: Decimal
    kind: Kind
    note: str

    @property
    def key(self) -> tuple[str, str, date, str]:
        """The unique key of a stored figure."""
        return self.indicator, self.period.kind.value, self.period.first, self.kind.value


def read(content: bytes) -> list[Row]:
    """The figures of a file. Raises WrongLine, and core.export.csv.NotATable."""
    needed = {"indicator": "indicator", "period": "period", "value": "value"}
    rows, seen = list[Row](), dict[Any, int]()
    for line, cells in rows_of(content, _HEADS, needed=needed, most=MOST):
        row = _row(line, cells)
        if row.key in seen:
            raise WrongLine(line, _("line %(line)s says it already.") % {"line": seen[row.key]})
        seen[row.key] = line
        rows.append(row)
    if not rows:
        raise NotATable(_("The file has no figures."))
    return rows


def _row(line: int, cells: Mapping[str, str]) -> Row:
    slug = cells.get("indicator", "")
    if not has_indicator(slug):
        raise WrongLine(line, _("there is no indicator “%(slug)s”.") % {"slug": slug})
    indicator = indicator_of(slug)
    kind = _KINDS.get(cells.get("kind", "").casefold())
    if kind is None:
        raise WrongLine(
            line,
            _("“%(kind)s” is no kind: write fact, expectation or forecast.")
            % {"kind": cells["kind"]},
        )
    note = cells.get("note", "")
    if len(note) > LONGEST_NOTE:
        raise WrongLine(
            line, _("the note is longer than %(most)s letters.") % {"most": LONGEST_NOTE}
        )
    period = _period(line, indicator, cells.get("period", ""))
    return Row(line, slug, period, _value(line, indicator, cells.get("value", "")), kind, note)


def _period(line: int, indicator: Indicator, cell: str) -> Period:
    found = _PERIOD.fullmatch(cell)
    if found is None or not FIRST_YEAR <= int(found["year"]) <= LAST_YEAR:
        raise WrongLine(
            line,
            _("“%(period)s” is no period: write 2015, 2015-Q3 or 2015-09.") % {"period": cell},
        )
    year, quarter, month = int(found["year"]), found["quarter"], found["month"]
    kind, first = PeriodKind.YEAR, 1
    if quarter:
        kind, first = PeriodKind.QUARTER, int(quarter) * 3 - 2
    elif month:
        kind, first = PeriodKind.MONTH, int(month)
    if kind != indicator.period:
        raise WrongLine(
            line,
            _("the indicator “%(slug)s” is given by %(kind)s, not as “%(period)s”.")
            % {"slug": indicator.slug, "kind": indicator.period.label, "period": cell},
        )
    return Period(kind, date(year, first, 1))


def _value(line: int, indicator: Indicator, cell: str) -> Decimal:
    """A number with as many digits after the comma as the indicator shows, so that what is shown
    equals the file."""
    try:
        value = Decimal("".join(cell.split()).replace(",", "."))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not 0 <= value < _LARGEST:
        raise WrongLine(line, _("“%(value)s” is no number from 0 on.") % {"value": cell})
    exponent = value.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > indicator.decimals:
        raise WrongLine(
            line,
            _("“%(value)s” has more digits after the comma than the indicator (%(most)s).")
            % {"value": cell, "most": indicator.decimals},
        )
    return value
