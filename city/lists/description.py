"""A council's description as tables of rows: what `manage.py load_city` reads from a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from city.lists import actions
from city.lists.slugs import slug_of
from city.lists.tables import TABLES, closing_column, is_closed
from city.models import District, Street
from city.rules import Actor
from core.domain.actions import action
from core.domain.rules import Refused, reject

#: What a row may say beside its columns: that it is closed, the key it had, that it goes.
CLOSED, FORMER, REMOVED = "closed", "was", "removed"
ROW_TWICE = _("This row is there twice.")


class WrongRow(Exception):
    """A row that was not taken: its table, its place there (from 0), what it holds, and why not."""

    def __init__(self, table: str, place: int, row: Mapping[str, Any], why: str) -> None:
        super().__init__(why)
        self.table, self.place, self.row = table, place, row


def describe(
    tables: Mapping[str, list[Mapping[str, Any]]], *, by: Actor | None = None
) -> dict[str, int]:
    """Put in the rows of ``tables``, or correct those that are there; all of them or none.

    ``tables``: by the names of TABLES, rows as columns. A row that is there is found by its key
    (its slug; a period by its first day, an age by its years; without a slug a district by its
    name, a street by its name and district) and keeps the columns that are not named. A district
    is named by its slug. ``was`` names the key that it had until now. ``closed`` closes it or opens
    it again; ``removed`` takes out one to which nothing refers. What no row names is left as it is.
    Returns how many rows each table had. Refuses ``city.unknown_table``; raises WrongRow for the
    first row that has no such column or lacks its key, that stands there twice, has a value that
    its column does not take, or is refused by what the desk would refuse too (city.lists.actions).
    """
    with action():
        for table in tables:
            if table not in TABLES:
                reject("city.unknown_table", _("There is no table “%(name)s”.") % {"name": table})
        # What others refer to first: districts before streets.
        for table in sorted(tables, key=list(TABLES).index):
            _put_all(table, tables[table], by)
        return {table: len(described) for table, described in tables.items()}


def _put_all(table: str, described: list[Mapping[str, Any]], by: Actor | None) -> None:
    put: set[Any] = set()
    for place, row in enumerate(described):
        try:
            pk = put_row(table, row, by)
            if pk in put:
                reject("city.row_twice", ROW_TWICE)
        except Refused as refused:
            raise WrongRow(table, place, row, str(refused)) from refused
        except ValidationError as wrong:
            raise WrongRow(table, place, row, join_errors(wrong)) from wrong
        put.add(pk)


def put_row(table: str, row: Mapping[str, Any], by: Actor | None, *, in_words: bool = False) -> Any:
    """Put in one row, or correct it, inside an action; returns its key.

    ``in_words``: refusals name a column as pages do, not by its key in a file. Raises Refused and
    ValidationError.
    """
    model, key = TABLES[table]
    if model in (Street, District) and key not in row:
        row = {**row, key: _slug_of(model, row)}
    if key not in row:
        reject("city.column_missing", _("A row has no “%(name)s”.") % {"name": key})
    values = {name: value for name, value in row.items() if name not in _extra_keys(model)}
    for name, value in values.items():
        _require_column(model, name, value, in_words)
    values = {name: _value(model, name, value, in_words) for name, value in values.items()}
    found = _find(model, key, row)
    if row.get(REMOVED):
        if found is not None:
            actions.remove(found, by=by)
        return (key, row[key])
    if found is None:
        found = actions.add(table, values, by=by)
    else:
        closing = CLOSED in row and row[CLOSED] is False and is_closed(found)
        if closing:
            found = actions.reopen(found, by=by)
        found = actions.change(found, values, by=by)
    if row.get(CLOSED) and not is_closed(found):
        actions.close(found, by=by)
    return found.pk


def _slug_of(model: type[Street | District], row: Mapping[str, Any]) -> str:
    """The slug of the row of this name (of a street, in this district), or one for a new one."""
    name = row.get("name")
    if name is None:
        reject("city.column_missing", _("A row has no “%(name)s”.") % {"name": "name"})
    if not _is_line(name):
        reject("city.not_plain", NOT_PLAIN % {"name": "name"})
    where = {"name": name}
    if model is Street:
        where["district__slug"] = row.get("district") or None
    for found in model._default_manager.filter(**where)[:1]:
        return found.slug
    slug = slug_of(name)
    alike = model._default_manager.filter(slug__startswith=slug)
    return slug_of(name, set(alike.values_list("slug", flat=True)))


def _value(model: type[models.Model], name: str, value: Any, in_words: bool) -> Any:
    """A column's value: of one that refers to a row of another table, that row."""
    field = model._meta.get_field(name)
    if not isinstance(field, models.ForeignKey) or value in (None, ""):
        return value or None if isinstance(field, models.ForeignKey) else value
    found = field.remote_field.model._base_manager.filter(slug=value).first()
    if found is None:
        reject(
            "city.no_such_row",
            _("%(column)s: there is no row “%(name)s”.") % {"column": name, "name": value},
        )
    return found


def _extra_keys(model: type[models.Model]) -> dict[str, type]:
    """Keys that a row of the table may have beside its columns, with their types."""
    said = {FORMER: str, REMOVED: bool}
    return said | {CLOSED: bool} if closing_column(model) else said


def _find(model: type[models.Model], key: str, row: Mapping[str, Any]) -> Any:
    for name, kind in _extra_keys(model).items():
        if name in row and type(row[name]) is not kind:
            reject("city.not_plain", NOT_PLAIN % {"name": name})
    field = cast("models.Field[Any, Any]", model._meta.get_field(key))
    found = model._base_manager.filter(**{key: field.to_python(row[key])}).first()
    if found is not None or FORMER not in row:
        return found
    found = model._base_manager.filter(**{key: field.to_python(row[FORMER])}).first()
    if found is None:
        reject("city.no_former", _("There is no row “%(name)s”.") % {"name": row[FORMER]})
    return found


NOT_PLAIN = _(
    "“%(name)s” must be what its column holds: a line of text, a whole number, a date, true or "
    "false, or a list of lines."
)


def _column_label(model: type[models.Model], name: str, in_words: bool) -> str:
    field = cast("models.Field[Any, Any]", model._meta.get_field(name))
    return str(field.verbose_name) if in_words else name


def _require_column(model: type[models.Model], name: str, value: object, in_words: bool) -> None:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        field = None
    if field is None or not field.editable:
        reject("city.unknown_column", _("There is no column “%(name)s”.") % {"name": name})
    if not _is_plain(field, value):
        reject("city.not_plain", NOT_PLAIN % {"name": _column_label(model, name, in_words)})


def _is_plain(field: Any, value: object) -> bool:
    if value is None:
        return bool(field.null)
    if isinstance(field, models.BooleanField):
        return isinstance(value, bool)
    if isinstance(field, models.JSONField):
        return isinstance(value, list) and all(_is_line(part) for part in value)
    if isinstance(field, models.ForeignKey):
        return _is_line(value)
    if isinstance(field, models.FloatField):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return _is_line(value) or (isinstance(value, int | date) and not isinstance(value, bool))


def _is_line(value: object) -> bool:
    return isinstance(value, str) and value.isprintable()


def join_errors(wrong: ValidationError, model: type[models.Model] | None = None) -> str:
    """Validation errors by column; of the row as a whole without one. ``model``: columns are named
    as pages name them."""
    if not hasattr(wrong, "error_dict"):
        return " ".join(wrong.messages)
    return " ".join(
        " ".join(messages)
        if name == "__all__"
        else f"{_column_label(model, name, True) if model else name}: {' '.join(messages)}"
        for name, messages in wrong.message_dict.items()
    )
