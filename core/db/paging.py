"""Keyset pagination: the next page starts after the last row, however long the list.

    page = page_of(remarks, order=("-comment__score", "-pk"), after=request.GET.get("after"))
    page.items, page.next_cursor, page.previous_cursor

A cursor is opaque text for the address: the values of the order's columns in the row where the
page begins or ends, and which way to go from it. It names no page number, so rows that come and go
meanwhile neither repeat nor hide another.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import BadRequest, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Field, Model, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

SIZE = 20
#: A longer cursor was not made here.
LONGEST_CURSOR = 500


class BadCursor(BadRequest):
    """The cursor was not made for this list: Django answers 400. ``code`` is for the API."""

    code = "paging.bad_cursor"
    message = _("This page of the list does not exist. Begin with the first one.")

    def __str__(self) -> str:
        return str(self.message)


@dataclass(frozen=True, slots=True)
class Page[T]:
    """Some rows of a list, and the cursors of its neighbours ("" where there is none)."""

    items: list[T]
    next_cursor: str = ""
    previous_cursor: str = ""

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __bool__(self) -> bool:
        return bool(self.items)


def page_of(
    queryset: QuerySet[Any],
    *,
    order: Sequence[str] = ("-id",),
    after: str | None = None,
    size: int = SIZE,
    strict: bool = False,
) -> Page[Any]:
    """One page of at most ``size`` rows; one query.

    ``order``: columns, ``-`` for descending, related (``comment__score``) or annotated ones too;
    none may be null, and together they must be unique (end with the key). Columns of one direction
    are compared as a row, which an index on them answers. Related ones must be reachable from the
    row without a query (``select_related``). ``after``: a cursor from a page of the same order. A
    wrong one gives the first page; with ``strict`` it raises BadCursor.
    """
    ordered = queryset.order_by(*order)
    try:
        cursor = _read(after, ordered, order) if after else None
    except BadCursor:
        if strict:
            raise
        cursor = None
    if cursor is None:
        return first_page(list(ordered[: size + 1]), order=order, size=size)
    forward, values = cursor
    ways = [_way(name, forward) for name in order]
    rows = list(
        queryset.filter(_beyond(ways, values)).order_by(*(sign + name for sign, name in ways))[
            : size + 1
        ]
    )
    more, rows = len(rows) > size, rows[:size]
    if not rows:
        # What was there is gone: better the beginning than an empty page without a way out.
        return page_of(queryset, order=order, size=size)
    if not forward:
        rows.reverse()
    return Page(
        rows,
        _cursor("n", rows[-1], order) if more or not forward else "",
        _cursor("p", rows[0], order) if more or forward else "",
    )


def first_page(rows: list[Any], *, order: Sequence[str], size: int) -> Page[Any]:
    """The first page of rows in ``order`` that were read already, one more than fits if any."""
    return Page(rows[:size], _cursor("n", rows[size - 1], order) if len(rows) > size else "")


def count_beyond(queryset: QuerySet[Any], *, order: Sequence[str], cursor: str) -> int:
    """Number of rows that a page and those behind it hold, which begins at ``cursor``; one query.
    BadCursor for what ``page_of`` did not make."""
    forward, values = _read(cursor, queryset, order)
    return queryset.filter(_beyond([_way(name, forward) for name in order], values)).count()


def neighbours(page: Page[Any], query: QueryDict, parameter: str = "after") -> dict[str, str]:
    """``previous_url`` and ``next_url`` for components/pager: the page's own address with the rest
    of its ``query`` (request.GET) as it is; "" where there is no such page."""

    def url_of(cursor: str) -> str:
        if not cursor:
            return ""
        asked = query.copy()
        asked[parameter] = cursor
        return f"?{asked.urlencode()}"

    return {
        "previous_url": url_of(page.previous_cursor),
        "next_url": url_of(page.next_cursor),
    }


def _way(name: str, forward: bool) -> tuple[str, str]:
    """The column and the sign in which it runs when walking forward, or back."""
    descending = name.startswith("-")
    return ("-" if descending is forward else ""), name.removeprefix("-")


def _beyond(ways: list[tuple[str, str]], values: list[Any]) -> Any:
    """The condition of the rows that come after ``values`` on the way."""
    signs = {sign for sign, _name in ways}
    if len(signs) == 1 and len(ways) > 1:
        compare = TupleLessThan if signs == {"-"} else TupleGreaterThan
        return compare(Tuple(*(F(name) for _sign, name in ways)), tuple(values))
    condition = Q()
    for place, (sign, name) in enumerate(ways):
        equal = {before: value for (_s, before), value in zip(ways[:place], values, strict=False)}
        operator = "lt" if sign else "gt"
        condition |= Q(**equal, **{f"{name}__{operator}": values[place]})
    # Says the same once more of the first column alone, so that an index can begin there.
    sign, name = ways[0]
    return Q(**{f"{name}__{'lte' if sign else 'gte'}": values[0]}) & condition


def _cursor(way: str, row: Model, order: Sequence[str]) -> str:
    values = [_value(row, name.removeprefix("-")) for name in order]
    text = json.dumps([way, *values], cls=DjangoJSONEncoder, separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _value(row: Any, name: str) -> Any:
    for step in name.split("__"):
        row = getattr(row, step)
    if hasattr(row, "isoformat"):
        return row.isoformat()  # to the microsecond: DjangoJSONEncoder would cut it
    return row


def _read(cursor: str, queryset: QuerySet[Any], order: Sequence[str]) -> tuple[bool, list[Any]]:
    """Whether to walk forward, and from which values. BadCursor for what was not made here."""
    fields = [_field(queryset, name.removeprefix("-")) for name in order]
    if len(cursor) > LONGEST_CURSOR:
        raise BadCursor
    try:
        way, *given = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        values = [_clean_value(field, value) for field, value in zip(fields, given, strict=True)]
    except (ValueError, TypeError, ValidationError, OverflowError, RecursionError) as error:
        raise BadCursor from error
    if way not in ("n", "p"):
        raise BadCursor
    return way == "n", values


def _clean_value(field: Field[Any, Any], given: Any) -> Any:
    """The value as the column takes it; ValueError or ValidationError for any other."""
    if not isinstance(given, str | int | float) or "\0" in str(given):
        raise ValueError(given)
    value = field.to_python(given)
    field.run_validators(value)
    if value is None or (isinstance(value, datetime) and value.tzinfo is None):
        raise ValueError(given)
    return value


def _field(queryset: QuerySet[Any], name: str) -> Field[Any, Any]:
    """Field of a column: a related one's, an annotation's, a generated one's."""
    field = F(name).resolve_expression(queryset.query.clone()).output_field
    field = getattr(field, "target_field", field)
    return getattr(field, "output_field", None) or field
