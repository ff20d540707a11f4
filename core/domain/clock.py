"""The current time, which is PostgreSQL's: the same for every process.

``statement_timestamp()`` is written without a schema on purpose: the test database puts a function
of that name before the built-in one, and so shifts the time of every process that uses it.
"""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.db.models import DateTimeField, Func

from core.db.kept_cursors import fetch

_NOW = "SELECT statement_timestamp()"


class Now(Func):
    """The database's time inside a query: ``filter(opens_at__lte=clock.Now())``."""

    function = "statement_timestamp"
    output_field = DateTimeField()


def now() -> datetime:
    """The database's time, aware. Read it after taking the lock that the decision needs."""
    return cast(datetime, fetch(_NOW, [])[0][0])
