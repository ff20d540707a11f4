"""Waiting for killed workers, and marking them as dead."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.db import connection


def wait_until(true: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def stop_the_heart() -> None:
    """A worker that was killed is not waited for, but told to be dead."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1h'")
