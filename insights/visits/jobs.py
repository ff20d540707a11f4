"""Periodic job: delete the salt of a month that is over."""

from __future__ import annotations

from procrastinate.contrib.django import app

from core.domain import clock
from core.domain.calendar import local_date
from insights.visits import salts


@app.periodic(cron="1 * * * *")
@app.task(queueing_lock="delete_past_salts")
def delete_past_salts(timestamp: int) -> None:
    """Delete the salts of past months from the machine of the worker. Machines without a worker
    delete theirs when they count the first visit of a month."""
    salts.delete_past(local_date(clock.now()))
