"""CSV and JSON: stream rows to a download, read a file by the names of its columns.

Downloads are streamed, so that neither the number of rows nor a slow reader costs memory. No cell
of them is a formula: words that begin like one get an apostrophe, which is taken off when such a
file is read (OWASP: CSV injection). Names of columns are the same in every language.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from core.domain.calendar import KYIV
from core.domain.typography import group_thousands

#: What a spreadsheet takes for the beginning of a formula; the last four are wide.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutral[Cell](cell: Cell) -> Cell | str:
    """The cell; words that begin like a formula get an apostrophe. Numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def plain(cell: str) -> str:
    """Words as they were before ``neutral``."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


#: The type of such a file.
CSV = "text/csv; charset=utf-8"
#: Letters that are sent at a time.
_BLOCK = 2**14
_ENCODER = DjangoJSONEncoder(ensure_ascii=False)

# --- Writing --------------------------------------------------------------------------------------

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


def as_jsonl(rows: Iterable[Any], name: str) -> StreamingHttpResponse:
    """JSON Lines: an object a line."""
    lines = (f"{_json(row)}\n" for row in rows)
    return _file(lines, "application/jsonl", name)


def written(rows: Iterable[Iterable[Any]], *, delimiter: str = ",") -> str:
    """A table of few rows as text, with the mark that spreadsheets know UTF-8 by; no cell is a
    formula."""
    file = io.StringIO()
    table = csv.writer(file, delimiter=delimiter)
    table.writerows(["" if cell is None else neutral(cell) for cell in row] for row in rows)
    return "\ufeff" + file.getvalue()


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
        yield before + _json(row)
        before = ",\n"
    yield "\n]}\n" if before == ",\n" else before + "]}\n"


def _json(row: Any) -> str:
    return _ENCODER.encode(row)


def _in_blocks(lines: Iterable[str]) -> Iterator[str]:
    """The lines, as many together as a server may send at once: one by one, the server's own work
    for each of a million would cost more than the row."""
    block: list[str] = []
    letters = 0
    for line in lines:
        block.append(line)
        letters += len(line)
        if letters >= _BLOCK:
            yield "".join(block)
            block.clear()
            letters = 0
    yield "".join(block)


def _file(lines: Iterable[str], kind: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_in_blocks(lines), content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# --- Reading --------------------------------------------------------------------------------------


class NotATable(ValueError):
    """The file is no table with the columns asked for; its text is for whoever brought it."""


def rows_of(
    content: bytes, heads: Mapping[str, str], *, needed: Mapping[str, str], most: int
) -> Iterator[tuple[int, dict[str, str]]]:
    """Lines as column -> words, each with its number as a spreadsheet counts them from 1.

    ``heads``: what a column may be headed with, in lower case -> its name; others are passed over.
    ``needed``: the columns that there must be -> how they are called to whoever left them out.
    Empty lines are passed over; ``most`` others are taken. UTF-8 or Windows-1251; commas,
    semicolons or tabs; the apostrophe before what looks like a formula is taken off. Raises
    NotATable, in the middle too.
    """
    text = decode_table(content)
    first = text.partition("\n")[0]
    # As many lines as are asked for, and no field of a megabyte.
    table = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count))
    try:
        names = [heads.get(cell.strip().lower(), "") for cell in next(table, [])]
        if missing := [title for name, title in needed.items() if name not in names]:
            raise NotATable(
                _("The first line must name the columns: %(columns)s.")
                % {"columns": ", ".join(missing)}
            )
        found = 0
        for number, cells in enumerate(table, start=2):
            if not any(cell.strip() for cell in cells):
                continue
            found += 1
            if found > most:
                raise NotATable(
                    _("A table has %(most)s lines at most: split it.")
                    % {"most": group_thousands(most)}
                )
            named = zip(names, cells, strict=False)
            yield number, {name: plain(cell.strip()) for name, cell in named if name}
    except csv.Error as wrong:
        raise NotATable(_("This is not a table in CSV.")) from wrong


def decode_table(content: bytes) -> str:
    """The text of a table: UTF-8 or Windows-1251. Raises NotATable."""
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NotATable(_("This is not a table in CSV."))
