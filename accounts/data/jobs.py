"""Jobs that write downloads and delete what is kept no longer."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from accounts.data import export, retention


@app.task(retry=RetryStrategy(max_attempts=4, linear_wait=30))
def make_export(export_id: int) -> None:
    """Write a download that somebody asked for."""
    export.make(export_id)


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="end_exports")
def end_exports(timestamp: int) -> None:
    """Delete downloads that have expired."""
    retention.end_exports()
    retention.delete_orphans()


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="sweep_stale")
def sweep_stale(timestamp: int) -> None:
    """Delete what has been kept for long enough."""
    retention.sweep_all()
