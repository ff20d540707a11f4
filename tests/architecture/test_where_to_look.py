"""docs/architecture.md, "Where to look": each file that its table names is there."""

from __future__ import annotations

import re

from django.conf import settings

PATH = re.compile(r"`([\w/.]+/[\w/.]*|pyproject\.toml)`")


def test_each_named_file_is_there():
    text = (settings.BASE_DIR / "docs/architecture.md").read_text()
    table = text.split("## Where to look\n", 1)[1].split("\n## ", 1)[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 40
    paths = {row: PATH.findall(row) for row in rows}
    assert [row for row, named in paths.items() if not named] == []
    assert [
        path
        for named in paths.values()
        for path in named
        if not (settings.BASE_DIR / path).exists()
    ] == []
