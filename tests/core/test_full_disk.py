"""On a full disk pages are read, and /healthz/writes says that nothing can be written."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from core.domain.heartbeat import write_heartbeat
from tests.servers import ROOT, database_url, start_web

_REFUSE = """
CREATE FUNCTION pg_temp.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full';
END $$;
CREATE TRIGGER refuse BEFORE INSERT ON core_heartbeat
    FOR EACH ROW EXECUTE FUNCTION pg_temp.refuse();
"""


@pytest.mark.django_db
def test_a_write_that_fails_leaves_the_old_heartbeat(client, clock):
    write_heartbeat()
    with connection.cursor() as cursor:
        cursor.execute(_REFUSE)
    clock.advance(minutes=3)
    with pytest.raises(OperationalError), transaction.atomic():
        write_heartbeat()
    assert client.get("/healthz/writes").status_code == 503
    assert [client.get(path).status_code for path in ("/healthz", "/petitions/")] == [200, 200]


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of 100 MB that PostgreSQL may write to."""
    folder = Path(tempfile.mkdtemp(prefix="viche-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", "size=100m,mode=755", "viche-test", folder]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        folder.rmdir()
        pytest.skip("a file system cannot be mounted here")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW data_directory")
            owner = Path(cursor.fetchone()[0]).stat()
        (folder / "tables").mkdir()
        os.chown(folder / "tables", owner.st_uid, owner.st_gid)
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)
        folder.rmdir()


def close_sessions() -> None:
    """Close this process's sessions of the database: those of ended threads and of the loop of a
    browser too, which are none of this thread's ``connection``."""
    gc.unfreeze()  # what config.wsgi froze, where a test imported it, is not listed
    for each in gc.get_objects():
        if issubclass(type(each), BaseDatabaseWrapper) and each.connection is not None:
            each.inc_thread_sharing()
            each.close()
            each.dec_thread_sharing()
    connection.close_pool()


@pytest.fixture
def copy(small_disk) -> Iterator[str]:
    """The address of a copy of the test database on the small disk, shifted clock and all."""
    url = f"{database_url()}_small"
    ours, name = (sql.Identifier(each.rsplit("/", 1)[1]) for each in (database_url(), url))
    close_sessions()  # a database that somebody uses cannot be copied
    with psycopg.connect(f"{database_url().rsplit('/', 1)[0]}/postgres", autocommit=True) as server:

        def run(statement: str) -> None:
            server.execute(
                sql.SQL(statement).format(ours=ours, name=name, at=str(small_disk / "tables"))
            )

        run("CREATE TABLESPACE viche_small LOCATION {at}")
        try:
            # Sessions of servers that outlive a test; they notice, and connect again.
            server.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = %s AND state = 'idle'",
                [database_url().rsplit("/", 1)[1]],
            )
            run("CREATE DATABASE {name} TEMPLATE {ours} TABLESPACE viche_small")
            run("ALTER DATABASE {name} SET search_path = public, pg_catalog")
            yield url
        finally:
            run("DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            run("DROP TABLESPACE viche_small")


def beat(url: str) -> subprocess.CompletedProcess[str]:
    """What the worker of jobs does each minute."""
    return subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c"]
        + ["from core.domain.heartbeat import write_heartbeat; write_heartbeat()"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )


def fill(disk: Path) -> None:
    """Leave no byte free."""
    with (disk / "filler").open("wb", buffering=0) as file:
        for size in (2**20, 2**12, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue


@pytest.mark.long
@pytest.mark.cpu(12)
@pytest.mark.django_db(transaction=True)
def test_on_a_full_disk_pages_are_read_and_a_monitor_is_told(small_disk, copy):
    with start_web(DATABASE_URL=copy) as web, psycopg.connect(copy, autocommit=True) as database:

        def ask(path: str) -> int:
            return httpx.get(web.url + path, timeout=20).status_code

        assert beat(copy).returncode == 0
        assert ask("/healthz/writes") == 200
        fill(small_disk)
        failed = beat(copy)
        assert failed.returncode == 1 and "No space left on device" in failed.stderr
        # Changing a row goes on where no table has to grow: that alone would prove nothing.
        assert database.execute("UPDATE core_heartbeat SET at = at").rowcount == 1
        assert ask("/healthz/writes") == 200
        database.execute("UPDATE test_clock SET shift = shift + interval '121 seconds'")
        assert ask("/healthz/writes") == 503
        for path in ("/", "/consultations/", "/petitions/", "/polls/", "/healthz"):
            assert ask(path) == 200, path
        (small_disk / "filler").unlink()
        assert beat(copy).returncode == 0
        assert ask("/healthz/writes") == 200
