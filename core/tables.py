"""A table that a spreadsheet has saved (CSV), read line by line under the names of its columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from io import StringIO

from django.utils.translation import gettext as _

from core.cells import plain
from core.numbers import grouped


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
    text = _text(content)
    first = text.partition("\n")[0]
    # As many lines as are asked for, and no field of a megabyte.
    table = csv.reader(StringIO(text, newline=""), delimiter=max(";,\t", key=first.count))
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
                    _("A table has %(most)s lines at most: split it.") % {"most": grouped(most)}
                )
            named = zip(names, cells, strict=False)
            yield number, {name: plain(cell.strip()) for name, cell in named if name}
    except csv.Error as wrong:
        raise NotATable(_("This is not a table in CSV.")) from wrong


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NotATable(_("This is not a table in CSV."))
