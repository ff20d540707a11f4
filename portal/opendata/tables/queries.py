"""Chunks of a queryset, read by keyset."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model, QuerySet

#: Rows that are in memory at a time.
AT_ONCE = 500


def chunks_of[M: Model](rows: QuerySet[M]) -> Iterator[list[M]]:
    """Lists of AT_ONCE rows in the order of their keys; what is prefetched comes with each list."""
    ordered = rows.order_by("pk")
    found = list(ordered[:AT_ONCE])
    while found:
        yield found
        is_last = len(found) < AT_ONCE
        found = [] if is_last else list(ordered.filter(pk__gt=found[-1].pk)[:AT_ONCE])
