"""Each seeded fault is caught by the test that is named for it (tests/faults/seeded.py).

In a copy of the tree one place is broken at a time, and the named test runs there, in a process of
its own on a database of its own. It must fail; whole, it must pass.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from tests.faults.seeded import FAULTS, Fault
from tests.servers import database_url

pytestmark = [pytest.mark.nightly, pytest.mark.timeout(1800)]

#: What a copy shares with the tree, and what it does without.
_SHARED = (".venv", "node_modules")
_LEFT_OUT = shutil.ignore_patterns(*_SHARED, ".git", ".local", ".pytest_cache", "__pycache__")


class Copy:
    """A copy of the tree, and what was caught in it so far."""

    def __init__(self, root: Path, url: str) -> None:
        self.root = root
        self.url = url
        self.table: list[tuple[str, str, str]] = []

    def run(self, *tests: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        command += ["--long", "--reuse-db"]
        # Neither the servers nor the workers of this run are those of the copy's.
        env = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("TEST_", "PYTEST_"))
        } | {"DATABASE_URL": self.url}
        return subprocess.run(
            [*command, *tests], cwd=self.root, env=env, capture_output=True, text=True, check=False
        )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    root = tmp_path_factory.mktemp("faults") / "viche"
    shutil.copytree(settings.BASE_DIR, root, ignore=_LEFT_OUT)
    for name in _SHARED:
        (root / name).symlink_to(settings.BASE_DIR / name)
    url = urlsplit(database_url())
    made = Copy(root, url._replace(path="/faults").geturl())
    yield made
    lines = [f"{caught:<8}{name:<56}{test}" for name, test, caught in made.table]
    sys.__stderr__.write("\n" + "\n".join(["Seeded faults:", *lines]) + "\n")


def test_whole_the_named_tests_pass(copy: Copy) -> None:
    ran = copy.run(*dict.fromkeys(fault.test for fault in FAULTS))
    assert ran.returncode == 0, ran.stdout[-4000:]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.replace(" ", "-"))
def test_a_fault_is_caught(copy: Copy, fault: Fault) -> None:
    place = copy.root / fault.file
    whole = place.read_text()
    assert whole.count(fault.right) == 1, f"{fault.file} has changed: say the fault anew"
    place.write_text(whole.replace(fault.right, fault.wrong))
    try:
        ran = copy.run("-x", fault.test)
    finally:
        place.write_text(whole)
    caught = ran.returncode == 1 and "failed" in ran.stdout
    copy.table.append((fault.name, fault.test, "caught" if caught else "MISSED"))
    assert caught, f"{fault.name} was not caught:\n{ran.stdout[-2000:]}\n{ran.stderr[-1000:]}"
