"""Defer what is told of a fault: a mail to each administrator, a message to each second channel."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from accounts.staff.queries import administrators
from core.domain import clock, outbox
from core.domain.events import within
from core.models import StateFault
from operation.events import FaultEvent, FaultOver, FaultRaised
from operation.telling.delivery import set_channels

#: A fault that comes and goes is told so often at most within QUIET.
MOST_TOLD, QUIET = 3, timedelta(hours=6)
TEMPLATES = {FaultRaised: "operation/raised", FaultOver: "operation/over"}


@within(FaultRaised, FaultOver)
def tell(event: FaultEvent) -> None:
    """The mail is tried for two days: that the mail server was away is told when it is back."""
    if _comes_and_goes(event.fault_id):
        return
    template = TEMPLATES[type(event)]
    outbox.defer_many(
        "notifications.jobs.send",
        [mail_of(template, event.fault_id, user_id) for user_id in administrators()],
    )
    outbox.defer_many(
        "operation.jobs.tell_channel",
        [
            {"channel": each, "fault_id": event.fault_id, "is_over": isinstance(event, FaultOver)}
            for each in set_channels()
        ],
    )


def mail_of(template: str, fault_id: int, user_id: int) -> dict[str, Any]:
    """Arguments of notifications.jobs.send for one administrator."""
    return {
        "template": template,
        "user_id": user_id,
        "about": f"fault:{fault_id}",
        "ids": {"fault_id": fault_id},
    }


def _comes_and_goes(fault_id: int) -> bool:
    fault = StateFault.objects.get(pk=fault_id)
    since = clock.now() - QUIET
    same = StateFault.objects.filter(name=fault.name, subject=fault.subject, raised_at__gt=since)
    return same.filter(pk__lte=fault_id).count() > MOST_TOLD
