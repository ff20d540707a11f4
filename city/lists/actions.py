"""Add, change, close, open again and remove a row of the council's own data.

Nothing that something refers to is removed, and PostgreSQL's foreign keys see to it: a row that is
in use is closed, is offered for nothing new, and stays named where it was used.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext_lazy as _

from city import rules
from city.events import MartialLawChanged
from city.lists.lines import in_lines
from city.lists.tables import TABLES, closing_column, guard, is_closed, table_of
from city.models import Change, MartialLawPeriod
from city.rules import Actor
from city.trace import name_of, record_change
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import reject, require

type Periods = tuple[tuple[date, date | None], ...]

IN_USE = _("Something refers to it: close it instead.")
TAKEN = _("Another row like this was stored at the same moment. Look at the list first.")


def add(table: str, values: Mapping[str, Any], *, by: Actor | None) -> Any:
    """Put a row into ``table``. Raises ValidationError for values that its columns do not take.

    Refuses by rules.change. Emits CityChanged, and MartialLawChanged for a period.
    """
    with action():
        require(rules.change(by))
        row = TABLES[table][0]()
        _store(row, values, by)
        created(row)
        return row


def change[M: models.Model](row: M, values: Mapping[str, Any], *, by: Actor | None) -> M:
    """Give a row other values; does nothing where they are the same.

    Raises ValidationError for values that its columns do not take. Refuses by rules.change,
    rules.change_columns and by what guards the table. Emits CityChanged, and MartialLawChanged for
    a period.
    """
    with action():
        require(rules.change(by))
        row = locked(row)
        _store(row, values, by)
        return row


def close[M: models.Model](row: M, *, by: Actor | None) -> M:
    """Offer it for nothing new from now on. Refuses by rules.close. Emits CityChanged."""
    with action():
        require(rules.change(by))
        row = locked(row)
        require(rules.close(is_closed=is_closed(row)))
        return _set_closed(row, by, closed=True)


def reopen[M: models.Model](row: M, *, by: Actor | None) -> M:
    """Offer it again. Refuses by rules.reopen. Emits CityChanged."""
    with action():
        require(rules.change(by))
        row = locked(row)
        require(rules.reopen(is_closed=is_closed(row)))
        return _set_closed(row, by, closed=False)


def remove(row: models.Model, *, by: Actor | None) -> None:
    """Delete a row to which nothing refers. Refuses with ``city.in_use``. Emits CityChanged."""
    with action():
        require(rules.change(by))
        row = locked(row)
        values = {name: (value, None) for name, value in _values(row).items()}
        pk, former = row.pk, _periods(row)
        if _is_in_use(row):
            reject("city.in_use", IN_USE)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                # Django's delete() would take themes off petitions and districts out of them:
                # here the database alone says whether anything refers to it.
                rows = type(row)._base_manager.filter(pk=pk)
                rows._raw_delete(rows.db)
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        except IntegrityError:
            reject("city.in_use", IN_USE)
        record_change(
            Change.Verb.REMOVED, table_of(row), pk, name_of(row), values, by=by.pk if by else None
        )
        _announce(row, former, by)


def _is_in_use(row: models.Model) -> bool:
    """Whether anything refers to it: a query for each kind of thing that can, until one does."""
    fields: list[Any] = row._meta.get_fields(include_hidden=True)
    referring = (each for each in fields if each.auto_created and not each.concrete)
    return any(
        each.related_model._base_manager.filter(**{each.field.name: row.pk}).exists()
        for each in referring
    )


def _store(row: models.Model, values: Mapping[str, Any], by: Actor | None) -> None:
    """Write ``values`` into a row that is new or locked, with the trace of what is another now."""
    is_new = row.pk is None
    values = in_lines(type(row), values)
    before = {} if is_new else _values(row)
    changed = {name for name, value in values.items() if before.get(name) != value}
    if not is_new and changed:
        require(guard(row, changed))
        if closing_column(type(row)) == "closed_at":
            require(rules.change_columns(is_closed=is_closed(row)))
    former = _periods(row)
    for name, value in values.items():
        setattr(row, name, value)
    try:
        row.full_clean()
        with transaction.atomic():
            row.save()
    except IntegrityError:
        reject("city.row_taken", TAKEN)
    after = _values(row)
    moved = {
        name: (before.get(name), after[name]) for name in after if before.get(name) != after[name]
    }
    if not moved:
        return
    verb = Change.Verb.ADDED if is_new else Change.Verb.CHANGED
    record_change(verb, table_of(row), row.pk, name_of(row), moved, by=by.pk if by else None)
    _announce(row, former, by)


def _set_closed[M: models.Model](row: M, by: Actor | None, *, closed: bool) -> M:
    column = closing_column(type(row))
    before = getattr(row, column)
    after = not closed if column == "in_force" else (clock.now() if closed else None)
    if column == "in_force":
        require(guard(row, [column]))
    setattr(row, column, after)
    row.save(update_fields=[column])
    verb = Change.Verb.CLOSED if closed else Change.Verb.REOPENED
    values = {column: (before, after)}
    record_change(verb, table_of(row), row.pk, name_of(row), values, by=by.pk if by else None)
    return row


def _periods(row: models.Model) -> Periods:
    """The periods of martial law until now, where ``row`` is one."""
    if not isinstance(row, MartialLawPeriod):
        return ()
    return tuple(MartialLawPeriod.objects.values_list("starts_on", "ends_on"))


def _announce(row: models.Model, former: Periods, by: Actor | None) -> None:
    if isinstance(row, MartialLawPeriod):
        emit(MartialLawChanged(former, by.pk if by else None))


def _values(row: models.Model) -> dict[str, Any]:
    """Values that people give a row: its columns without those that we write."""
    fields = (field for field in row._meta.fields if field.editable and not field.primary_key)
    return {field.name: getattr(row, field.name) for field in fields}
