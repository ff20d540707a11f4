"""Each seeded fault is caught by the test that is named for it (tests/faults/seeded.py).

In a copy of the tree one place is broken at a time, and the named test runs there, in a process of
its own on a database of its own. It must fail; whole, it must pass.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from tests.faults.seeded import FAULTS, Fault
from tests.servers import database_url

pytestmark = [pytest.mark.nightly, pytest.mark.spread, pytest.mark.timeout(1800)]

#: What a copy shares with the tree, and what it does without.
_SHARED = (".venv", "node_modules")
_LEFT_OUT = shutil.ignore_patterns(*_SHARED, ".git", ".local", ".pytest_cache", "__pycache__")


class Copy:
    """A copy of the tree, in which tests run in a process and on a database of their own."""

    def __init__(self, root: Path, url: str) -> None:
        self.root = root
        self.url = url

    def run(self, level: str, *tests: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pytest", "-q", level, "--reuse-db"]
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
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    root = tmp_path_factory.mktemp("faults") / "viche"
    shutil.copytree(settings.BASE_DIR, root, ignore=_LEFT_OUT)
    for name in _SHARED:
        (root / name).symlink_to(settings.BASE_DIR / name)
    return Copy(root, urlsplit(database_url())._replace(path="/faults").geturl())


@pytest.mark.parametrize("level", dict.fromkeys(fault.level for fault in FAULTS))
def test_whole_the_named_tests_pass(copy: Copy, level: str) -> None:
    ran = copy.run(level, *dict.fromkeys(each.test for each in FAULTS if each.level == level))
    assert ran.returncode == 0, ran.stdout[-4000:]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.replace(" ", "-"))
def test_a_fault_is_caught(
    copy: Copy, fault: Fault, record_property: Callable[[str, object], None]
) -> None:
    record_property("fault", f"{fault.name:<66}  {fault.test}")
    place = copy.root / fault.file
    whole = place.read_text()
    assert whole.count(fault.right) == 1, f"{fault.file} has changed: say the fault anew"
    place.write_text(whole.replace(fault.right, fault.wrong))
    try:
        ran = copy.run(fault.level, "-x", fault.test)
    finally:
        place.write_text(whole)
    told = f"{ran.stdout[-2000:]}\n{ran.stderr[-1000:]}"
    assert ran.returncode == 1, f"{fault.name} was not caught:\n{told}"
    assert "\nFAILED " in ran.stdout, f"{fault.name} broke the run, not the test:\n{told}"
