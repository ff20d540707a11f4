"""The parts of a night: all tests are in one of them, and what has passed need not run again."""

import json
import sys
from pathlib import Path

import pytest
from django.conf import settings

sys.path.insert(0, "bin")
from cli import nightly
from cli.clone import UserError

TESTS = Path(settings.BASE_DIR) / "tests"


@pytest.fixture(autouse=True)
def state(monkeypatch, tmp_path):
    monkeypatch.setattr(nightly, "STATE", tmp_path / "nightly.json")


class Runs:
    """What is run instead of pytest: remembers the arguments; ``fails`` are parts' first paths."""

    def __init__(self, *fails: str):
        self.fails = fails
        self.ran: list[list[str]] = []
        self.by_shell: list[list[str]] = []

    def __call__(self, arguments: list[str], whole_browser: bool) -> int:
        self.ran.append(arguments)
        if not whole_browser:
            self.by_shell.append(arguments)
        return int(any(path in arguments for path in self.fails))


def test_every_test_is_in_one_part():
    runs = Runs()
    assert nightly.run(["--nightly"], runs) == 0
    apps, *others = runs.ran
    named = [path for arguments in others for path in arguments if path.startswith("tests/")]
    assert apps == ["--nightly", *(f"--ignore={path}" for path in named)]
    assert len(named) == len(set(named))
    assert all((TESTS.parent / path).is_dir() for path in named)
    assert runs.by_shell == others[:2]


def test_a_night_goes_on_where_it_failed(capsys):
    assert nightly.run(["--nightly"], Runs("tests/journeys")) == 1
    assert "browsers  FAILED" in capsys.readouterr().out
    again = Runs()
    assert nightly.run(["--nightly", "--resume", "-q"], again) == 0
    assert again.ran == [["--nightly", "-q", "tests/journeys", "tests/realtime"]]
    assert "faults    passed before" in capsys.readouterr().out


def test_one_part_is_run_alone():
    runs = Runs()
    nightly.run(["--nightly", "--part", "faults"], runs)
    assert runs.ran == [["--nightly", "tests/faults"]]
    with pytest.raises(UserError, match="apps, pages"):
        nightly.run(["--nightly", "--part", "night"], runs)


def test_a_changed_tree_is_run_anew():
    nightly.STATE.write_text(json.dumps({"tree": "another", "passed": {"faults": 6}}))
    again = Runs()
    nightly.run(["--nightly", "--resume"], again)
    assert len(again.ran) == len(nightly.NAMES)
