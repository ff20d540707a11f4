"""Whether the database has all tables that the code expects.

Asked by /healthz, ``viche release`` and the checks of the state.
"""

from __future__ import annotations

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

#: Aliases of databases that were seen with all of them.
_seen: set[str] = set()


def count_unapplied() -> int:
    """Number of migrations that are not applied. Loads all of them: some tenths of a second."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def is_migrated() -> bool:
    """Whether none is missing: asked until it is so, then never again, since migrations are not
    taken back under a process."""
    if connection.alias not in _seen and not count_unapplied():
        _seen.add(connection.alias)
    return connection.alias in _seen
