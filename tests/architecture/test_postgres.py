"""Viche runs on the PostgreSQL that Debian brings, from 15 on; the tests' own one is newer."""

import re

from django.conf import settings

from .test_words import tracked_files

# What came with 16, 17 and 18, as far as somebody might reach for it.
NEWER = re.compile(
    r"RETURNING\s+(?:OLD|NEW|WITH\s*\()|\b(?:ANY_VALUE|JSON_TABLE|JSON_SCALAR|UUIDV[47]"
    r"|MERGE_ACTION|XMLTEXT|RANDOM_NORMAL)\(|\bWITHOUT OVERLAPS\b|\bNOT ENFORCED\b",
    re.IGNORECASE,
)


def test_no_statement_needs_a_newer_postgresql_than_promised():
    found = [
        f"{path.relative_to(settings.BASE_DIR)}: {hit.group()}"
        for path in tracked_files()
        if path.suffix in {".py", ".sql"} and path.name != "test_postgres.py"
        for hit in NEWER.finditer(path.read_text())
        if not hit.string[: hit.start()].rsplit("\n", 1)[-1].lstrip().startswith("#")
    ]
    assert found == []
