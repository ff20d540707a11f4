"""Delete what has been kept for its period (law 2297-VI art. 15(2)(1)): core.domain.retention."""

from __future__ import annotations

import time

from django.db.models import Q

from accounts.data import actions, register
from accounts.data.files import all_files
from accounts.models import Export
from core.domain import clock
from core.domain.retention import period_of

#: Rows of one kind that one run takes; the next run goes on.
MOST = 2000
#: Seconds after which a file that no download names was left behind by a worker that died.
ORPHAN_AFTER = 24 * 3600


def sweep_all(*, most: int = MOST) -> dict[str, int]:
    """Run every line of the register that says what is stale; returns rows by kind."""
    now = clock.now()
    done: dict[str, int] = {}
    for sweep in register.retentions:
        count = sweep.run(now - period_of(sweep.period), most=most)
        if count:
            done[sweep.period] = done.get(sweep.period, 0) + count
    return done


def end_exports(*, most: int = MOST) -> int:
    """Delete downloads that have expired, and give up those that no job has finished in a day."""
    now = clock.now()
    over = Export.objects.filter(
        Q(expires_at__lte=now) | Q(ready_at=None, asked_at__lte=now - period_of("exports")),
        ended_at=None,
    ).order_by("pk")[:most]
    for export in over:
        actions.end_export(export, by=None)
    return len(over)


def delete_orphans() -> int:
    """Delete files of downloads that nothing leads to any more."""
    named = set(Export.objects.exclude(file="").values_list("file", flat=True))
    orphans = [
        path
        for path in all_files()
        if path.name not in named and time.time() - path.stat().st_mtime > ORPHAN_AFTER
    ]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)
