"""The founding table: the two indicators of the programme on which the portal was founded, by year.

Rows and columns are those of the programme: the average monthly visitors of the portal and the
electronic appeals, each in thousands; a year a column, each figure with its kind. Imported figures
are continued by measured ones. Page, CSV and PDF show the same words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.export.document import Block, Column, Document, Paragraph, Table
from insights.indicators.figures import show
from insights.indicators.measure_change import find_measure_change
from insights.indicators.models import IndicatorValue, Kind, Source
from insights.indicators.periods import PeriodKind
from insights.indicators.registry import Indicator, indicator_of

#: The indicators of its rows, with the rows' titles in the programme.
TITLES = {
    "average-visitors": gettext_lazy(
        "Average monthly visitors of the portal since it began to work, thousand users"
    ),
    "electronic-appeals": gettext_lazy(
        "Number of electronic appeals of residents and businesses that came to the pages of the "
        "portal, thousand"
    ),
}
SLUGS = tuple(TITLES)
#: More columns than this no page of paper holds.
MOST_YEARS = 15
#: Of two figures of one year the one that is known goes first.
_PREFERENCE = (Kind.FACT, Kind.EXPECTATION, Kind.FORECAST)
NO_FIGURE = "–"


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a year in words, and its kind; ``kind`` "" where there is none.

    ``kind_here``: its kind, where the column's heading does not say it of all its figures.
    """

    words: str
    kind: str = ""
    source: str = ""
    note: str = ""
    kind_here: str = ""

    @property
    def is_imported(self) -> bool:
        return self.source == Source.IMPORTED


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class FoundingTable:
    """The years, kinds and rows of the founding table. ``kinds``: the kind of each year's figures,
    in words; "" where they differ or there are none."""

    years: tuple[int, ...]
    kinds: tuple[str, ...]
    rows: tuple[Row, ...]
    #: What is said of figures, each once, in the order of the table.
    notes: tuple[str, ...]
    #: From when on the measure of a row is another, and why, with the row's number.
    changes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return _("Visits to the portal and appeals that came by it")

    @property
    def heads(self) -> list[tuple[str, str]]:
        """Each year with the kind of its figures."""
        return [(str(year), kind) for year, kind in zip(self.years, self.kinds, strict=True)]


def known_years() -> tuple[int, int] | None:
    """The first and the last year with a figure, MOST_YEARS at most, the last ones; None where
    there is none. One query."""
    years = sorted(
        {day.year for day in _figures().values_list("period_start", flat=True).distinct()}
    )
    if not years:
        return None
    return max(years[0], years[-1] - MOST_YEARS + 1), years[-1]


def founding_table(first: int, last: int) -> FoundingTable:
    """The table of the years from ``first`` to ``last``. One query."""
    years = tuple(range(first, last + 1))
    values = list(_figures().filter(period_start__lte=date(last, 1, 1)))
    found: dict[tuple[str, int], IndicatorValue] = {}
    for each in values:
        key = each.indicator, each.period_start.year
        if key not in found or _is_preferred(each, found[key]):
            found[key] = each
    kinds = tuple(_kind_of_column(found.get((slug, year)) for slug in SLUGS) for year in years)
    rows = tuple(
        Row(
            number,
            str(TITLES[slug]),
            tuple(
                _cell(indicator_of(slug), found.get((slug, year)), bool(kind))
                for year, kind in zip(years, kinds, strict=True)
            ),
        )
        for number, slug in enumerate(SLUGS, start=1)
    )
    notes = dict.fromkeys(cell.note for row in rows for cell in row.cells if cell.note)
    return FoundingTable(years, kinds, rows, tuple(notes), _changes(values))


def _changes(values: Iterable[IndicatorValue]) -> tuple[str, ...]:
    """A sentence for each row whose measure is another in the last year of these values."""
    by_slug: dict[str, list[IndicatorValue]] = {slug: [] for slug in SLUGS}
    for each in values:
        by_slug[each.indicator].append(each)
    found = (find_measure_change(indicator_of(slug), by_slug[slug]) for slug in SLUGS)
    return tuple(
        _("Row %(number)d. %(change)s") % {"number": number, "change": change.words}
        for number, change in enumerate(found, start=1)
        if change
    )


def _figures() -> QuerySet[IndicatorValue]:
    return IndicatorValue.objects.filter(
        indicator__in=SLUGS, period_kind=PeriodKind.YEAR, breakdown="", value__isnull=False
    )


def _is_preferred(one: IndicatorValue, other: IndicatorValue) -> bool:
    return _PREFERENCE.index(Kind(one.kind)) < _PREFERENCE.index(Kind(other.kind))


def _kind_of_column(values: Iterable[IndicatorValue | None]) -> str:
    kinds = {value.get_kind_display() for value in values if value}
    return str(kinds.pop()) if len(kinds) == 1 else ""


def _cell(indicator: Indicator, value: IndicatorValue | None, is_said: bool) -> Cell:
    if value is None:
        return Cell(NO_FIGURE)
    kind = str(value.get_kind_display())
    return Cell(
        show(value.value, indicator.decimals),
        kind,
        value.source,
        value.note,
        "" if is_said else kind,
    )


def csv_head(table: FoundingTable) -> list[str]:
    """The first line of the file: number, indicator, the years."""
    return [pgettext("number of a row", "No."), _("Indicator"), *map(str, table.years)]


def csv_rows(table: FoundingTable) -> list[list[str]]:
    """The kinds of the columns, and a line for each row, in the words of the page; last, from when
    on a measure is another."""
    return [
        ["", "", *table.kinds],
        *([str(row.number), row.title, *_words(row)] for row in table.rows),
        *(["", change] for change in table.changes),
    ]


def _words(row: Row) -> list[str]:
    return [
        f"{cell.words} ({cell.kind_here})" if cell.kind_here else cell.words for cell in row.cells
    ]


def document_of(table: FoundingTable, language: str) -> Document:
    """The table as a document, landscape."""
    columns = [
        Column(pgettext("number of a row", "No."), 1),
        Column(_("Indicator"), 7),
        *(Column(f"{year}\n{kind}".strip(), 2) for year, kind in table.heads),
    ]
    rows = [[str(row.number), row.title, *_words(row)] for row in table.rows]
    blocks: list[Block] = [
        Table(table.title, columns, rows),
        *(Paragraph(words) for words in (*table.changes, *table.notes)),
    ]
    return Document(title=_("Founding table"), blocks=blocks, language=language, is_landscape=True)
