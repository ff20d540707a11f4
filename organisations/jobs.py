"""Periodic task that deletes old invitations."""

from __future__ import annotations

from procrastinate.contrib.django import app

from organisations.mandates.actions_invitations import forget_invitations


@app.periodic(cron="23 4 * * *")
@app.task(queueing_lock="forget_invitations")
def sweep_invitations(timestamp: int) -> None:
    """Delete invitations whose time has long passed, taken or not."""
    forget_invitations()
