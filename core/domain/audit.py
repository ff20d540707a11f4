"""The audit trail of actions: who did what to which object, in ids alone, and the rows of record of
what was published or decided by it (core.domain.records)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from core.db.counters import write_last
from core.domain.events import Event
from core.domain.records import Recorded, recorded_by, row_of
from core.models import AuditEntry, AuditRecord

_ENTER = f"""
INSERT INTO {AuditEntry._meta.db_table} (event, actor, ids)
SELECT * FROM unnest(%s::text[], %s::bigint[], %s::text[]::jsonb[])
"""  # noqa: S608 - the table's name comes from the model
_ENTER_WITH_ROWS = f"""
WITH entered AS ({_ENTER} RETURNING id, ids)
INSERT INTO {AuditRecord._meta.db_table} (entry, "of", kind, number, line, sha256)
SELECT entered.id, said.*
FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::text[], %s::text[])
    AS said ("of", kind, number, line, sha256)
JOIN (entered CROSS JOIN LATERAL jsonb_array_elements_text(entered.ids->'record') AS named (sha256))
    ON named.sha256 = said.sha256
ORDER BY entered.id, said.kind, said.number
"""  # noqa: S608 - the tables' names come from the models

type Entry = tuple[str, int | None, dict[str, Any]]


def record(events: Iterable[Event]) -> None:
    """Write an AuditEntry for each audited event (its fields are ids, never names or text) and its
    rows of record, with the last statements of the action under way."""
    audited = [event for event in events if event.audited]
    if not audited:
        return
    rows = recorded_by(audited)
    entries, said = [], []
    for place, event in enumerate(audited):
        ids = asdict(event)
        entries.append((event.name, ids.get("by_id"), ids))
        if of_event := rows.get(place):
            said += _name_rows(ids, of_event)
    _write(entries, said)


def enter(name: str, *, by_id: int | None, ids: dict[str, Any], rows: Sequence[Recorded]) -> None:
    """Write one entry with its rows of record, where no event does, when the action ends."""
    ids = dict(ids)
    _write([(name, by_id, ids)], _name_rows(ids, rows) if rows else [])


def _name_rows(ids: dict[str, Any], rows: Sequence[Recorded]) -> list[tuple[Any, ...]]:
    """Put the digests of the rows into the entry's ids, and leave out of them who acted: that is a
    column of its own, and whoever gets the evidence of a procedure is shown the ids."""
    ids.pop("by_id", None)
    said = [row_of(each) for each in rows]
    ids["record"] = sorted({row[-1] for row in said})
    return said


def _write(entries: Sequence[Entry], said: Sequence[tuple[Any, ...]]) -> None:
    names, actors, all_ids = zip(*entries, strict=True)
    values: list[Any] = [list(names), list(actors), [json.dumps(ids) for ids in all_ids]]
    if said:
        write_last("", _ENTER_WITH_ROWS, [*values, *map(list, zip(*said, strict=True))])
    else:
        write_last("", _ENTER, values)
