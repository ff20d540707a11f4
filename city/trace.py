"""The trace of changes of the council's own data: who, when, from which value to which."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import override

from city.events import CityChanged
from city.models import Change
from core.domain.events import emit


def record_change(
    verb: Change.Verb,
    table: str,
    row: int,
    name: str,
    values: Mapping[str, tuple[Any, Any]],
    *,
    by: int | None,
) -> Change:
    """Leave a trace inside an action. ``values``: by column, before and after. Emits CityChanged.

    ``by``: the person's id; None: the server's command line.
    """
    pairs = {column: [_plain(value) for value in pair] for column, pair in values.items()}
    change = Change.objects.create(
        by=by, verb=verb, table=table, row=row, name=name[:300], values=pairs
    )
    emit(CityChanged(change.pk, by))
    return change


def name_of(row: models.Model) -> str:
    """A row's name in the trace: in Ukrainian, whatever the language of the person changing it."""
    with override("uk"):
        return str(row)


def _plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, models.Model):
        return name_of(value)
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date | datetime) else value
