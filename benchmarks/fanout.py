"""One change to many sockets of a uvicorn process, beside a bare picows broadcast of the frame.

Each size: so many readers in one process; a remark changes once a second. Latency is from before
the COMMIT (for the floor: before the line that starts the broadcast) to receipt, of every reader;
deliveries/s is readers divided by the time until the last of them has the frame. Readers and
servers share the machine, the floor's too. Hub and floor take turns, and of each figure the median
of their rounds is told: on a shared machine a single round says more about the neighbours.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from functools import partial
from urllib.parse import quote

import psutil
from django.db import transaction
from websockets.sync.client import connect

from benchmarks import ground
from consultations.models import Remark, topic_of
from core.db import counters
from core.domain import topics

SIZES = (500, 2000, 5000)
ROUNDS = 3
EVENTS = 8
WARM_UP_EVENTS = 2


@dataclass
class Measured:
    """What a server did with one number of readers."""

    p50: float  # ms
    p99: float  # ms
    deliveries: float  # a second
    cpu: float  # µs a delivery
    memory: float  # MB for 1,000 sockets
    lost: int


def main() -> None:
    number = ground.consultation_with(50)
    remark = Remark.objects.filter(consultation=number).latest("pk")
    change = f"RemarkChanged:{remark.pk}"
    rows, ratios = [], {}
    for size in SIZES:
        ours, floors = [], []
        for _round in range(ROUNDS):
            with hub() as (port, server):
                url = f"ws://{ground.HOST}:{port}/live/{quote(topic_of(number))}/?seq=1000000000"
                frame = _frame_of(url, port, number, change)
                ours.append(measure(server, url, port, size, lambda: _commit(number, change)))
            with floor() as (port, server):
                url = f"ws://{ground.HOST}:{port}/"
                tell = partial(_tell, server, frame)
                floors.append(measure(server, url, port, size, tell))
        got, bare = _median(ours), _median(floors)
        rows += [_row("bare picows", size, bare), _row("hub in uvicorn", size, got)]
        ratios[size] = (got, bare)
    ground.table(
        f"One change to many sockets ({len(frame)} bytes, one a second)",
        ("server", "sockets", "p50 ms", "p99 ms", "deliveries/s", "µs each", "MB/1,000", "lost"),
        rows,
    )
    got, bare = ratios[2000]
    print(f"\ndeliveries/s of the floor's at 2,000: {got.deliveries / bare.deliveries:.2f} (≥ 0.4)")
    got, bare = ratios[5000]
    print(f"p99 beside the floor's at 5,000: {got.p99 / bare.p99:.2f} (≤ 2.5)")
    print(f"memory of 1,000 sockets: {got.memory:.1f} MB (≤ 30)")


def _median(rounds: list[Measured]) -> Measured:
    """Of each figure the median; what was lost in any round is lost."""
    columns = list(zip(*map(astuple, rounds), strict=True))
    return Measured(*map(statistics.median, columns[:-1]), lost=sum(columns[-1]))


def measure(
    server: subprocess.Popen[bytes],
    url: str,
    port: int,
    size: int,
    happen: Callable[[], int],
) -> Measured:
    """Open ``size`` readers and let ``happen`` (which answers when it began) EVENTS times."""
    process = psutil.Process(server.pid)
    empty = process.memory_info().rss
    waits: list[float] = []
    last: list[float] = []
    lost = 0
    with readers(url, size, f"http://{ground.HOST}:{port}") as ask:
        full = process.memory_info().rss
        for event in range(WARM_UP_EVENTS + EVENTS):
            if event == WARM_UP_EVENTS:
                spent = sum(process.cpu_times()[:2])
            began = happen()
            time.sleep(1)
            times = ask()
            if event >= WARM_UP_EVENTS:
                lost += size - len(times)
                waits += [(at - began) / 1e6 for at in times]
                last.append((max(times) - began) / 1e9)
        spent = sum(process.cpu_times()[:2]) - spent
    cuts = statistics.quantiles(waits, n=100)
    return Measured(
        p50=cuts[49],
        p99=cuts[98],
        deliveries=size / statistics.median(last),
        cpu=spent * 1e6 / (size * EVENTS),
        memory=(full - empty) / 2**20 / size * 1000,
        lost=lost,
    )


def _commit(number: int, change: str) -> int:
    with transaction.atomic():
        counters.run(topics.statements({topic_of(number): [change]}))
        return time.monotonic_ns()


def _tell(server: subprocess.Popen[bytes], frame: bytes) -> int:
    began = time.monotonic_ns()
    assert server.stdin
    server.stdin.write(frame + b"\n")
    server.stdin.flush()
    return began


def _frame_of(url: str, port: int, number: int, change: str) -> bytes:
    """The frame that the hub sends for the change: the floor sends the same."""
    with connect(url, origin=f"http://{ground.HOST}:{port}", compression=None) as link:
        link.recv(10)
        _commit(number, change)
        while "html" not in json.loads(frame := link.recv(10)):
            continue
    return frame.encode()


@contextmanager
def hub() -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Sockets as ``bin/serve`` serves them; yields its port and process."""
    port = ground.free_port()
    with _program(
        *("uvicorn", "config.asgi:application", "--host", ground.HOST, "--port", str(port)),
        *("--ws-per-message-deflate", "false", "--ws-max-size", "65536"),
        *("--no-proxy-headers", "--no-server-header", "--no-access-log"),
        *("--log-level", "warning", "--timeout-graceful-shutdown", "1"),
        LIVE_ONLY="1",
        LIVE_SOCKETS_PER_ADDRESS=str(2 * max(SIZES)),
    ) as server:
        ground.wait_for(port)
        yield port, server


@contextmanager
def floor() -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The bare broadcaster; yields its port and process."""
    port = ground.free_port()
    with _program("benchmarks.fanout_ends", "floor", str(port)) as server:
        ground.wait_for(port)
        yield port, server


@contextmanager
def readers(url: str, size: int, origin: str) -> Iterator[Callable[[], list[int]]]:
    """So many sockets; yields a function that answers when frames have come since."""
    with _program("benchmarks.fanout_ends", "readers", url, str(size), origin) as process:
        assert process.stdin and process.stdout
        if process.stdout.readline() != b"ready\n":
            raise SystemExit("the readers could not open their sockets")

        def ask() -> list[int]:
            process.stdin.write(b"\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield ask


@contextmanager
def _program(module: str, *arguments: str, **env: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ground.ROOT,
        env={**os.environ, **env},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        preexec_fn=_many_files,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _many_files() -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _row(name: str, size: int, got: Measured) -> tuple[object, ...]:
    return (
        name,
        f"{size:,}",
        f"{got.p50:.0f}",
        f"{got.p99:.0f}",
        f"{got.deliveries:,.0f}",
        f"{got.cpu:.0f}",
        f"{got.memory:.1f}",
        got.lost,
    )
