"""What happens to checks of identity by the clock."""

from __future__ import annotations

from procrastinate.contrib.django import app

from accounts.identity import actions


@app.periodic(cron="41 6 * * *")
@app.task(queueing_lock="remind_of_identity")
def remind_of_identity(timestamp: int) -> None:
    """Announce the checks that run out soon, piece by piece; stopped, it goes on the next time."""
    while actions.remind_of_expiry():
        pass
