"""The committed table: who is answered what at which door, as text that a person can compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import unified_diff
from pathlib import Path

FILE = Path(__file__).with_name("expected.txt")
#: A place: the section, the door, what is done there, and the thing behind it.
Place = tuple[str, str, str, str]
Rows = Mapping[Place, Sequence[str]]

_LEGEND = """\
# Who is answered what: every route, operation of the API, file and topic of sockets.
#
# Written by `pytest tests/access --rewrite`; a change of this file is read by a person, line by
# line. The columns are people:
{columns}
#
# 200 shown · 204 done · 302 done, and led on · in: asked to sign in · again: asked for the password
# again · factor: asked for a second factor · 400 403 404 refused · 405 no such verb here ·
# 409 somebody was first, 422 the form or its state is refused: the door is open · 429 too often ·
# + something is stored.
# At the end of a line: what is behind the door. A verb that nobody can use there has no line.
"""


def written(rows: Rows, columns: Mapping[str, str]) -> str:
    """The table as its file holds it: things that are answered alike share a line."""
    about = "\n".join(f"#   {name:<11}{meaning}" for name, meaning in columns.items())
    lines = [_LEGEND.format(columns=about)]
    widths = [max(7, len(name) + 1) for name in columns]
    doors = max(len(door) for _section, door, _verb, _thing in rows) + 1
    before = ""
    for (section, door, verb, cells), things in _alike(rows).items():
        if section != before:
            lines.append(f"\n## {section}\n{'':<{doors + 6}}{_row(columns, widths)}".rstrip())
            before = section
        about = f"  {' '.join(things)}" if things != [""] else ""
        lines.append(f"{door:<{doors}}{verb:<6}{_row(cells, widths)}{about}".rstrip())
    return "\n".join(lines) + "\n"


def _alike(rows: Rows) -> dict[tuple[str, str, str, tuple[str, ...]], list[str]]:
    merged: dict[tuple[str, str, str, tuple[str, ...]], list[str]] = {}
    for (section, door, verb, thing), cells in sorted(rows.items()):
        merged.setdefault((section, door, verb, tuple(cells)), []).append(thing)
    return merged


def _row(cells: Iterable[str], widths: Sequence[int]) -> str:
    return "".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True))


def difference(found: str) -> str:
    """How the committed table differs from what was found now; "" when it does not."""
    committed = FILE.read_text() if FILE.exists() else ""
    return "".join(_lines(committed, found))


def _lines(committed: str, found: str) -> Iterable[str]:
    return unified_diff(
        committed.splitlines(keepends=True),
        found.splitlines(keepends=True),
        "tests/access/expected.txt",
        "answered now",
        n=0,
    )
