"""The beginning of the record: what is older than it is entered as it stands, once.

From then on it is provable; what it was before is not (ADR 93). A procedure whose
beginning is in the record already is left alone: what differs from its rows there is a fault, not
something to be entered.
"""

from __future__ import annotations

from itertools import batched

from django.db import connection

from core.audit_log.comparing import BATCH, BEGUN, RecordSource, last_rows, sources, stands
from core.domain.actions import action
from core.domain.audit import enter
from core.domain.records import Thing

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('audit.record:' || %s, 0))"


def begin_record() -> int:
    """Enter all procedures that the record does not know yet; returns how many."""
    begun = 0
    for source in sources():
        for of in source.subjects():
            begun += _begin(of, source)
    return begun


def _begin(of: str, source: RecordSource) -> bool:
    """Enter one, in one transaction: afterwards either all of it is in the record, or nothing."""
    with action(), connection.cursor() as cursor:
        cursor.execute(_LOCK, [of])
        last = last_rows(of)
        if any(source.first in ("", kind) for kind, _number in last):
            return False
        there = (
            each
            for each in source.things(of)
            if isinstance(each, Thing) and not stands(each, last.get((each.kind, each.number)))
        )
        for rows in batched(there, BATCH):
            enter(BEGUN, by_id=None, ids={"of": of}, rows=rows)
        return True
