"""Connection pool: when a pooled connection is checked before it is used again.

A check is a round trip to PostgreSQL, as much as a cached page costs in all. A connection that was
in use a moment ago needs none: what dies in between is answered with 503
(core/web/middleware/outage.py), and an outage that lasts longer finds every connection idle for
longer.
"""

from __future__ import annotations

from time import monotonic

from psycopg import Connection
from psycopg_pool import ConnectionPool

#: The ``application_name`` of our connections, or how it begins, by which PostgreSQL's views tell
#: them from others.
APPLICATION_NAME = "viche"
#: Seconds for which a connection that was taken from the pool counts as alive.
FRESH = 1.0


def check(connection: Connection) -> None:
    """Raise OperationalError when it was idle and is dead: the pool's ``check``."""
    now, facts = monotonic(), vars(connection)
    if now - facts.get("taken_at", 0.0) > FRESH:
        ConnectionPool.check_connection(connection)
    facts["taken_at"] = now
