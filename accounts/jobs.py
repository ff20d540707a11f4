"""Periodic tasks of accounts."""

from __future__ import annotations

from procrastinate.contrib.django import app

import accounts.data.jobs  # noqa: F401 - the worker looks for jobs in each app's jobs.py alone
from accounts.identity import actions as identity
from accounts.people import actions
from accounts.residence import actions as residence
from accounts.staff import actions as staff
from core.domain.retention import period_of


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="retire_staff")
def retire_staff(timestamp: int) -> None:
    """Make those residents again whose last role's time is over."""
    staff.retire()


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="forget_unconfirmed")
def forget_unconfirmed(timestamp: int) -> None:
    """Delete sign-ups that nobody confirmed in time: nothing is kept of who did not come in."""
    actions.forget_unconfirmed(period_of("unconfirmed"))


@app.periodic(cron="41 6 * * *")
@app.task(queueing_lock="remind_of_identity", aliases=["accounts.identity.jobs.remind_of_identity"])
def remind_of_identity(timestamp: int) -> None:
    """Announce the checks of identity that run out soon, piece by piece; stopped, it goes on the
    next time."""
    while identity.remind_of_expiry():
        pass


@app.periodic(cron="17 6 * * *")
@app.task(
    queueing_lock="remind_of_residences", aliases=["accounts.residence.jobs.remind_of_residences"]
)
def remind_of_residences(timestamp: int) -> None:
    """Announce the checks of residence that run out soon, in the same way. Whether a check still
    counts, its dates alone decide."""
    while residence.remind():
        pass
