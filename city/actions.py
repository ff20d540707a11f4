"""What the council tells of itself: departments, themes, districts, ages, martial law."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext_lazy as _

from city.events import MartialLawChanged
from city.models import AgeGroup, Department, District, MartialLawPeriod, Theme
from core.actions import action
from core.events import emit
from core.rules import reject

#: Each table of a description: its model, and the column that says which row is meant.
TABLES: dict[str, tuple[type[models.Model], str]] = {
    "department": (Department, "slug"),
    "theme": (Theme, "slug"),
    "district": (District, "slug"),
    "age": (AgeGroup, "since"),
    "martial_law": (MartialLawPeriod, "starts_on"),
}


def describe(tables: Mapping[str, list[Mapping[str, Any]]]) -> dict[str, int]:
    """Put in the rows of ``tables``, or correct those that are there; all of them or none.

    ``tables``: by the names of TABLES, rows as columns. A row that is there is found by its slug
    (a period by its first day, an age by its years) and keeps the columns that are not named.
    Nothing is taken out: consultations refer to it. Returns how many rows each table had. Emits
    MartialLawChanged when the periods are among them. Refuses
    ``city.unknown_table``, ``city.unknown_column``, ``city.column_missing``; raises
    ValidationError for a value that its column does not take.
    """
    with action():
        for table in tables:
            if table not in TABLES:
                reject("city.unknown_table", _("There is no table “%(name)s”.") % {"name": table})
        done = {
            table: sum(bool(_put(*TABLES[table], row)) for row in rows)
            for table, rows in tables.items()
        }
        if done.get("martial_law"):
            emit(MartialLawChanged())
        return done


def _put(model: type[models.Model], key: str, row: Mapping[str, Any]) -> models.Model:
    if key not in row:
        reject("city.column_missing", _("A row has no “%(name)s”.") % {"name": key})
    found = model._default_manager.filter(**{key: row[key]}).first() or model()
    for name, value in row.items():
        try:
            known = model._meta.get_field(name).editable
        except FieldDoesNotExist:
            known = False
        if not known:
            reject("city.unknown_column", _("There is no column “%(name)s”.") % {"name": name})
        setattr(found, name, value)
    found.full_clean()
    found.save()
    return found
