"""Tell of faults at once, without the queue: for when the worker of jobs itself is dead."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.conf import settings

from accounts.staff.queries import administrators
from core.models import StateFault
from notifications.sending import mail
from operation.events import FaultRaised
from operation.telling import delivery
from operation.telling.handlers import TEMPLATES, mail_of

logger = logging.getLogger(__name__)

#: Seconds between two messages while the database is away and nothing can be written down.
_AGAIN = 3600


def tell_open_faults() -> int:
    """Tell of each open fault whoever was not told yet; the jobs that wait find it told. Returns
    the number of messages that went. What fails is left to the queue."""
    people = administrators()
    went = 0
    for fault_id in StateFault.objects.filter(over_at=None).values_list("pk", flat=True):
        for user_id in people:
            arguments = mail_of(TEMPLATES[FaultRaised], fault_id, user_id)
            went += _try(partial(mail.send, **arguments))
        for channel in delivery.set_channels():
            went += _try(partial(delivery.tell_once, channel, fault_id, is_over=False))
    return went


def tell_without_database() -> int:
    """Tell the second channels that the database is away, once an hour. Returns the number of
    messages that went."""
    told = Path(settings.PRIVATE_ROOT) / "database-away"
    if told.exists() and time.time() - told.stat().st_mtime < _AGAIN:
        return 0
    message = delivery.message_without_database()
    went = sum(_try(partial(delivery.send, each, message)) for each in delivery.set_channels())
    if went:
        told.touch()
    return went


def _try(tell: Callable[[], bool]) -> bool:
    """Whether something was told."""
    try:
        return tell()
    except Exception as error:
        # Not its words: they may hold an address. Any failure must leave the others their turn.
        logger.warning("a fault could not be told: %s", type(error).__name__)
        return False
