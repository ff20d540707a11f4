"""Verifying an evidence bundle of 10,000 remarks: the program, and the page in Chromium.

Beside a plain SHA-256 over the same bytes on this machine. Asked for: at most 20 CPU seconds and
300 MB in Python, at most 60 s in Chromium. BENCH_REMARKS=1000: a tenth.
"""

from __future__ import annotations

import hashlib
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from benchmarks import ground
from tests.consultations.evidence.bundle_builder import VERIFIER, Bundle, Story
from tests.plugins.browser import CHROMIUM, QUIET

REMARKS = int(os.environ.get("BENCH_REMARKS", "10000"))
#: About as long as remarks are.
_WORDS = "Просимо зберегти тишу у дворах після 22 години, бо діти й літні люди потребують сну. " * 6
_PER_LINK = 10
#: Runs a program; what getrusage says of memory counts that of who started it, too.
_PROGRAM = """
import runpy, sys
sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except SystemExit as end:
    assert not end.code
print(open("/proc/self/status").read())
"""


def main() -> None:
    with TemporaryDirectory(prefix="viche-bench-") as name:
        path = Path(name) / "bundle.zip"
        Bundle(Story(REMARKS, _WORDS), per_link=_PER_LINK).write(path)
        rows = [
            ("plain SHA-256", *_hash(path)),
            ("verify.py", *_verify(path)),
            ("verify.html in Chromium", *_open(path)),
        ]
        ground.table(
            f"Verifying {REMARKS:,} remarks, {path.stat().st_size / 2**20:.0f} MiB",
            ("what", "seconds", "CPU seconds", "MB of memory"),
            rows,
        )


def _hash(path: Path) -> tuple[str, ...]:
    begun, spent = time.perf_counter(), time.process_time()
    with path.open("rb") as file:
        hashlib.file_digest(file, "sha256")
    return (
        f"{time.perf_counter() - begun:.2f}",
        f"{time.process_time() - spent:.2f}",
        "–",
    )


def _verify(path: Path) -> tuple[str, ...]:
    """In a process of its own, which says its greatest memory at its end."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-I", "-c", _PROGRAM, str(VERIFIER / "verify.py"), str(path)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    seconds, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    memory = int(done.stdout.rpartition("VmHWM:")[2].split()[0])
    return f"{seconds:.2f}", f"{spent:.2f}", f"{memory / 1024:.0f}"


def _open(path: Path) -> tuple[str, ...]:
    if CHROMIUM is None:
        return "no Chromium", "–", "–"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_context(offline=True).new_page()
        page.goto((VERIFIER / "verify.html").as_uri())
        page.set_input_files("#file", path)
        begun = time.perf_counter()
        page.locator("button[type=submit]").click()
        page.wait_for_selector("#status[data-state=whole]", timeout=600_000)
        seconds = time.perf_counter() - begun
        browser.close()
    return f"{seconds:.2f}", "–", "–"
