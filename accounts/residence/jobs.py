"""What the worker does about residences. Whether a check still counts, the dates alone decide."""

from __future__ import annotations

from procrastinate.contrib.django import app

from accounts.residence import actions


@app.periodic(cron="17 6 * * *")
@app.task(queueing_lock="remind_of_residences")
def remind_of_residences(timestamp: int) -> None:
    """Announce the checks that run out soon, piece by piece; stopped, it goes on the next time."""
    while actions.remind():
        pass
