"""CHANGELOG.md: versions with dates, the newest is the one that pyproject.toml names."""

from __future__ import annotations

import re
from datetime import date

from django.conf import settings

TEXT = (settings.BASE_DIR / "CHANGELOG.md").read_text(encoding="utf-8")
VERSIONS = re.findall(r"^## (\S+) – (\S+)$", TEXT, re.M)
#: Before this version the changelog was written in another form.
FIRST_FORM = "0.1.0"


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
        if part.startswith(FIRST_FORM):
            continue
        headings = re.findall(r"^### (.+)$", part, re.M)
        assert "Upgrade notes" not in headings[1:]
        long = [line for line in part.splitlines() if line.startswith("- ") and len(line) > 120]
        assert long == []
