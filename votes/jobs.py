"""Periodic jobs of polls."""

from __future__ import annotations

from procrastinate.contrib.django import app

from votes.actions import electorate as electorate_actions
from votes.actions import life as actions
from votes.actions import seal as seal_actions
from votes.models import Poll


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="tell_what_passed_in_polls")
def tell_what_passed_in_polls(timestamp: int) -> None:
    """Freeze electorates, announce closings; ``timestamp``: the minute it was scheduled for."""
    actions.tell_what_passed()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="reseal_secret_polls")
def reseal_secret_polls(timestamp: int) -> None:
    """Re-seal secret polls; of which, and who voted, the job says nothing."""
    seal_actions.reseal_what_waits()


@app.task
def create_partitions(poll_id: int) -> None:
    """Create the partitions of a secret poll that was announced; what fails is done within a
    minute (tell_what_passed_in_polls)."""
    electorate_actions.create_partitions(Poll(pk=poll_id))
