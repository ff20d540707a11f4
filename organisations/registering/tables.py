"""Export and import organisations as a table (CSV).

Codes are text in both directions: a zero at the beginning stays. A spreadsheet that dropped it is
told so by the number of digits, and nothing is guessed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from django import forms

from core.domain.calendar import local_date
from core.export.csv import neutral, rows_of
from organisations.forms import RegisterForm
from organisations.models import Organisation

#: Column -> its title in the file, which is Ukrainian as all that the staff works with.
TITLES = {
    "kind": "вид",
    "code": "ЄДРПОУ",
    "name": "повна назва",
    "short_name": "коротка назва",
    "location": "місцезнаходження",
    "sector": "секція КВЕД",
    "size": "розмір",
    "contact": "контакт",
    "registered": "зареєстровано",
    "confirmed": "підтверджено",
    "how": "як підтверджено",
    "closed": "закрито",
}
#: Lines in one file that comes in.
MOST = 5000
_NEEDED = {
    name: TITLES[name]
    for name in ("code", "name", "short_name", "location", "sector", "size", "contact")
}
_COLUMNS = {**{title.lower(): name for name, title in TITLES.items()}, **{n: n for n in TITLES}}


@dataclass(slots=True)
class Read:
    """Result of reading: arguments of actions.enter, or the lines that are wrong."""

    rows: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)


def write_table(organisations: Iterable[Organisation]) -> bytes:
    """The table, UTF-8 with the mark by which Excel knows it, semicolons between the columns."""
    file = StringIO()
    file.write("\ufeff")
    table = csv.writer(file, delimiter=";")
    table.writerow(TITLES.values())
    for organisation in organisations:
        row = {
            "kind": organisation.kind,
            "registered": local_date(organisation.registered_at),
            "how": organisation.how,
            **{name: getattr(organisation, name) for name in _NEEDED},
        }
        if organisation.confirmed_at:
            row["confirmed"] = local_date(organisation.confirmed_at)
        if organisation.closed_at:
            row["closed"] = local_date(organisation.closed_at)
        table.writerow(neutral(str(row.get(name, ""))) for name in TITLES)
    return file.getvalue().encode()


def read(content: bytes) -> Read:
    """The legal entities of a table with the columns of TITLES, in any order.

    Columns may be called by their titles or by their names in TITLES; sole proprietors, whose
    codes stand in no table, are passed over. UTF-8 or Windows-1251; commas, semicolons or tabs.
    Raises core.export.csv.NotATable. Asks no database.
    """
    done = Read()
    for number, row in rows_of(content, _COLUMNS, needed=_NEEDED, most=MOST):
        if row.get("kind", "") == Organisation.Kind.SOLE:
            continue
        form = RegisterForm({**row, "kind": Organisation.Kind.LEGAL})
        if form.is_valid():
            done.rows.append((number, form.registered()))
        else:
            done.wrong.append((number, _join_errors(form)))
    return done


def _join_errors(form: forms.Form) -> str:
    return " ".join(
        f"{form.fields[name].label if name in form.fields else ''}: {' '.join(map(str, wrong))}"
        for name, wrong in form.errors.items()
    )
