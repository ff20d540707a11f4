"""Periodic jobs of polls."""

from __future__ import annotations

from procrastinate.contrib.django import app

from votes.life import actions
from votes.opening import actions as opening_actions


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="tell_what_passed_in_polls")
def tell_what_passed_in_polls(timestamp: int) -> None:
    """Freeze electorates, announce closings; ``timestamp``: the minute it was scheduled for."""
    actions.tell_what_passed()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="tell_turnout_of_secret_polls")
def tell_turnout_of_secret_polls(timestamp: int) -> None:
    """Round the turnout that pages of secret polls show; it says nothing of which."""
    opening_actions.tell_turnouts()
