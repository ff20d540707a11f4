"""Periodic job: close panels whose time is over, so that their keys are unlinked from people."""

from __future__ import annotations

from procrastinate.contrib.django import app

from insights.panel import actions


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="close_ended_panels")
def close_ended_panels(timestamp: int) -> None:
    """Close what has ended."""
    actions.close_ended()
