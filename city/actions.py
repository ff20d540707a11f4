"""What the council tells of itself: departments, themes, districts, ages, martial law."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, cast

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from city.events import MartialLawChanged
from city.models import AgeGroup, Department, District, MartialLawPeriod, Theme
from core.actions import action
from core.events import emit
from core.rules import Refused, Verdict, reject, require

#: Each table of a description: its model, and the column that says which row is meant.
TABLES: dict[str, tuple[type[models.Model], str]] = {
    "department": (Department, "slug"),
    "theme": (Theme, "slug"),
    "district": (District, "slug"),
    "age": (AgeGroup, "since"),
    "martial_law": (MartialLawPeriod, "starts_on"),
}
#: Whether a row of a table may get other values in these columns; without an entry: any.
Guard = Callable[[Any, Collection[str]], Verdict]
_GUARDS: dict[type[models.Model], Guard] = {}


def describes(table: str, model: type[models.Model], key: str) -> Callable[[Guard], Guard]:
    """Register an upper app's table of a description, with what guards the rows that are there."""

    def register(guard: Guard) -> Guard:
        TABLES[table] = (model, key)
        _GUARDS[model] = guard
        return guard

    return register


class WrongRow(Exception):
    """A row that was not taken: its table, its place there (from 0), what it holds, and why not."""

    def __init__(self, table: str, place: int, row: Mapping[str, Any], why: str) -> None:
        super().__init__(why)
        self.table, self.place, self.row = table, place, row


def describe(tables: Mapping[str, list[Mapping[str, Any]]]) -> dict[str, int]:
    """Put in the rows of ``tables``, or correct those that are there; all of them or none.

    ``tables``: by the names of TABLES, rows as columns. A row that is there is found by its slug
    (a period by its first day, an age by its years) and keeps the columns that are not named.
    Nothing is taken out: consultations refer to it. Returns how many rows each table had. Emits
    MartialLawChanged when the periods are among them. Refuses ``city.unknown_table``; raises
    WrongRow for the first row that has no such column or lacks its key, that stands there twice,
    has a value that its column does not take, or is not to be changed (``describes``).
    """
    with action():
        for table in tables:
            if table not in TABLES:
                reject("city.unknown_table", _("There is no table “%(name)s”.") % {"name": table})
        for table, rows in tables.items():
            _put_all(table, rows)
        done = {table: len(rows) for table, rows in tables.items()}
        if done.get("martial_law"):
            emit(MartialLawChanged())
        return done


def _put_all(table: str, rows: list[Mapping[str, Any]]) -> None:
    model, key = TABLES[table]
    put: set[Any] = set()
    for place, row in enumerate(rows):
        try:
            found = _put(model, key, row)
            if found.pk in put:
                reject("city.row_twice", _("This row is there twice."))
        except Refused as refused:
            raise WrongRow(table, place, row, str(refused)) from refused
        except ValidationError as wrong:
            raise WrongRow(table, place, row, _told(wrong)) from wrong
        put.add(found.pk)


def _put(model: type[models.Model], key: str, row: Mapping[str, Any]) -> models.Model:
    if key not in row:
        reject("city.column_missing", _("A row has no “%(name)s”.") % {"name": key})
    for name, value in row.items():
        try:
            known = model._meta.get_field(name).editable
        except FieldDoesNotExist:
            known = False
        if not known:
            reject("city.unknown_column", _("There is no column “%(name)s”.") % {"name": name})
        if not _is_plain(model._meta.get_field(name), value):
            reject(
                "city.not_plain",
                _(
                    "“%(name)s” must be what its column holds: a line of text, a whole number, a "
                    "date, true or false, or a list of lines."
                )
                % {"name": name},
            )
    field = cast("models.Field[Any, Any]", model._meta.get_field(key))
    of_key = field.to_python(row[key])
    found = model._default_manager.filter(**{key: of_key}).first() or model()
    changed = {name for name, value in row.items() if getattr(found, name) != value}
    for name, value in row.items():
        setattr(found, name, value)
    if found.pk and changed and model in _GUARDS:
        require(_GUARDS[model](found, changed))
    found.full_clean()
    found.save()
    return found


def _is_plain(field: Any, value: object) -> bool:
    if value is None:
        return bool(field.null)
    if isinstance(field, models.BooleanField):
        return isinstance(value, bool)
    if isinstance(field, models.JSONField):
        return isinstance(value, list) and all(_is_line(part) for part in value)
    return _is_line(value) or (isinstance(value, int | date) and not isinstance(value, bool))


def _is_line(value: object) -> bool:
    return isinstance(value, str) and value.isprintable()


def _told(wrong: ValidationError) -> str:
    """What is wrong, by columns; of the row as a whole without one."""
    if not hasattr(wrong, "error_dict"):
        return " ".join(wrong.messages)
    return " ".join(
        " ".join(messages) if name == "__all__" else f"{name}: {' '.join(messages)}"
        for name, messages in wrong.message_dict.items()
    )
