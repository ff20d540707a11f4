"""Jobs: look at the installation's state each minute, and tell second channels."""

from __future__ import annotations

from procrastinate.contrib.django import app

from notifications.jobs import Patient
from operation.telling import actions, delivery


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="record_state", priority=10)
def record_state(timestamp: int) -> None:
    """Run the checks of the state, raise and end faults."""
    actions.record_state()


@app.task(retry=Patient())
def tell_channel(channel: str, fault_id: int, is_over: bool) -> None:
    """One message about a fault to one second channel."""
    delivery.tell_once(channel, fault_id, is_over=is_over)
