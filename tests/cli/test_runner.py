"""How a test run is chosen, divided, billed and repeated: shown by runs of small suites."""

import os
import re
import signal
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings

from .conftest import wait_until

pytestmark = pytest.mark.with_all
PLUGINS = ("levels", "cost", "stopping", "workers")
MARKS = "long short nightly more_at_night in_turn with_all clocked spread cpu timeout"


class Suite:
    """A project with a few tests, run by the plugins of this one."""

    def __init__(self, folder):
        self.folder = folder
        marks = "".join(f"\n  {name}" for name in MARKS.split())
        (folder / "pytest.ini").write_text(f"[pytest]\ntestpaths = tests\nmarkers ={marks}\n")

    def add(self, name: str, *lines: str) -> None:
        path = self.folder / "tests" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(("import pytest, os, time", "mark = pytest.mark", *lines)))

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """pytest, without other plugins; what a worker of this run is told is kept from it."""
        return subprocess.run(**self.command(arguments), timeout=120)

    def command(self, arguments: tuple[str, ...]) -> dict[str, Any]:
        env = {name: value for name, value in os.environ.items() if "TEST_" not in name}
        plugins = ["-pxdist.plugin", *(f"-ptests.plugins.{name}" for name in PLUGINS)]
        return {
            "args": [sys.executable, "-m", "pytest", *plugins, *arguments],
            "cwd": self.folder,
            "env": {
                **env,
                "PYTHONPATH": str(settings.BASE_DIR),
                "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # importing them all takes seconds
            },
            "stdout": subprocess.PIPE,
            "stderr": subprocess.STDOUT,
            "text": True,
        }


@pytest.fixture
def suite(tmp_path):
    return Suite(tmp_path)


def test_what_is_slow_begins_first_and_what_is_clocked_when_no_other_test_runs(suite):
    suite.add(
        "conftest.py",
        "def write(step, request):",
        "    with open('log', 'a') as log: log.write(f'{step} {request.node.name}\\n')",
        "@pytest.fixture(autouse=True)",
        "def recorded(request):",
        "    write('begin', request)",
        "    yield",
        "    write('end', request)",
    )
    for file in "abcdef":
        suite.add(
            f"test_{file}.py",
            "@mark.clocked",
            f"def test_clocked_{file}(): pass",
            "@mark.timeout(900)" if file == "f" else "",
            *(f"def test_{file}{number}(): sum(range(300_000))" for number in range(5)),
        )
    done = suite.run("-n2", "--dist=loadfile", "-q")
    assert "36 passed" in done.stdout, done.stdout
    steps = [line.split() for line in (suite.folder / "log").read_text().splitlines()]
    assert len(steps) == 72
    assert steps.index(["begin", "test_f0"]) < steps.index(["begin", "test_b0"])
    first = next(place for place, (_, name) in enumerate(steps) if "clocked" in name)
    assert all("clocked" in name for _, name in steps[first:])
    for begin, end in zip(steps[first::2], steps[first + 1 :: 2], strict=True):
        assert (begin[0], end[0]) == ("begin", "end") and begin[1] == end[1]


def test_a_level_runs_what_it_names(suite):
    suite.add(
        "votes/test_votes.py",
        "def test_rule(): pass",
        "@mark.with_all\ndef test_dear(): pass",
        "@mark.long\ndef test_crowd(): pass",
        "@mark.short\ndef test_few(): pass",
        "@mark.nightly\ndef test_random(): pass",
        "@mark.more_at_night\ndef test_number(): pass",
        "@pytest.fixture\ndef browser(): pass",
        "@pytest.fixture\ndef page(browser): pass",
        "def test_window(page): pass",
        "from hypothesis import given, strategies",
        "@given(strategies.integers())\ndef test_example(number): pass",
    )
    suite.add("attack/test_xss.py", "def test_words(): pass")

    def chosen(*arguments: str) -> str:
        said = suite.run("--collect-only", "-q", *arguments).stdout.splitlines()
        names = [line.rsplit("::test_", 1)[1] for line in said if "::" in line]
        return " ".join(sorted(names))

    assert chosen() == "example few number rule window"
    assert chosen("--all") == "dear example few number rule window words"
    assert chosen("--all", "--long") == "crowd dear example number rule window words"
    # What does the same in CI is left out.
    assert chosen("--nightly") == "example number random window"
    assert chosen("tests/votes") == "dear example few number rule window"
    assert chosen("tests/attack/test_xss.py::test_words") == "words"


def test_values_take_turns(suite):
    suite.add(
        "test_turn.py",
        '@mark.in_turn("who", "abcd")',
        "def test_who(who): pass",
    )

    def chosen(*arguments: str) -> str:
        said = suite.run("--collect-only", "-q", *arguments).stdout
        return "".join(re.findall(r"test_\w+\[(\w)\]", said))

    days = [chosen(f"--day=2026-12-0{day}") for day in range(1, 5)]
    assert sorted(days) == ["a", "b", "c", "d"]
    assert chosen("--all", "--day=2026-12-01") == days[0]
    assert chosen("--long", "--day=2026-12-01") == days[0] + days[2]
    assert chosen("--nightly", "--day=2026-12-01") == "abcd"


def test_a_dear_test_needs_a_mark(suite):
    burn = (
        "import time; began = time.process_time()\n    while time.process_time() < began + .2: pass"
    )
    suite.add(
        "test_dear.py",
        f"@mark.cpu(0.01)\ndef test_dearer(): \n    {burn}",
        f"@mark.cpu(100)\ndef test_allowed(): \n    {burn}",
        f"@pytest.fixture(scope='module')\ndef shared(): \n    {burn}",
        "@mark.cpu(0.1)\ndef test_does_not_pay_for_what_is_shared(shared): pass",
    )
    done = suite.run("-q")
    assert done.returncode == 1
    assert "3 passed, 1 error" in done.stdout, done.stdout
    assert "ERROR tests/test_dear.py::test_dearer" in done.stdout
    assert "CPU seconds; " in done.stdout


@pytest.mark.parametrize(("number", "code"), [(2, 0), (3, 1)])
def test_what_passes_only_the_second_time_is_named(suite, number, code):
    for name in range(number):
        suite.add(
            f"test_{name}.py",
            f"def test_luck():\n    assert os.path.exists('{name}') or open('{name}', 'w').close()",
            "def test_sure(): pass",
        )
    assert suite.run("-q").returncode == 1
    done = suite.run("-q", "--last-failed", "--last-failed-no-failures=none", "--second")
    assert done.returncode == code
    named = done.stdout.split("passed only the second time")[1]
    assert all(f"tests/test_{name}.py::test_luck" in named for name in range(number))
    assert named.count("    AssertionError: assert (False or None)") == number
    assert done.stdout.splitlines()[-1].startswith(f"{number} passed")


def test_who_was_a_little_over_their_limit_once_has_a_list_of_their_own(suite):
    suite.add(
        "conftest.py",
        "from tests.plugins import processor_time",
        "processor_time.calibrate = lambda: 1.0",
        "def burn(seconds):",
        "    began = time.process_time() + (0 if os.path.exists('once') else seconds)",
        "    while time.process_time() < began: pass",
        "@pytest.fixture",
        "def burning(): return burn",
        "def pytest_unconfigure(): open('once', 'w').close()",
    )
    for name in range(3):
        suite.add(
            f"test_{name}.py", "@mark.cpu(0.4)", "def test_nearly(burning):", "    burning(0.43)"
        )
    suite.add("test_much.py", "@mark.cpu(0.4)", "def test_much(burning):", "    burning(0.9)")
    assert suite.run("-q").returncode == 1
    done = suite.run("-q", "--last-failed", "--last-failed-no-failures=none", "--second")
    assert done.returncode == 0, done.stdout
    nearly, second = done.stdout.split("the first time")[1].split("passed only the second time")
    assert [f"tests/test_{name}.py::test_nearly" in nearly for name in range(3)] == [True] * 3
    assert "test_much" in second and "test_nearly" not in second


@pytest.mark.parametrize("signals", [[signal.SIGTERM], [signal.SIGINT, signal.SIGTERM]])
def test_a_run_that_is_told_to_stop_says_its_summary(suite, signals):
    suite.add(
        "test_long.py",
        "def test_short(): pass",
        "def test_endless():\n    open('begun', 'w').close()\n    time.sleep(60)",
    )
    run = subprocess.Popen(**suite.command(("-q",)))
    wait_until((suite.folder / "begun").exists, 60, "the test begins")
    for number in signals:
        run.send_signal(number)
    said, _ = run.communicate(timeout=60)
    assert run.returncode == pytest.ExitCode.INTERRUPTED
    assert said.splitlines()[-1].startswith("1 passed in")
