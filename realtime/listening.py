"""The connection of a process that listens for NOTIFY; it reconnects when it was lost."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection

from core.domain.topics import CHANNEL

log = logging.getLogger(__name__)

#: Seconds before the second, third … attempt to connect again; the last repeats.
PAUSES = (0.1, 0.3, 1.0, 3.0)
#: A peer that vanished without a word is noticed after some 10 s (pulses notice at once).
KEEPALIVE = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 2}


class Listener:
    """Calls ``heard(payload)`` for each NOTIFY and ``began()`` whenever it begins to listen."""

    def __init__(self, heard: Callable[[str], None], began: Callable[[], None]) -> None:
        self._heard = heard
        self._began = began
        #: Whether signals can come: without, only the pulse tells of changes.
        self.listening = False

    async def run(self) -> None:
        """Listen for ever; returns only by cancellation."""
        failures = 0
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    autocommit=True, **_parameters()
                ) as link:
                    await link.execute(f"LISTEN {CHANNEL}")
                    self.listening, failures = True, 0
                    self._began()
                    async for signal in link.notifies():
                        self._heard(signal.payload)
            except (psycopg.Error, OSError) as error:
                if failures == 0:
                    log.warning("the listening connection is lost: %s", str(error).strip())
            finally:
                self.listening = False
            await asyncio.sleep(PAUSES[min(failures, len(PAUSES) - 1)])
            failures += 1


def _parameters() -> dict[str, Any]:
    """Connection parameters of Django itself, without what belongs to its own cursors and pool; or
    the direct way to PostgreSQL, where DATABASE_URL leads to a pooler, through which no signal
    comes.
    """
    if settings.LIVE_DATABASE_URL:
        direct: dict[str, Any] = {"conninfo": settings.LIVE_DATABASE_URL, "connect_timeout": 5}
        return {**direct, **KEEPALIVE, "application_name": "viche live"}
    parameters = connection.get_connection_params()
    for name in ("pool", "context", "cursor_factory", "prepare_threshold", "client_encoding"):
        with suppress(KeyError):
            del parameters[name]
    return {**parameters, **KEEPALIVE, "application_name": "viche live"}
