"""Behind PgBouncer in its transaction mode: pages, forms sent twice, live pages, time limits."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg.conninfo import conninfo_to_dict

from consultations.models import Remark, State
from core.domain.topics import seq_of
from core.web import idempotency
from tests import factories
from tests.cli.conftest import wait_until
from tests.realtime.conftest import session_of
from tests.servers import ROOT, database_url, free_port, start_live, start_web

pytestmark = [
    pytest.mark.long,
    pytest.mark.cpu(25),
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not shutil.which("pgbouncer"), reason="pgbouncer is not installed"),
]
LIMITS = {"lock_timeout": "5s", "statement_timeout": "60s"}
LIMITS["idle_in_transaction_session_timeout"] = "60s"
#: Connections to PostgreSQL that all processes share.
POOL = 3
PREPARE = (
    "import sys; sys.path[:0] = ['bin']; from cli import prepare; print(prepare._unfit_pooler())"
)


@contextmanager
def pgbouncer(folder: Path) -> Iterator[str]:
    """A PgBouncer before the test's PostgreSQL: the DATABASE_URL that leads through it."""
    direct, port = conninfo_to_dict(database_url()), free_port()
    server = {name: direct[name] for name in ("host", "port", "user", "password", "dbname")}
    known = " ".join(f"{name}={value}" for name, value in server.items())
    (folder / "users").write_text(f'"{direct["user"]}" "{direct["password"]}"\n')
    (folder / "pgbouncer.ini").write_text(
        f"[databases]\nviche = {known}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n"
        f"listen_port = {port}\nunix_socket_dir =\nauth_type = plain\n"
        f"auth_file = {folder}/users\npool_mode = transaction\ndefault_pool_size = {POOL}\n"
        "max_prepared_statements = 200\n"
    )
    as_nobody = {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {}
    for path in (folder, *folder.iterdir()):
        path.chmod(0o755)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            ["pgbouncer", folder / "pgbouncer.ini"], stdout=log, stderr=log, **as_nobody
        )
    url = f"postgres://{direct['user']}:{direct['password']}@127.0.0.1:{port}/viche"
    try:
        wait_until(lambda: _answers(url), 10, "PgBouncer answers")
        yield url
    finally:
        process.terminate()
        process.wait(10)


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.Error:
        return False
    return True


@pytest.fixture
def pooled() -> Iterator[str]:
    # As root PgBouncer runs as nobody, who cannot enter the folders of pytest.
    with TemporaryDirectory(prefix="viche-pgbouncer-") as folder, pgbouncer(Path(folder)) as url:
        yield url


@pytest.fixture
def limited() -> Iterator[None]:
    """The role has the time limits that docs/deploy.md gives it."""
    role = connection.ops.quote_name(connection.settings_dict["USER"])
    with connection.cursor() as cursor:
        for name, limit in LIMITS.items():
            cursor.execute(f"ALTER ROLE {role} SET {name} = '{limit}'")
        yield
        for name in LIMITS:
            cursor.execute(f"ALTER ROLE {role} RESET {name}")


def check(pooled: str) -> str:
    """What bin/serve --prepare says of the way through PgBouncer."""
    env = {**os.environ, "POOLED_DATABASE_URL": pooled, "PYTHONPATH": "bin"}
    return subprocess.run(
        [sys.executable, "-c", PREPARE], cwd=ROOT, env=env, capture_output=True, text=True
    ).stdout.strip()


def test_preparing_tells_of_missing_time_limits(pooled, request):
    said = check(pooled)
    assert "ALTER ROLE" in said and "lock_timeout = '5s'" in said
    request.getfixturevalue("limited")
    with psycopg.connect(database_url(), autocommit=True) as server:
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = ''"
            " AND pid <> pg_backend_pid()"
        )
    assert check(pooled) == "None"


def _connected() -> set[int]:
    """The connections that processes of Viche hold to the test's database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'viche'"
            " AND datname = current_database() AND pid <> pg_backend_pid()"
        )
        return {pid for (pid,) in cursor.fetchall()}


def test_it_works_behind_pgbouncer(limited, pooled, department, open_socket):
    others = _connected()  # servers that serve several tests
    opened = factories.consultation(department, State.OPEN)
    people = [factories.user(f"speaker{number}") for number in range(12)]
    sessions = [session_of(person) for person in people]
    env = {"DATABASE_URL": pooled, "LIVE_DATABASE_URL": database_url(), "PGBOUNCER": "1"}
    with start_live(**env) as live, start_web(live=live, **env) as web:

        def read(number: int) -> int:
            paths = ("/", f"/consultations/{opened.pk}/", "/petitions/", "/polls/")
            return httpx.get(web.url + paths[number % 4], timeout=30).status_code

        def speak(number: int) -> int:
            """Each form twice, at once."""
            sender, token = number // 2, "a" * 32
            form = {
                "kind": "remark",
                "text": f"Зауваження {sender}",
                idempotency.FIELD: keys[sender],
                "csrfmiddlewaretoken": token,
            }
            cookies = {
                settings.SESSION_COOKIE_NAME: sessions[sender],
                settings.CSRF_COOKIE_NAME: token,
            }
            address = f"{web.url}/consultations/{opened.pk}/speak/"
            return httpx.post(address, data=form, cookies=cookies, timeout=30).status_code

        keys = [idempotency.new_key() for _ in people]
        watcher = open_socket(live, opened.topic, seq=seq_of(opened.topic))
        watcher.next()
        with ThreadPoolExecutor(12) as crowd:
            assert set(crowd.map(read, range(60))) == {200}
            assert set(crowd.map(speak, range(2 * len(people)))) == {302}
        assert Remark.objects.filter(consultation=opened).count() == len(people)
        drawn: set[str] = set()

        def all_are_drawn() -> bool:
            frame = watcher.next(10)
            assert "resync" not in frame, "signals come, so nothing is missed"
            drawn.update(each["target"] for each in frame.get("html", []) if "list" in each)
            return len(drawn) == len(people)

        wait_until(all_are_drawn, 20, "every remark is drawn at the open page")
        assert len(_connected() - others) <= POOL + 1
        for server in (web, live):
            assert "Traceback" not in server.output(), server.output()
            assert "prepared statement" not in server.output()
