"""Commit subjects: short, and of what mends a fault *Fix*, so that the log can be searched."""

from __future__ import annotations

import re
import subprocess

import pytest
from django.conf import settings

#: Those before it are not judged: when the rule became one that is checked.
SINCE = "2026-12-03T00:00:00Z"
LONGEST = 72
#: Verbs that say *Fix* otherwise, as the first word of a subject after its app.
OTHERWISE = re.compile(
    r"^(?:[\w./, -]+: )?(?:Mend|Mends|Repair|Repairs|Correct|Corrects|Fixes|Fixed|Bugfix|Heal)\b"
)


def test_subjects_say_fix_and_are_short() -> None:
    told = subprocess.run(
        ["git", "log", "--no-merges", f"--since={SINCE}", "--max-count=200", "--format=%h %s"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        pytest.skip("not a git clone")
    subjects = [line.split(" ", 1) for line in told.stdout.splitlines()]
    assert [" ".join(each) for each in subjects if refusal(each[1])] == []


@pytest.mark.parametrize(
    ("subject", "is_refused"),
    [
        ("petitions: Fix double signing by invisible letters in a domain", False),
        ("docs: Say what a correction is", False),
        ("consultations: Mend days of the calendar by UTC", True),
        ("Repair the count of signatures", True),
        ("core, city: Correct the order of streets", True),
        (f"votes: {'Count ' * 12}", True),
    ],
)
def test_a_subject_is_judged_by_its_verb_and_length(subject: str, is_refused: bool) -> None:
    assert bool(refusal(subject)) == is_refused


def refusal(subject: str) -> str:
    """Why a subject is refused; "" of one that is not."""
    if OTHERWISE.search(subject):
        return "a subject of what mends a fault begins with Fix"
    return f"longer than {LONGEST}" if len(subject) > LONGEST else ""
