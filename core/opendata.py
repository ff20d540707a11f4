"""Files of open data: a table for spreadsheets and the same as JSON, written as the rows come, so
that neither their number nor a slow reader costs memory. Names of columns are the same in every
language."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import StreamingHttpResponse

from core.calendar import KYIV
from core.cells import neutral

#: What a column says of a thing: text, a whole number, a date, or None.
type Value = Callable[[Any], Any]


def column(name: str) -> Value:
    """The attribute of that name."""
    return lambda thing: getattr(thing, name)


def moment(name: str) -> Value:
    """The moment of that name on the council's clock, in ISO 8601."""

    def of(thing: Any) -> Any:
        at = getattr(thing, name)
        return at.astimezone(KYIV).isoformat(timespec="seconds") if at else None

    return of


def as_csv(head: Sequence[str], rows: Iterable[Iterable[Any]], name: str) -> StreamingHttpResponse:
    """A table, in UTF-8 with a mark that spreadsheets know it by; no cell is a formula."""
    return _file(_table(head, rows), "text/csv", name)


def as_json(key: str, rows: Iterable[Any], name: str) -> StreamingHttpResponse:
    """``{"key": [row, …]}``, a row a line."""
    return _file(_list(key, rows), "application/json", name)


def _table(head: Sequence[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    yield "\ufeff" + _line(neutral(name) for name in head)
    for row in rows:
        yield _line("" if value is None else neutral(value) for value in row)


def _line(cells: Iterable[Any]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _list(key: str, rows: Iterable[Any]) -> Iterator[str]:
    before = f'{{"{key}": [\n'
    for row in rows:
        yield before + json.dumps(row, ensure_ascii=False, cls=DjangoJSONEncoder)
        before = ",\n"
    yield "\n]}\n" if before == ",\n" else before + "]}\n"


def _file(lines: Iterator[str], kind: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
