"""The class of datasets: columns, rows, topics and the ETag."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F, Max, Min, Model, QuerySet, Value
from django.db.models.functions import Greatest
from django.utils.functional import Promise

from core.domain import council

type Words = str | Promise
#: A row's values, in the order of the dataset's columns.
type Row = Sequence[Any]

#: Rows that are in memory at a time.
AT_ONCE = 500
#: Kind of a column -> how a JSON Schema says it.
KINDS: dict[str, dict[str, str]] = {
    "text": {"type": "string"},
    "whole": {"type": "integer"},
    "number": {"type": "number"},
    "yes_no": {"type": "boolean"},
    "day": {"type": "string", "format": "date"},
    "moment": {"type": "string", "format": "date-time"},
    "link": {"type": "string", "format": "uri"},
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the same in every language, its kind (of ``KINDS``), its title, and what
    else there is to say of it. One that is not ``filled`` is empty in some rows."""

    name: str
    kind: str
    title: Words
    words: Words = ""
    filled: bool = False


@dataclass(frozen=True, slots=True)
class More:
    """A page or a file that holds more than the dataset: a route without arguments, its name."""

    route: str
    title: Words


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table that anybody may download.

    ``version``: of the columns, raised when one of them changes (tests/portal/opendata/).
    ``rows``: all of them, read in bounded memory. ``topics``: topics, and what topics of single
    things begin with ("petition:"), whose ``seq`` moves with everything in the rows. ``first``,
    ``last``: columns of ``span``'s rows that say since when there are any and when one changed.
    """

    slug: str
    version: int
    title: Words
    words: Words
    keywords: tuple[Words, ...]
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Row]]
    topics: tuple[str, ...]
    span: Callable[[], QuerySet[Any]]
    first: str
    last: tuple[str, ...]
    more: tuple[More, ...] = ()
    #: What else is part of the ETag, where rows change without a topic.
    stamp: Callable[[], str] = str

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def etag(self, kind: str) -> str:
        """The ETag of a file of this kind: one query, and those of ``stamp``.

        It is asked before the rows are read, so that a file can only be newer than it says.
        """
        return f"{self.slug}-{self.version}-{kind}-{_sum_seqs(self.topics)}{self.stamp()}"

    def times(self) -> tuple[datetime | None, datetime | None]:
        """Since when it has rows, and when one was last added or changed; None: it has none."""
        return times_of([self])[self.slug]


def columns_of(described: Mapping[str, tuple[str, Words]], **words: Words) -> tuple[Column, ...]:
    """Columns by name -> kind and title; a kind with ``!`` is filled in every row. ``words``: what
    else is said of some."""
    return tuple(
        Column(name, kind.removesuffix("!"), title, words.get(name, ""), kind.endswith("!"))
        for name, (kind, title) in described.items()
    )


def times_of(
    datasets: Sequence[Dataset],
) -> dict[str, tuple[datetime | None, datetime | None]]:
    """``Dataset.times`` of each by its slug: one query for all."""
    first, *others = [_times(each) for each in datasets]
    rows = first.union(*others, all=True) if others else first
    found = {slug: (since, last) for slug, since, last in rows}
    return {each.slug: found.get(each.slug, (None, None)) for each in datasets}


def _times(dataset: Dataset) -> QuerySet[Any, Any]:
    last = dataset.last
    newest = Greatest(*last) if len(last) > 1 else F(last[0])
    rows: QuerySet[Any, Any] = (
        dataset.span()
        .order_by()
        .annotate(dataset=Value(dataset.slug))
        .values("dataset")
        .annotate(first_at=Min(dataset.first), last_at=Max(newest))
        .values_list("dataset", "first_at", "last_at")
    )
    return rows


def _sum_seqs(topics: Sequence[str]) -> int:
    """The sum of the topics' counters, which only rise: it moves with each of them. Those of single
    things are found by what they begin with, in the table's key: one query."""
    names = [council.TOPIC, *(topic for topic in topics if not topic.endswith(":"))]
    begins = [topic for topic in topics if topic.endswith(":")]
    within = " OR ".join("name >= %s AND name < %s" for _each in begins)
    # ";" comes after ":".
    bounds = [bound for each in begins for bound in (each, each.removesuffix(":") + ";")]
    statement = "SELECT coalesce(sum(seq), 0)::bigint FROM core_topic WHERE name = ANY(%s)"
    if within:
        statement += f" OR {within}"
    with connection.cursor() as cursor:
        cursor.execute(statement, [names, *bounds])
        return int(cursor.fetchone()[0])


def chunks_of[M: Model](rows: QuerySet[M]) -> Iterator[list[M]]:
    """Lists of AT_ONCE rows in the order of their keys; what is prefetched comes with each list."""
    ordered = rows.order_by("pk")
    found = list(ordered[:AT_ONCE])
    while found:
        yield found
        is_last = len(found) < AT_ONCE
        found = [] if is_last else list(ordered.filter(pk__gt=found[-1].pk)[:AT_ONCE])
