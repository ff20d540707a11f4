"""CHANGELOG.md: versions with dates; pyproject.toml names the newest, or the one that comes."""

from __future__ import annotations

import re
import tomllib
from datetime import date

from django.conf import settings
from packaging.version import Version

TEXT = (settings.BASE_DIR / "CHANGELOG.md").read_text(encoding="utf-8")
VERSIONS = re.findall(r"^## (\S+) – (\S+)$", TEXT, re.M)
KINDS = ("Upgrade notes", "Added", "Changed", "Fixed", "Security")
LONGEST = 110  # characters of a line
#: Lines under «Unreleased», without empty ones: what an administrator reads before an upgrade.
#: Each issue that is open may add ten to it; whoever closes one folds its lines.
MOST_LINES, MOST_OF_AN_ISSUE = 60, 10
OPEN_ISSUES = 6


def test_the_newest_version_is_the_declared_one_or_comes_before_it():
    """The commit that says «Release 0.6.0» is the release; what follows is 0.7.0.dev0."""
    declared = Version(
        tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
    )
    newest, day = VERSIONS[0]
    if declared.is_devrelease:
        assert str(declared).endswith(".dev0")
        assert Version(newest) < declared
        assert "## Unreleased\n" in TEXT
    else:
        assert Version(newest) == declared
        assert "## Unreleased\n" not in TEXT
    assert date.fromisoformat(day)
    assert [number for number, _day in VERSIONS] == sorted(
        (number for number, _day in VERSIONS),
        key=lambda number: [int(part) for part in number.split(".")],
        reverse=True,
    )


def test_each_version_begins_with_its_upgrade_notes_and_has_short_lines():
    for part in re.split(r"^## ", TEXT, flags=re.M)[1:]:
        headings = re.findall(r"^### (.+)$", part, re.M)
        assert headings[0] == "Upgrade notes"
        assert [each for each in headings if each.partition(":")[0] not in KINDS] == []
        assert [line for line in part.splitlines() if len(line) > LONGEST] == []


def test_what_is_unreleased_is_short():
    unreleased = TEXT.partition("## Unreleased\n")[2].partition("\n## ")[0]
    lines = [line for line in unreleased.splitlines() if line]
    assert len(lines) <= MOST_LINES + MOST_OF_AN_ISSUE * OPEN_ISSUES
