"""Filling the register: a row for each public document, and none for what is public no more."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection
from django.db.models.functions import Now

from core.domain.actions import action
from core.domain.topics import raise_topic
from records.documents.sources import SOURCES
from records.models import Document

#: The topic of the register and of every document in it.
TOPIC = "documents"
#: Columns that a source says; the rest is the row's own.
_SAID = (
    *("kind", "title", "number", "made_on", "department_id", "carrier", "place", "theme_id"),
    *("keywords", "address"),
)
_STORED = (*(name.removesuffix("_id") for name in _SAID), "search")
#: Rows that are written at a time.
_AT_ONCE = 500


def refresh(origin: str, ids: Collection[int]) -> None:
    """Have the rows of these things say what the things say now; inside an action.

    Three queries at most, and as many as the source has.
    """
    if not ids:
        return
    if _write(origin, ids):
        raise_topic(TOPIC)


def fill() -> int:
    """Make the rows of all sources anew; returns how many were other than they should be.

    Run again it does nothing. Changes made meanwhile wait for it: what is hidden at the same moment
    would be entered again otherwise.
    """
    with action(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE records_document IN EXCLUSIVE MODE")
        changed = sum(_write(origin, None) for origin in SOURCES)
        if changed:
            raise_topic(TOPIC)
        return changed


def _write(origin: str, ids: Collection[int] | None) -> int:
    """Returns how many rows were added, changed or deleted."""
    there = Document.objects.filter(origin=origin)
    if ids is not None:
        there = there.filter(object_id__in=ids)
    # Locked before the things are read: whoever waits for ``fill`` then sees what it wrote.
    stored = {row.object_id: row for row in there.defer("search").select_for_update()}
    rows = {row.object_id: row for row in SOURCES[origin].rows(ids)}
    gone = [row.pk for key, row in stored.items() if key not in rows]
    if gone:
        Document.objects.filter(pk__in=gone).delete()
    new, other = [], []
    for key, row in rows.items():
        row.origin = origin
        former = stored.get(key)
        if former is None:
            new.append(row)
        elif any(getattr(row, name) != getattr(former, name) for name in _SAID):
            row.pk, row.changed_at = former.pk, Now()
            other.append(row)
    Document.objects.bulk_create(new, batch_size=_AT_ONCE)
    if other:
        Document.objects.bulk_update(other, [*_STORED, "changed_at"], batch_size=_AT_ONCE)
    return len(gone) + len(new) + len(other)
