"""The repository speaks of the product alone: no machine's paths, no registry's host names."""

import re
import subprocess

import pytest
from django.conf import settings

# Spelt so that this file does not find itself.
FORBIDDEN = re.compile(
    r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/[\w.]"
    r"|registry\.npmjs|files\.pythonhosted|pypi\.org|registry\.yarnpkg|(?<![\w-])--(?:extra-)?index-url\b"
)


def tracked_files():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    if listed.returncode:
        pytest.skip("not a git clone")
    return [settings.BASE_DIR / name for name in listed.stdout.split("\0") if name]


def test_no_machine_path_and_no_registry_host():
    found = []
    for path in tracked_files():
        try:
            lines = path.read_text().splitlines()
        except (UnicodeDecodeError, FileNotFoundError):
            continue  # a picture, or a file being moved
        found += [
            f"{path.relative_to(settings.BASE_DIR)}:{number}: {line.strip()[:100]}"
            for number, line in enumerate(lines, 1)
            if FORBIDDEN.search(line)
        ]
    assert found == []


def test_locks_are_hashed_and_name_no_index():
    for lock in sorted((settings.BASE_DIR / "requirements").glob("*.txt")):
        text = lock.read_text()
        pinned = re.findall(r"^[A-Za-z0-9._-]+==", text, re.M)
        hashed = re.findall(r"^[A-Za-z0-9._-]+==.*\\\n    --hash=sha256:", text, re.M)
        assert len(pinned) == len(hashed) > 0, lock.name
