"""CHANGELOG.md: versions with dates, the newest is the one that pyproject.toml names."""

from __future__ import annotations

import re
from datetime import date

from django.conf import settings

TEXT = (settings.BASE_DIR / "CHANGELOG.md").read_text(encoding="utf-8")
VERSIONS = re.findall(r"^## (\S+) – (\S+)$", TEXT, re.M)
KINDS = ("Upgrade notes", "Added", "Changed", "Fixed", "Security")
LONGEST = 110  # characters of a line


def test_the_newest_version_is_the_installed_one():
    newest, day = VERSIONS[0]
    assert newest == settings.VERSION
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
