"""The audit trail of actions: who did what to which object, in ids alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from core.domain.events import Event
from core.models import AuditEntry


def record(events: Iterable[Event]) -> None:
    """Write an AuditEntry for each audited event (its fields are ids, never names or text)."""
    entries = []
    for event in events:
        if event.audited:
            ids = asdict(event)
            entries.append(AuditEntry(event=event.name, actor=ids.get("by_id"), ids=ids))
    if entries:
        AuditEntry.objects.bulk_create(entries)
