"""What happens to accounts by the clock."""

from __future__ import annotations

from datetime import timedelta

from procrastinate.contrib.django import app

from accounts import actions

#: A sign-up whose code was never entered: nothing is kept about somebody who did not come in.
CONFIRM_WITHIN = timedelta(days=2)


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="forget_unconfirmed")
def forget_unconfirmed(timestamp: int) -> None:
    """Delete sign-ups that nobody confirmed in time."""
    actions.forget_unconfirmed(CONFIRM_WITHIN)
