"""What happens to accounts by the clock."""

from __future__ import annotations

from django.conf import settings
from procrastinate.contrib.django import app

import accounts.data.jobs
import accounts.identity.jobs
import accounts.residence.jobs  # noqa: F401 - the worker looks for jobs in each app's jobs.py alone
from accounts import actions
from accounts.staff import actions as staff


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="retire_staff")
def retire_staff(timestamp: int) -> None:
    """Make those residents again whose last role's time is over."""
    staff.retire()


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="forget_unconfirmed")
def forget_unconfirmed(timestamp: int) -> None:
    """Delete sign-ups that nobody confirmed in time: nothing is kept of who did not come in."""
    actions.forget_unconfirmed(settings.RETENTION["unconfirmed"])
