"""Jobs of the audit log's anchors."""

from __future__ import annotations

from procrastinate.contrib.django import app

from portal.audit import stamping


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="stamp_heads")
def stamp_heads(timestamp: int) -> None:
    """Have the heads of days that are over stamped: once a day, and again where it failed."""
    stamping.stamp_heads()
