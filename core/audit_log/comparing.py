"""Comparison of the application's tables with the rows of record, both ways.

Apps say what procedures they hold (``record_source``); each tells its things as they stand now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import connection

from core.audit_log.records import Gone, Recorded, Thing, row_of

#: The event of rows that were written at the upgrade, of what is older than the record.
BEGUN = "RecordBegun"
#: Rows of one entry of these.
BATCH = 200


@dataclass(frozen=True, slots=True)
class RecordSource:
    """The procedures of an app: their names, and what each consists of.

    ``first``: the kind of thing with which the record of one begins; "": any.
    """

    first: str
    subjects: Callable[[], Iterable[str]]
    things: Callable[[str], Iterator[Recorded]]


@dataclass(frozen=True, slots=True)
class Last:
    """Content of a thing's last row."""

    sha256: str
    is_gone: bool


_sources: dict[str, RecordSource] = {}
_LAST = """
SELECT DISTINCT ON (kind, number) kind, number, sha256, starts_with(line, '{"gone"')
FROM audit.record WHERE "of" = %s ORDER BY kind, number, id DESC
"""
_RECORDED = 'SELECT DISTINCT "of" FROM audit.record WHERE starts_with("of", %s)'
_LAST_OF_THESE = """
SELECT DISTINCT ON (kind, number) kind, number, sha256, starts_with(line, '{"gone"')
FROM audit.record WHERE "of" = %s AND kind = %s AND number = ANY(%s)
ORDER BY kind, number, id DESC
"""


def record_source(prefix: str, source: RecordSource) -> None:
    """Register the procedures whose names begin with ``prefix``, as «consultation»."""
    _sources[prefix] = source


def sources() -> list[RecordSource]:
    """All that are registered, by the name of their procedures."""
    return [_sources[prefix] for prefix in sorted(_sources)]


def last_rows(of: str) -> dict[tuple[str, int], Last]:
    """The recorded state of each thing of a procedure, by its kind and number. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [of])
        return {(kind, number): Last(*rest) for kind, number, *rest in cursor.fetchall()}


def last_rows_of(of: str, kind: str, numbers: Iterable[int]) -> dict[int, Last]:
    """The same of some things of one kind. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_OF_THESE, [of, kind, list(numbers)])
        return {number: Last(*rest) for _kind, number, *rest in cursor.fetchall()}


def find_unrecorded(of: str, kind: str, things: Iterable[Recorded]) -> Iterator[Recorded]:
    """Those of the things, all of one kind, that the record says otherwise or does not know."""
    them = list(things)
    last = last_rows_of(of, kind, [each.number for each in them]) if them else {}
    for each in them:
        if not stands(each, last.get(each.number)):
            yield each


def find_faults(of: str, things: Iterable[Recorded]) -> Iterator[str]:
    """Differences between a procedure's things and their records, one sentence each."""
    last = last_rows(of)
    for each in things:
        row = last.pop((each.kind, each.number), None)
        if stands(each, row):
            continue
        where = f"{of}: {each.kind} {each.number}"
        if row is None:
            yield f"{where}: it stands in no row of record"
        elif row.is_gone:
            yield f"{where}: it is there, though the record says that it is gone"
        elif isinstance(each, Gone):
            yield f"{where}: it is gone, and the record does not say so"
        else:
            yield f"{where}: it is not what was recorded"
    for (kind, number), row in last.items():
        if not row.is_gone and kind not in COUNTED_ONCE:
            yield f"{of}: {kind} {number}: it was recorded, and is missing"


def _recorded_ids(prefix: str) -> set[str]:
    """The procedures of an app that are in the record. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_RECORDED, [f"{prefix}:"])
        return {of for (of,) in cursor.fetchall()}


def find_all_faults(each_compared: Callable[[], None] = lambda: None) -> Iterator[str]:
    """The same of all procedures, one at a time; ``each_compared`` is called after each."""
    for prefix in sorted(_sources):
        source, compared = _sources[prefix], set[str]()
        for of in source.subjects():
            yield from find_faults(of, source.things(of))
            compared.add(of)
            each_compared()
        # What the tables do not know as a procedure any more.
        for of in _recorded_ids(prefix) - compared:
            yield from find_faults(of, ())


#: Kinds whose rows outlive what they count, which is deleted after its term.
COUNTED_ONCE = frozenset({"notice"})


def stands(each: Recorded, row: Last | None) -> bool:
    """Whether the last row of a thing says what it is now."""
    if isinstance(each, Thing):
        return row is not None and row.sha256 == row_of(each)[-1]
    return each.by_term or row is None or row.is_gone
