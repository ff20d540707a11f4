"""The committed table: who is answered what at which route, as text that a person can compare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("expected.txt")
#: A place: the section, the route, what is done there, and the thing behind it.
Place = tuple[str, str, str, str]
Rows = Mapping[Place, Sequence[str]]

_LINE = re.compile(r"(\S.*?)\s+(GET|POST|PUT|PATCH|DELETE|WATCH)\s*(.*)")

_LEGEND = """\
# Who is answered what: every route, operation of the API, file and topic of sockets.
#
# Written by `pytest tests/access --rewrite`; a change of this file is read by a person, line by
# line. The columns are people:
{columns}
#
# 200 shown · 204 done · 302 done, and led on · in: asked to sign in · again: asked for the password
# again · factor: asked for a second factor · 400 403 404 refused · 405 no such verb here ·
# 409 somebody was first, 422 the form or its state is refused: the route is open · 429 too often ·
# + something is stored.
# At the end of a line: what is behind the route. A verb that nobody can use there has no line.
"""


class Line(NamedTuple):
    """Things behind a route that are answered alike, in the order of COLUMNS."""

    section: str
    route: str
    verb: str
    things: str
    cells: tuple[str, ...]


def lines_of(rows: Rows) -> list[Line]:
    """What was answered, as lines: things that are answered alike share one."""
    merged: dict[tuple[str, str, str, tuple[str, ...]], list[str]] = {}
    for (section, route, verb, thing), cells in sorted(rows.items()):
        merged.setdefault((section, route, verb, tuple(cells)), []).append(thing)
    return [
        Line(section, route, verb, " ".join(things).strip(), cells)
        for (section, route, verb, cells), things in merged.items()
    ]


def read() -> list[Line]:
    """The committed lines."""
    found, section, columns = [], "", 0
    for line in FILE.read_text().splitlines() if FILE.exists() else ():
        if line.startswith("## "):
            section = line.removeprefix("## ")
        elif line.startswith(" "):
            columns = len(line.split())
        elif not line.startswith("#") and (match := _LINE.match(line)):
            route, verb, rest = match.groups()
            cells = rest.split()
            about = " ".join(cells[columns:])
            found.append(Line(section, route, verb, about, tuple(cells[:columns])))
    return found


def write(lines: Iterable[Line], columns: Mapping[str, str]) -> None:
    """Commit these lines, and no others, to the file."""
    FILE.write_text(_written(sorted(lines), columns))


def _written(lines: Sequence[Line], columns: Mapping[str, str]) -> str:
    about = "\n".join(f"#   {name:<11}{meaning}" for name, meaning in columns.items())
    text = [_LEGEND.format(columns=about)]
    widths = [max(7, len(name) + 1) for name in columns]
    routes = max(len(line.route) for line in lines) + 1
    before = ""
    for section, route, verb, things, cells in lines:
        if section != before:
            text.append(f"\n## {section}\n{'':<{routes + 6}}{_row(columns, widths)}".rstrip())
            before = section
        shown = f"  {things}" if things else ""
        text.append(f"{route:<{routes}}{verb:<6}{_row(cells, widths)}{shown}".rstrip())
    return "\n".join(text) + "\n"


def _row(cells: Iterable[str], widths: Sequence[int]) -> str:
    return "".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True))


def difference(committed: Iterable[Line], found: Iterable[Line]) -> str:
    """How what was found differs from the committed lines of the same routes; "" when it does
    not."""
    return "\n".join(
        unified_diff(
            [_shown(line) for line in sorted(committed)],
            [_shown(line) for line in sorted(found)],
            "tests/access/expected.txt",
            "answered now",
            n=0,
            lineterm="",
        )
    )


def _shown(line: Line) -> str:
    return f"{line.route} {line.verb}  {' '.join(line.cells)}  {line.things}".rstrip()
