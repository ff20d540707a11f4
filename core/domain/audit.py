"""The audit trail of actions: who did what to which object, in ids alone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from core.domain.counters import write_last
from core.domain.events import Event
from core.models import AuditEntry

_RECORD = f"""
INSERT INTO {AuditEntry._meta.db_table} (event, actor, ids)
SELECT * FROM unnest(%s::text[], %s::bigint[], %s::text[]::jsonb[])
"""  # noqa: S608 - the table's name comes from the model


def record(events: Iterable[Event]) -> None:
    """Write an AuditEntry for each audited event (its fields are ids, never names or text), with
    the last statements of the action under way."""
    entries = [(event.name, asdict(event)) for event in events if event.audited]
    if entries:
        names, all_ids = zip(*entries, strict=True)
        actors = [ids.get("by_id") for ids in all_ids]
        write_last("", _RECORD, [list(names), actors, [json.dumps(ids) for ids in all_ids]])
