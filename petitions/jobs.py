"""What happens to petitions by the clock."""

from __future__ import annotations

from procrastinate.contrib.django import app

from petitions import actions


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="tell_what_passed_of_petitions")
def tell_what_passed(timestamp: int) -> None:
    """Hand over what closed without enough signatures; ``timestamp``: the minute scheduled."""
    actions.tell_what_passed()
