"""`bin/serve`: the production servers start, are started again and end whole."""

import signal
import socket
import subprocess
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
from django.conf import settings
from django.db import connection

from tests.plugins.database import put_back

from .conftest import COUNCIL, alive, environment, processes_of, wait_until

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]

HOST = "viche.example"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def database_url() -> str:
    """The test's own database, as DATABASE_URL names it."""
    database = connection.settings_dict
    user = ":".join(filter(None, (database["USER"], database["PASSWORD"])))
    return f"postgres://{user}@{database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}"


@pytest.fixture(scope="module")
def installed(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The settings of an installation on the test's database, with everything installed."""
    env = environment(
        SECRET_KEY="0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFGHIJ",
        PERSON_KEY_SECRET="abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFGHIJ-0123456789",
        DATABASE_URL=database_url(),
        ALLOWED_HOSTS=HOST,
        SITE_URL=f"https://{HOST}",
        EMAIL_URL="consolemail://",
        TRUSTED_PROXIES="127.0.0.1",
        STATIC_ROOT=str(tmp_path_factory.mktemp("installed") / "static"),
        WORKERS="2",
        METRICS_ALLOWED="127.0.0.1",
        **COUNCIL,
    )
    # The test database is migrated already; the rest of preparing is done as in production.
    subprocess.run(
        [settings.BASE_DIR / "bin/serve", "--install"],
        env=env,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    return env


def with_ports(env: dict[str, str]) -> dict[str, str]:
    """The settings with ports that are free."""
    return env | {"PORT": str(free_port()), "LIVE_PORT": str(free_port())}


def start(env: dict[str, str], output: Path, argument: str) -> subprocess.Popen:
    """Starts `bin/serve argument`, which writes to the file `output`."""
    with output.open("wb") as file:
        return subprocess.Popen(
            [settings.BASE_DIR / "bin/serve", argument],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
        )


@pytest.fixture(scope="module")
def served(installed, django_db_blocker, tmp_path_factory):
    """A running bin/serve, for all tests until one stops it: its process, its ports and the file
    with what it says."""
    env, output = with_ports(installed), tmp_path_factory.mktemp("served") / "output"
    port, live_port = int(env["PORT"]), int(env["LIVE_PORT"])
    process = start(env, output, "--no-prepare")
    try:
        wait_until(lambda: answer(port) or process.poll() is not None, 120, "pages answer")
        wait_until(lambda: answer(live_port) or process.poll() is not None, 120, "sockets answer")
        assert process.poll() is None, output.read_text()
        yield process, port, live_port, output
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(60)
        print(output.read_text()[-3000:])
        empty_database(django_db_blocker)


def empty_database(blocker: Any) -> None:
    """What the programs have written is nothing of the tests after these."""
    with blocker.unblock():
        put_back()
        connection.close()


def answer(port: int, path: str = "/consultations/") -> int:
    """The status with which the proxied request is answered; 0 without an answer."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", headers={"Host": HOST, "X-Forwarded-Proto": "https"}
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def child(process: subprocess.Popen, word: str) -> psutil.Process:
    return next(
        found
        for found in psutil.Process(process.pid).children()
        if word in " ".join(found.cmdline())
    )


def test_serves_pages_with_hashed_static_files(served):
    _, port, _, _ = served
    assert answer(port) == 200
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/consultations/",
        headers={"Host": HOST, "X-Forwarded-Proto": "https"},
    )
    with urllib.request.urlopen(request) as response:
        page = response.read().decode()
    sheets = [
        part.split('"')[0] for part in page.split('href="')[1:] if ".css" in part.split('"')[0]
    ]
    assert sheets
    for sheet in sheets:
        assert answer(port, sheet) == 200
        assert len(sheet.rsplit(".", 2)[1]) == 12  # the hash of its content

    for kind in ("pages", "sockets", "jobs"):
        wait_until(lambda kind=kind: counts(port, kind), 30, f"{kind} counts")
    assert 'viche_request_seconds_count{route="consultations:list"} ' in figures(port)


@pytest.mark.parametrize("word", ["uvicorn", "procrastinate", "granian"])
def test_program_that_dies_is_started_again(served, word):
    process, port, live_port, output = served
    said = len(output.read_text())
    victim = child(process, word)
    others = {p.pid for p in psutil.Process(process.pid).children()} - {victim.pid}
    victim.kill()

    def is_there_again() -> bool:
        for other in alive(psutil.Process(process.pid).children()):
            with suppress(psutil.Error):  # it ended while it was looked at
                if word in " ".join(other.cmdline()) and other.pid != victim.pid:
                    return True
        return False

    wait_until(is_there_again, 30, f"{word} is started again")
    wait_until(lambda: answer(port) == 200 and answer(live_port), 120, "all answer again")
    assert others <= {p.pid for p in psutil.Process(process.pid).children()}
    assert "starting again in 1 s" in output.read_text()[said:]


def test_stop_signal_ends_every_process(served):
    """The last test of these programs; other signals: tests/cli/test_processes.py."""
    process, _, _, output = served
    processes = processes_of(process.pid)
    assert len(processes) >= 6  # itself, granian with two workers, uvicorn, the worker
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0, output.read_text()
    assert alive(processes) == []
    assert "Traceback" not in output.read_text()


def test_units_run_the_programs_themselves_and_share_one_folder_of_figures(
    installed, django_db_blocker, tmp_path
):
    """As deploy/viche@.service starts them: no supervisor of ours stands in between."""
    (tmp_path / "figures").mkdir()
    env = with_ports(installed) | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "figures")}
    words = {"pages": "granian", "sockets": "uvicorn", "jobs": "procrastinate"}
    running = {name: start(env, tmp_path / name, name) for name in words}
    try:
        for name, word in words.items():
            unit = psutil.Process(running[name].pid)
            wait_until(lambda unit=unit, word=word: word in " ".join(unit.cmdline()), 30, name)
        port = int(env["PORT"])
        wait_until(lambda: answer(port) == 200 and answer(int(env["LIVE_PORT"])), 120, "answers")
        running["sockets"].terminate()
        assert running["sockets"].wait(40) in (0, -signal.SIGTERM)
        assert answer(port) == 200
        running["sockets"] = start(env, tmp_path / "sockets", "sockets")
        wait_until(lambda: answer(int(env["LIVE_PORT"])), 60, "sockets answer again")
        for name in words:
            wait_until(lambda name=name: counts(port, name), 30, f"{name} counts")
    finally:
        families = [one for process in running.values() for one in processes_of(process.pid)]
        for process in running.values():
            process.terminate()
        codes = [process.wait(60) for process in running.values()]
        print(*((tmp_path / name).read_text()[-1500:] for name in words))
        empty_database(django_db_blocker)
    assert set(codes) <= {0, -signal.SIGTERM}
    assert alive(families) == []


def figures(port: int) -> str:
    """What /metrics answers."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as response:
        return response.read().decode()


def counts(port: int, name: str) -> bool:
    """Whether the figures have some of a program's own."""
    return f'process="{name}"' in figures(port)


def test_taken_live_port_is_one_sentence(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        env = environment(
            SECRET_KEY="0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFGHIJ",
            PERSON_KEY_SECRET="abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFGHIJ-0123456789",
            DATABASE_URL="postgres://nobody@127.0.0.1:1/none",
            ALLOWED_HOSTS=HOST,
            SITE_URL=f"https://{HOST}",
            EMAIL_URL="consolemail://",
            PORT=str(free_port()),
            LIVE_PORT=str(other.getsockname()[1]),
            **COUNCIL,
        )
        done = subprocess.run(
            [settings.BASE_DIR / "bin/serve", "--no-prepare"],
            env=env,
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode == 1
    (sentence,) = done.stderr.strip().splitlines()
    assert "LIVE_PORT=" in sentence
