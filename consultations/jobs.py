"""What happens to consultations by the clock."""

from __future__ import annotations

from procrastinate.contrib.django import app

from consultations import actions


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="tell_what_passed")
def tell_what_passed(timestamp: int) -> None:
    """Announce openings and closings; ``timestamp`` is the minute it was scheduled for."""
    actions.tell_what_passed()
