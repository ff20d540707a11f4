"""Open data: an export of a million signatures as CSV and JSON Lines, beside a bare COPY.

Memory is that of the serving process: how much it grew at the height of the answer.
"""

from __future__ import annotations

import os
import re
import threading
import time

import httpx
import psutil
import psycopg

from benchmarks import ground
from petitions.models import Signature

SIGNATURES = int(os.environ.get("BENCH_SIGNATURES", "1000000"))
PETITIONS = 100
_BLOCK = 2**20
#: What the files hold, without Python.
_COPY = f"""
COPY (
    SELECT petition_id, date_trunc('hour', at, 'Europe/Kyiv') FROM {Signature._meta.db_table}
    WHERE status = {Signature.Status.COUNTED:d} ORDER BY petition_id, at, id
) TO STDOUT (FORMAT csv)
"""  # noqa: S608 - names of tables


def main() -> None:
    made = ground.manage(
        *("loadtest_data", "--petitions", str(PETITIONS), "--signatures", str(SIGNATURES))
    )
    assert re.search(rf"signatures {SIGNATURES}\b", made), made
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"VACUUM ANALYZE {Signature._meta.db_table}")
        rows = [_row("bare COPY", *_copy(connection))]
    with ground.pages(workers=1) as site:
        httpx.get(f"{site}/data/petitions.csv", timeout=60)  # what a process loads once
        for kind in ("csv", "jsonl"):
            path = f"/data/signatures.{kind}"
            rows.append(_row(path, *_export(site, path)))
        rows.append(_row("304", *_unchanged(site, path)))
    ground.table(
        f"Open data: {SIGNATURES} signatures",
        ("what", "rows", "seconds", "rows/s", "MB sent", "MB of memory"),
        rows,
    )


def _row(what: str, lines: int, seconds: float, sent: int, grown: int | None) -> tuple[str, ...]:
    memory = "–" if grown is None else f"{grown / 2**20:.1f}"
    speed = f"{lines / seconds:,.0f}"
    return what, f"{lines:,}", f"{seconds:.3f}", speed, f"{sent / 2**20:.1f}", memory


def _copy(connection: psycopg.Connection) -> tuple[int, float, int, None]:
    began, lines, sent = time.monotonic(), 0, 0
    with connection.cursor().copy(_COPY) as copy:
        for block in copy:
            lines += bytes(block).count(b"\n")
            sent += len(block)
    return lines, time.monotonic() - began, sent, None


def _export(site: ground.Pages, path: str) -> tuple[int, float, int, int]:
    with _Memory(site.process) as memory:
        began, lines, sent = time.monotonic(), 0, 0
        with httpx.stream("GET", f"{site}{path}", timeout=300) as answer:
            assert answer.status_code == 200
            for block in answer.iter_bytes(_BLOCK):
                lines += block.count(b"\n")
                sent += len(block)
        seconds = time.monotonic() - began
    return lines, seconds, sent, memory.grown


def _unchanged(site: ground.Pages, path: str) -> tuple[int, float, int, None]:
    etag = httpx.head(f"{site}{path}").headers["ETag"]
    began = time.monotonic()
    answer = httpx.get(f"{site}{path}", headers={"If-None-Match": etag})
    assert answer.status_code == 304
    return 0, time.monotonic() - began, 0, None


class _Memory(threading.Thread):
    """How much more memory a server and its workers take, while this is entered."""

    def __init__(self, process: psutil.Process) -> None:
        super().__init__(daemon=True)
        self.family = [process, *process.children(recursive=True)]
        self.before = self.highest = self._taken()
        self.is_over = threading.Event()

    def __enter__(self) -> _Memory:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.is_over.set()
        self.join()

    @property
    def grown(self) -> int:
        return self.highest - self.before

    def run(self) -> None:
        while not self.is_over.wait(0.02):
            self.highest = max(self.highest, self._taken())

    def _taken(self) -> int:
        return sum(each.memory_info().rss for each in self.family)
