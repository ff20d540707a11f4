"""The tables of the council's own data, and what guards the rows of those of upper apps."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db import models

from city.models import (
    AgeGroup,
    Department,
    District,
    LocalElection,
    MartialLawPeriod,
    Street,
    Theme,
)
from core.domain.rules import ALLOWED, Verdict

#: Each table of a description: its model, and the column that says which row is meant.
TABLES: dict[str, tuple[type[models.Model], str]] = {
    "department": (Department, "slug"),
    "theme": (Theme, "slug"),
    "district": (District, "slug"),
    "street": (Street, "slug"),
    "age": (AgeGroup, "since"),
    "martial_law": (MartialLawPeriod, "starts_on"),
    "election": (LocalElection, "starts_on"),
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


def table_of(row: models.Model) -> str:
    """The name of the row's table."""
    return next(name for name, (model, _key) in TABLES.items() if isinstance(row, model))


def guard(row: models.Model, columns: Collection[str]) -> Verdict:
    """Whether a stored row may get other values in ``columns``."""
    model = type(row)
    return _GUARDS[model](row, columns) if columns and model in _GUARDS else ALLOWED


def closing_column(model: type[models.Model]) -> str:
    """The column by which rows of ``model`` are closed; "": they are not."""
    columns = {field.name for field in model._meta.fields}
    return next((name for name in ("closed_at", "in_force") if name in columns), "")


def is_closed(row: models.Model) -> bool:
    """Whether it is offered for nothing new any more."""
    if closing_column(type(row)) == "in_force":
        return not row.in_force  # type: ignore[attr-defined]
    return getattr(row, "closed_at", None) is not None
