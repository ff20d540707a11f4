"""A day that a page names stands in a <time> ({% day %}, {% moment %}), for programs to read."""

from __future__ import annotations

import re
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
_PRINTED = re.compile(r"""\{\{[^}]*\|date(?::["'](?P<format>[^"']*)["'])?[^}]*\}\}""")
#: Within an attribute or a <time>: an open quotation mark of a tag, or a <time> not closed yet.
_WITHIN = re.compile(r'(<[^>]*="[^"]*|<time\b[^<]*)$')


def names_a_day(shown: str | None) -> bool:
    """Whether a format prints a day of a month for people; Django's own does."""
    if shown == "Y-m-d":
        return False
    return shown is None or bool(set("jd") & set(shown) and set("EFmMnNb") & set(shown))


def test_days_stand_in_time():
    bare = []
    for file in sorted(TEMPLATES.rglob("*.html")):
        if "emails" in file.parts:
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            bare += [
                f"{file.relative_to(TEMPLATES)}:{number}: {found[0]}"
                for found in _PRINTED.finditer(line)
                if names_a_day(found["format"]) and not _WITHIN.search(line[: found.start()])
            ]
    assert bare == []
