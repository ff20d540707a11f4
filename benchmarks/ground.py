"""The ground of all benchmarks: a database, the production layout, the load, a table."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import psycopg

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
#: Made anew at each start; another name lets two measure on one server.
DATABASE = os.environ.get("BENCH_DATABASE", "viche_bench")
#: Seconds of a measurement, and of what goes before it.
SECONDS = int(os.environ.get("BENCH_SECONDS", "8"))
WARM_UP = 2
START_LIMIT = 60


def prepare(*, with_city: bool = True) -> None:
    """A new database with the demo city in it, collected static files; and Django set up here.

    ``with_city``: False leaves the database empty, for what makes all that it measures.
    """
    url = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(url.geturl(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE}")
    os.environ["DATABASE_URL"] = url._replace(path=f"/{DATABASE}").geturl()
    manage("collectstatic", "--noinput", "-v0")
    manage("migrate", "-v0")
    if with_city:
        manage("load_demo")
    import django

    django.setup()


def manage(*arguments: str) -> str:
    """What ``manage.py`` prints."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def consultation_with(remarks: int) -> int:
    """The id of a new consultation with so many remarks."""
    printed = manage("loadtest_data", "--remarks", str(remarks))
    found = re.search(r"consultation (\d+) remarks", printed)
    assert found, printed
    return int(found[1])


class Pages(str):
    """The address of a server of pages, which knows what the server has cost."""

    process: psutil.Process

    def processor_seconds(self) -> float:
        """What its processes have used of the processors, without PostgreSQL's."""
        family = (self.process, *self.process.children(recursive=True))
        return sum(sum(each.cpu_times()[:2]) for each in family)


@contextmanager
def pages(workers: int = 2, threads: int = 1, **env: str) -> Iterator[Pages]:
    """Pages as ``bin/serve`` serves them (granian, WSGI); yields the address."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", "config.wsgi:application", "--interface", "wsgi"),
        *("--host", HOST, "--port", str(port), "--http", "1", "--no-ws", "--log-level", "warning"),
        *("--workers", str(workers), "--blocking-threads", str(threads)),
    ]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={"MALLOC_ARENA_MAX": "2", **os.environ, **env},  # as bin/serve has it
            stdout=log,
            stderr=log,
        )
        try:
            wait_for(port)
            address = Pages(f"http://{HOST}:{port}")
            address.process = psutil.Process(process.pid)
            yield address
        finally:
            process.terminate()
            process.wait(20)


def spent_by(process: psutil.Process) -> float:
    """CPU seconds of a process and its children, those that have ended among them."""
    times = process.cpu_times()
    living = (each.cpu_times() for each in process.children())
    return sum(times[:4]) + sum(each.user + each.system for each in living)


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Returns when somebody listens on the port; SystemExit when nobody does in a minute."""
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("the server does not start")


_MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


#: What wrk does with the Cookie headers of several people: each request is the next one's.
_IN_TURN = """
local cookies = {%s}
local turn = 0
request = function()
  turn = turn %% #cookies + 1
  return wrk.format("GET", nil, {Cookie = cookies[turn]})
end
"""


def load(
    url: str,
    *headers: str,
    connections: int = 8,
    cookies: Sequence[str] = (),
    seconds: int = SECONDS,
    warm_up: int = WARM_UP,
) -> dict[str, float]:
    """What wrk measures on ``url``: requests/s; p50, p99 in ms; answers that were errors.

    ``cookies``: the Cookie headers of those who ask, in turn.
    """
    asked = [part for header in headers for part in ("-H", header)]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        if cookies:
            script.write(_IN_TURN % ", ".join(f"'{cookie}'" for cookie in cookies))
            script.flush()
            asked += ["-s", script.name]
        base = ["wrk", "-t1", f"-c{connections}", "--latency", *asked]
        if warm_up:
            subprocess.run([*base, f"-d{warm_up}s", url], check=True, capture_output=True)
        done = subprocess.run(
            [*base, f"-d{seconds}s", url], check=True, capture_output=True, text=True
        )
    return read_wrk(done.stdout)


def read_wrk(text: str) -> dict[str, float]:
    """What wrk printed, as ``load`` returns it."""

    def percentile(of: int) -> float:
        found = re.search(rf"{of}%\s+([\d.]+)(us|ms|s)", text)
        return float(found[1]) * _MILLISECONDS[found[2]] if found else float("nan")

    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    errors = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    assert rate, text
    return {
        "rate": float(rate[1]),
        "p50": percentile(50),
        "p99": percentile(99),
        "errors": float(errors[1]) if errors else 0.0,
    }


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table that can be pasted into a note."""
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    print(f"\n{title}\n", flush=True)
    for number, row in enumerate(cells):
        print(
            "  ".join(
                cell.ljust(width) if column == 0 else cell.rjust(width)
                for column, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
        )
        if number == 0:
            print("  ".join("-" * width for width in widths))
    sys.stdout.flush()


def lines(title: str, head: Sequence[str], widths: Sequence[int]) -> Callable[..., None]:
    """Begin a table, whose rows are printed by what this returns as soon as each is known."""

    def say(*cells: object) -> None:
        padded = zip(cells, widths, strict=True)
        print("  ".join(str(cell).ljust(width) for cell, width in padded).rstrip(), flush=True)

    print(f"\n{title}\n", flush=True)
    say(*head)
    say(*("-" * width for width in widths))
    return say
