"""Programs of bin/ as a person runs them: real processes, real disks."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from django.conf import settings

#: What names a council to `bin/serve`.
COUNCIL = {
    "CITY_NAME": "Рудногірськ",
    "CITY_NAME_LOCATIVE": "Рудногірську",
    "CITY_COUNCIL": "Рудногірська міська рада",
    "CITY_ADDRESS": "пл. Рудникова, 1",
    "CITY_PHONE": "(000) 000-00-00",
    "CITY_EMAIL": "rada@viche.example",
}


def wait_until(condition: Callable[[], object], seconds: float, what: str) -> None:
    """Polls until `condition` holds; fails the test with `what` after so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"not within {seconds:.0f} s: {what}")
        time.sleep(0.02)


def environment(**more: str) -> dict[str, str]:
    """The machine's environment without what would steer the commands."""
    steering = (
        "DATABASE_URL",
        "OWNER_DATABASE_URL",
        "PORT",
        "LIVE_PORT",
        "DEBUG",
        "SECRET_KEY",
        "PERSON_KEY_SECRET",
        "SITE_URL",
        "EMAIL_URL",
        "CITY_",
        "DJANGO_",
        "VIRTUAL_ENV",
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith(steering)}
    return {**kept, **more}


def run(command: str, *arguments: str, cwd: Path | None = None, env: dict[str, str] | None = None):
    """Runs one of bin/ to its end and answers the CompletedProcess, its output as text."""
    place = cwd or settings.BASE_DIR
    return subprocess.run(
        [place / "bin" / command, *arguments],
        cwd=place,
        env=env or environment(),
        capture_output=True,
        text=True,
        timeout=300,
    )


def restore_hangup() -> None:
    """For a child, before it begins: SIGHUP ends it, also where the test run is under nohup."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def processes_of(process_id: int) -> list[psutil.Process]:
    """A process with all that it has started, and that they have."""
    process = psutil.Process(process_id)
    return [process, *process.children(recursive=True)]


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those that still run; a dead process nobody has asked about yet does not."""
    running = []
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                running.append(process)
    return running


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder that PostgreSQL's own user can reach when the tests run as root."""
    if os.geteuid() != 0:
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(prefix="viche-test-", dir="/var/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def small_disk(place: Path) -> Iterator[Callable[[int], Path]]:
    """Mounts file systems of so many MB; skips the test where that is not allowed."""
    mounted: list[Path] = []

    def mount(megabytes: int) -> Path:
        image, disk = place / f"disk{len(mounted)}.img", place / f"disk{len(mounted)}"
        disk.mkdir()
        with image.open("wb") as file:
            file.truncate(megabytes * 2**20)
        for command in (
            ["mkfs.ext4", "-q", "-m", "0", image],
            ["mount", "-o", "loop", image, disk],
        ):
            try:
                subprocess.run(command, check=True, capture_output=True)
            except (OSError, subprocess.CalledProcessError) as error:
                pytest.skip(f"a small disk cannot be mounted here: {error}")
        mounted.append(disk)
        return disk

    yield mount
    for disk in mounted:
        subprocess.run(["umount", disk], check=True)


def fill(place: Path) -> None:
    """Leaves not a byte on the disk of `place`."""
    with contextlib.suppress(OSError), (place / "filler").open("wb", buffering=0) as file:
        while file.write(bytes(2**16)):
            pass
