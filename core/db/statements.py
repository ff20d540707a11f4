"""Queries of the hot paths, compiled by the ORM once per process instead of at every request.

Django builds each query anew: of posting a remark that was more than half of the processor's time.
Where many people come at once the same query is therefore built once, and asked with other values:

    _OPEN = Statement(lambda: Petition.objects.open().filter(pk=Asked("pk")))

    petition = _OPEN.first(pk=12)            # what .filter(pk=12).first() would give
    insert(Signature(petition=petition, by=user))   # what .save(force_insert=True) would write

PostgreSQL prepares them too (docs/adr/0006). A page that is read now and then needs none of this.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Iterable, Sequence
from functools import cached_property, lru_cache, partial
from typing import Any, NamedTuple, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Expression, Func, Value
from django.db.models.base import ModelState
from django.db.models.expressions import DatabaseDefault
from django.db.models.query import get_related_populators
from django.db.models.signals import post_init, pre_init
from psycopg.sql import Literal

from core.domain.counters import write_last


class Asked(Expression):
    """A place in a Statement for a value that is told when it is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", (self,)


class AskedAnyOf(Value):
    """The same for any of a list: ``filter(parent=AskedAnyOf("parents"))``."""

    def __init__(self, name: str) -> None:
        super().__init__(None)
        self.asked = Asked(name)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "ANY(%s)", (self.asked,)


class IsAnyOf(Func):
    """Is one of the rows of a query, as an array: ``filter(IsAnyOf("pk", newest))``, for the few
    rows that a page shows of many, joined to a dozen tables.

    Planning so many joins takes longer than the page, and PostgreSQL plans a prepared statement
    anew each time as long as that seems to pay: where it believes that one owner has fewer rows
    than another. Of an array it believes the same of all, so it keeps its plan (ADR 114).
    """

    template, arg_joiner = "(%(expressions)s))", " = ANY("
    output_field = models.BooleanField()

    def __init__(self, column: str, rows: models.QuerySet[Any, Any], *, of: str = "") -> None:
        """``of``: the column of ``rows``, where it is called otherwise than ``column``."""
        super().__init__(column, ArraySubquery(rows.values(of or column)))


class Statement[M: models.Model]:
    """A queryset of ``Asked`` values, compiled at its first use. Threads may share it.

    ``rows`` makes it; it may name related models (``select_related``), annotations and fewer
    columns (``only``; ``values_list``, whose rows are tuples), but prefetches nothing. The values
    of a call are keywords, one for each ``Asked`` (a missing one is a KeyError); they reach
    PostgreSQL as they are told, so tell an id and not its object. ``lock`` ends the statement («FOR
    SHARE», which Django does not know).
    """

    def __init__(self, rows: Callable[[], models.QuerySet[M]], *, lock: str = "") -> None:
        self._rows = rows
        self._lock = lock

    def all(self, **asked: Any) -> list[M]:
        """The rows for these values."""
        made = self._compiled
        params = [asked[one.name] if isinstance(one, Asked) else one for one in made.params]
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(made.sql, params)
            return [made.read(row) for row in cursor.fetchall()]

    def first(self, **asked: Any) -> M | None:
        """The first of them, or None."""
        return next(iter(self.all(**asked)), None)

    @cached_property
    def _compiled(self) -> _Compiled:
        return _Compiled(self._rows(), self._lock)


def _with_constants(sql: str, params: Iterable[Any]) -> tuple[str, list[Any]]:
    """The statement with its constants written out, and the parameters that are left: for each
    call to tell, or of other types.

    Of a parameter PostgreSQL's kept plan knows nothing. A statement whose LIMIT or whose kinds were
    parameters so seemed cheaper with a plan of its own, and was planned anew at each call, which
    takes longer than the statement (ADR 114).
    """
    each, left = iter(params), []

    def write_constant(place: re.Match[str]) -> str:
        if place[0] == "%%":
            return "%%"
        value = next(each)
        match value:
            case bool():
                return str(value)
            case int():
                return str(int(value))  # a choice's number, too
            case str():
                return Literal(str.__str__(value)).as_string().replace("%", "%%")
        left.append(value)
        return "%s"

    return re.sub("%[%s]", write_constant, sql), left


class _Compiled:
    """A compiled queryset: its SQL, its parameters, and how a row becomes an object.

    This is Django's own ModelIterable, with everything that no row changes done beforehand.
    """

    def __init__(self, rows: models.QuerySet[Any], lock: str) -> None:
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, self.params = _with_constants(*compiler.as_sql())
        self.sql = f"{sql} {lock}".rstrip()
        info, select = compiler.klass_info, compiler.select
        columns = [column for column, _sql, _alias in select[: compiler.col_count]]
        self._converters = tuple(compiler.get_converters(columns).items())
        self._make = None
        if cast(Any, rows)._fields is not None:  # of values_list
            return
        fields = info["select_fields"]
        self._own = slice(fields[0], fields[-1] + 1)
        names = [column.target.attname for column, _sql, _alias in select[self._own]]
        mode = cast(Any, rows)._fetch_mode
        self._make = maker_of(info["model"], names, mode)
        self._related = get_related_populators(info, select, DEFAULT_DB_ALIAS, mode)
        _make_quickly(self._related, mode)
        self._facts = tuple((compiler.annotation_col_map or {}).items())

    def read(self, row: Iterable[Any]) -> Any:
        values = list(row)
        for place, (converters, column) in self._converters:
            for convert in converters:
                values[place] = convert(values[place], column, connections[DEFAULT_DB_ALIAS])
        if self._make is None:
            return tuple(values)
        made = self._make(values[self._own])
        for related in self._related:
            related.populate(values, made)
        for name, place in self._facts:
            setattr(made, name, values[place])
        return made


def maker_of[M: models.Model](
    model: type[M], names: Sequence[str], mode: Any = None
) -> Callable[[Sequence[Any]], M]:
    """Function that makes an object of the values of these columns, as ``model.from_db`` does.

    Django's own goes through ``__init__``, which asks every field and sends two signals: a sixth of
    drawing the first page. What nobody listens to and no model overrides is left out.
    """
    overridden = model.__init__ is not models.Model.__init__
    if overridden or pre_init.has_listeners(model) or post_init.has_listeners(model):
        return partial(model.from_db, DEFAULT_DB_ALIAS, names, fetch_mode=mode)

    def make(values: Sequence[Any]) -> M:
        made = model.__new__(model)
        made._state = state = ModelState()
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        if mode is not None:
            cast(Any, state).fetch_mode = mode
        vars(made).update(zip(names, values, strict=True))
        return made

    return make


def _make_quickly(related: Iterable[Any], mode: Any) -> None:
    """The same for objects that are read with others."""
    for each in related:
        make = maker_of(each.model_cls, each.init_list, mode)
        each.from_db = lambda _db, _names, values, make=make: make(values)
        _make_quickly(each.related_populators, mode)


def insert[M: models.Model](made: M) -> M:
    """Write a new object as ``save(force_insert=True)`` does, and return it with its key and
    whatever else the database has computed. No signals are sent."""
    sql, values, returned = _insert_of(made)
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, values)
        if returned:
            for name, value in zip(returned, cast(Any, cursor.fetchone()), strict=True):
                setattr(made, name, value)
    made._state.adding, made._state.db = False, DEFAULT_DB_ALIAS
    return made


def insert_last[M: models.Model](made: M) -> M:
    """The same when the action ends (core.domain.counters), before its counts: no round trip of its
    own.

    For a row of which the database computes nothing, and which nobody reads before.
    """
    sql, values, returned = _insert_of(made)
    if returned:
        raise TypeError(f"the database computes {', '.join(returned)} of {made._meta.label}")
    write_last("", sql, values)
    made._state.adding, made._state.db = False, DEFAULT_DB_ALIAS
    return made


def insert_last_unread(made: models.Model) -> None:
    """The same for a row whose key nobody asks for: ``made`` does not get it."""
    write_last("", *insert_statement(made))


def insert_statement(
    made: models.Model, *, without: Collection[str] = (), **computed: str
) -> tuple[str, list[Any]]:
    """The statement that writes a new object and its values, without RETURNING.

    For a statement that adds to it (WITH, RETURNING). ``computed``: the SQL of columns that it
    computes itself, by their attributes. ``without``: attributes that are None, which it need not
    name.
    """
    names, values = _columns_and_values(made, {*computed, *without})
    sql, _returning, _names = _insert_sql(type(made), names, tuple(computed.items()))
    return sql, values


def _insert_of(made: models.Model) -> tuple[str, list[Any], tuple[str, ...]]:
    """The statement, its values, and the attributes that its answer gives."""
    names, values = _columns_and_values(made)
    sql, returning, returned = _insert_sql(type(made), names)
    return sql + returning, values, returned


class _Column(NamedTuple):
    """A column that a new row may be told. ``saves``: its field makes the value as it is written
    (``auto_now_add``). ``plain``: the type whose values go to PostgreSQL as they are."""

    name: str
    field: Any
    is_key: bool
    saves: bool
    plain: type | None


def _columns_and_values(
    made: models.Model, but: Container[str] = ()
) -> tuple[tuple[str, ...], list[Any]]:
    """The attributes that the object has values for (its key, where it was told one), and these
    values as they are written. A field is asked only for what is neither NULL nor plain."""
    connection = connections[DEFAULT_DB_ALIAS]
    names, values = [], []
    for name, field, is_key, saves, plain in _columns(type(made)):
        value = getattr(made, name)
        kind = type(value)
        if kind is DatabaseDefault or (is_key and value is None) or name in but:
            continue
        if saves:
            value = field.pre_save(made, add=True)
            kind = type(value)
        if not (value is None or kind is plain):
            value = field.get_db_prep_save(value, connection)
        names.append(name)
        values.append(value)
    return tuple(names), values


#: Of these fields the type whose values are written as they are.
_PLAIN: dict[type[models.Field[Any, Any]], type] = {
    models.BigAutoField: int,
    models.BooleanField: bool,
    models.CharField: str,
    models.TextField: str,
}


def _plain_type(field: models.Field[Any, Any]) -> type | None:
    while isinstance(field, models.ForeignKey):  # written as the key that it holds
        field = field.target_field
    return _PLAIN.get(type(field))


def _makes_value(field: models.Field[Any, Any]) -> bool:
    if isinstance(field, models.DateField):
        return field.auto_now or field.auto_now_add
    return type(field).pre_save is not models.Field.pre_save


@lru_cache(maxsize=256)
def _columns(model: type[models.Model]) -> tuple[_Column, ...]:
    """The columns that a new row may be told; the database makes the others itself."""
    return tuple(
        _Column(
            field.attname,
            field,
            is_key=isinstance(field, models.AutoField),
            saves=_makes_value(field),
            plain=_plain_type(field),
        )
        for field in model._meta.local_concrete_fields
        if not field.generated
    )


@lru_cache(maxsize=256)
def _insert_sql(
    model: type[models.Model], names: tuple[str, ...], computed: tuple[tuple[str, str], ...] = ()
) -> tuple[str, str, tuple[str, ...]]:
    """INSERT, its RETURNING, and the attributes that this gives."""
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    columns = {column.name: column.field.column for column in _columns(model)}
    written = ", ".join(quote(columns[name]) for name in (*names, *dict(computed)))
    places = ", ".join(["%s"] * len(names) + [sql for _name, sql in computed])
    told = f"({written}) VALUES ({places})" if written else "DEFAULT VALUES"
    returned = [field for field in model._meta.db_returning_fields if field.attname not in names]
    returning = ", ".join(quote(str(field.column)) for field in returned)
    return (
        f"INSERT INTO {quote(model._meta.db_table)} {told}",
        f" RETURNING {returning}" if returned else "",
        tuple(field.attname for field in returned),
    )
