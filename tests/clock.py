"""The test database's clock, which stands before PostgreSQL's for every process that uses it."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

from django.db import connection

#: Days by which all tests are moved from today, so that what holds on some days alone is found
#: before one comes: a term that ends on a Saturday, a year that is over.
SHIFT = int(os.environ.get("TEST_SHIFT") or 0)


class Clock:
    """Moves the database's time: ``clock.advance(days=3)``, ``clock.set(moment)``; or stops it."""

    def advance(self, **delta: float) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE test_clock SET shift = shift + %s", [timedelta(**delta)])

    def set(self, moment: datetime) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE test_clock SET shift = %s - pg_catalog.statement_timestamp()", [moment]
            )

    def stop(self, moment: datetime) -> None:
        """It is that moment until it is stopped at another, or the test ends."""
        with connection.cursor() as cursor:
            cursor.execute("UPDATE test_clock SET stopped_at = %s", [moment])

    def reset(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE test_clock SET shift = %s, stopped_at = NULL", [timedelta(days=SHIFT)]
            )
