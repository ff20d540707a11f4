"""Scheduled jobs of consultations."""

from __future__ import annotations

from procrastinate.contrib.django import app

from consultations.actions import life as actions
from consultations.dispositions import reminders
from consultations.waiting import actions as waiting


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="tell_what_passed")
def tell_what_passed(timestamp: int) -> None:
    """Announce openings and closings; ``timestamp`` is the minute it was scheduled for."""
    actions.tell_what_passed()


@app.task
def join_confirmed(organisation_id: int) -> None:
    """Publish what waited for an organisation that is confirmed now."""
    waiting.join_confirmed(organisation_id)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="join_whatever_waits")
def join_whatever_waits(timestamp: int) -> None:
    """Publish what could not join at once: its author was suspended, the job was lost."""
    waiting.join_confirmed()


@app.periodic(cron="11 5 * * *")
@app.task(queueing_lock="remind_of_rows")
def remind_of_rows(timestamp: int) -> None:
    """Remind officers of rows of the disposition table that are due."""
    reminders.remind()
