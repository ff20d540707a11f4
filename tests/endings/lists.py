"""Lists as pages draw them: each call of ``page_of`` in the product, and what it was given."""

from __future__ import annotations

import ast
import copy
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, models, transaction
from django.db.models import QuerySet
from django.db.models import query as queries
from django.db.models.lookups import Exact

from core.db import paging

_ROOT = Path(settings.BASE_DIR)
_APPS = sorted(path.parent for path in _ROOT.glob("*/apps.py") if path.parent.name != "tests")
_TOOL = 4


@dataclass(frozen=True)
class Site:
    """A call of ``page_of`` in the product."""

    file: str
    line: int
    order: ast.expr | None


@dataclass(frozen=True)
class Asked:
    """A page of a list that a view has asked for."""

    place: tuple[str, int]
    queryset: QuerySet[Any]
    order: tuple[str, ...]


@cache
def trees() -> dict[str, ast.Module]:
    """Each file of the product that has to do with paging, migrations left out."""
    files = (path for app in _APPS for path in app.rglob("*.py") if "migrations" not in path.parts)
    texts = {str(path.relative_to(_ROOT)): path.read_text() for path in files}
    about = ("page_of(", ".page(", "ORDER")
    return {
        file: ast.parse(text) for file, text in texts.items() if any(word in text for word in about)
    }


def sites() -> Iterator[Site]:
    """Every call of ``page_of``, and of ``page`` in views of the API, with its order."""
    for file, tree in trees().items():
        if file in ("core/db/paging.py", "core/api/views.py"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _is_paging(node.func):
                order = next((word.value for word in node.keywords if word.arg == "order"), None)
                yield Site(file, node.lineno, order)


def _is_paging(func: ast.expr) -> bool:
    if isinstance(func, ast.Attribute):
        is_own = isinstance(func.value, ast.Name) and func.value.id == "self"
        return func.attr == "page_of" or (func.attr == "page" and is_own)
    return isinstance(func, ast.Name) and func.id == "page_of"


def orders() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every order that stands in a constant of the product called so, by ``file NAME``."""
    for file, tree in trees().items():
        for node in tree.body:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", 0)]
            names = [each.id for each in targets if isinstance(each, ast.Name)]
            value = getattr(node, "value", None)
            if names and "ORDER" in names[0] and names[0] != "LOCK_ORDER" and value is not None:
                for each in ast.walk(value):
                    if (columns := literal(each)) is not None:
                        yield f"{file} {names[0]}", columns


def literal(node: ast.AST | None) -> tuple[str, ...] | None:
    """The columns of an order that is written out; None for anything else."""
    if not isinstance(node, ast.Tuple) or not node.elts:
        return None
    found = [each.value for each in node.elts if isinstance(each, ast.Constant)]
    words = tuple(each for each in found if isinstance(each, str))
    return words if len(words) == len(node.elts) else None


@contextmanager
def watching() -> Iterator[list[Asked]]:
    """What ``page_of`` is called with meanwhile."""
    asked: list[Asked] = []
    code, monitoring = paging.page_of.__code__, sys.monitoring

    def note(_code: object, _offset: int) -> None:
        frame = sys._getframe(1)
        given, caller = frame.f_locals, frame.f_back
        while caller and caller.f_code.co_filename.endswith("core/api/views.py"):
            caller = caller.f_back
        if caller is not None:
            file = str(Path(caller.f_code.co_filename).relative_to(_ROOT))
            place = file, caller.f_lineno
            asked.append(Asked(place, given["queryset"], tuple(given["order"])))

    monitoring.use_tool_id(_TOOL, "lists")
    monitoring.register_callback(_TOOL, monitoring.events.PY_START, note)
    monitoring.set_local_events(_TOOL, code, monitoring.events.PY_START)
    try:
        yield asked
    finally:
        monitoring.set_local_events(_TOOL, code, 0)
        monitoring.free_tool_id(_TOOL)


@contextmanager
def each_row_thrice() -> Iterator[None]:
    """Every row that a queryset of models reads comes three times: what asks a query a row shows.

    One row that was asked for alone (``get``, ``first``) stays one.
    """
    read = queries.ModelIterable.__iter__

    def thrice(self: Any) -> Iterator[Any]:
        query = self.queryset.query
        most = query.high_mark - query.low_mark if query.high_mark is not None else None
        # What ``get`` reads is in no order.
        is_one = most == 1 or (most == queries.MAX_GET_RESULTS and not query.order_by)
        for row in read(self):
            yield row
            if not is_one:
                yield copy.copy(row)
                yield copy.copy(row)

    queries.ModelIterable.__iter__ = thrice  # type: ignore[method-assign]
    try:
        yield
    finally:
        queries.ModelIterable.__iter__ = read  # type: ignore[method-assign]


def is_unique(queryset: QuerySet[Any], order: Sequence[str]) -> bool:
    """Whether no two rows can be equal in all columns of the order: one of them is unique, or they
    are with what the queryset holds fast."""
    names = {name.removeprefix("-") for name in order}
    for name in names:
        field = _field_of(queryset.model, name)
        if field is not None and (field.primary_key or field.unique):
            return True
    known = {getattr(_field_of(queryset.model, name), "name", name) for name in names}
    known |= {
        lookup.lhs.target.name
        for lookup in queryset.query.where.children
        if isinstance(lookup, Exact) and hasattr(lookup.lhs, "target")
    }
    return any(
        set(constraint.fields) <= known and constraint.condition is None
        for constraint in queryset.model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields
    )


def without_value(queryset: QuerySet[Any], order: Sequence[str]) -> list[str]:
    """Columns of the order that are null in some row: it would be on no page after the first."""
    names = [name.removeprefix("-") for name in order]
    fields = {name: _field_of(queryset.model, name) for name in names}
    loose = [name for name, field in fields.items() if field is None or field.null]
    return [name for name in loose if queryset.filter(**{f"{name}__isnull": True}).exists()]


def _field_of(model: type[models.Model], path: str) -> models.Field[Any, Any] | None:
    """The column; None where it is an annotation, or no key of one row leads to it."""
    found: Any = None
    for step in path.split("__"):
        if step == "pk":
            found = model._meta.pk
        else:
            fields = {each.name: each for each in model._meta.get_fields()}
            attnames = {getattr(each, "attname", ""): each for each in model._meta.concrete_fields}
            found = fields.get(step) or attnames.get(step)
        if not isinstance(found, models.Field):
            return None
        model = found.related_model if isinstance(found.related_model, type) else model
    return found if isinstance(found, models.Field) else None


def make_equal(queryset: QuerySet[Any], order: Iterable[str]) -> None:
    """Give all rows the same value in each column of the order that the database lets be equal."""
    table = queryset.model._base_manager
    for name in order:
        field = _field_of(queryset.model, name.removeprefix("-"))
        if (
            field is None
            or "__" in name
            or field.unique
            or isinstance(field, models.GeneratedField)
        ):
            continue
        first = table.exclude(**{f"{field.name}__isnull": True}).values_list(field.attname).first()
        if first is None:
            continue
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL session_replication_role = replica")  # no triggers
                table.update(**{field.attname: first[0]})
                cursor.execute("SET LOCAL session_replication_role = origin")
        except DatabaseError:
            continue
