"""The table of what each hot path costs (table.toml), and what a cost that is over it says."""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

FILE = Path(__file__).with_name("table.toml")
PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}"
#: Part by which a path may be over its line; by which under, before that is worth a new table; and
#: by which under, before there is room for a slip that nobody would see.
OVER, UNDER, FAR_UNDER = 0.03, 0.03, 0.10
#: Functions that a failure names.
_NAMED = 8
_HEAD = """\
# What each hot path costs, written by `bin/test tests/speed --rewrite` (CONTRIBUTING.md, ADR 114).
# Of each: SQL statements by verb and first table; Python calls, libraries' too, by the innermost
# function of ours that they are made in, a line a module. Counted by Python {python} alone.
python = "{python}"
"""


@dataclass
class Line:
    """What a path costs: statements by name, calls by the function of ours (``module:name``)."""

    statements: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)


def read() -> tuple[str, dict[str, Line]]:
    """For which Python it is, and the line of each path; "" and none where there is no table."""
    if not FILE.exists():
        return "", {}
    held = tomllib.loads(FILE.read_text(encoding="utf-8"))
    python = held.pop("python")
    return python, {name: _line(each) for name, each in held.items()}


def _line(held: Mapping[str, Mapping[str, object]]) -> Line:
    calls: Counter[str] = Counter()
    for module, functions in held["by"].items():
        for each in str(functions).split(", "):
            name, _, number = each.rpartition(" ")
            calls[f"{module}:{name}"] = int(number)
    return Line(Counter({name: int(str(times)) for name, times in held["sql"].items()}), calls)


def write(lines: Mapping[str, Line]) -> None:
    """Write the table of these paths, in this order."""
    parts = [_HEAD.format(python=PYTHON)]
    for name, line in lines.items():
        parts.append(f'\n["{name}"]\n')
        parts.append(f"statements = {line.statements.total()}\ncalls = {line.calls.total()}\n")
        parts.append(f'["{name}".sql]\n')
        parts += [f'"{sql}" = {times}\n' for sql, times in sorted(line.statements.items())]
        parts.append(f'["{name}".by]\n')
        parts += [f'"{module}" = "{functions}"\n' for module, functions in _modules(line.calls)]
    FILE.write_text("".join(parts), encoding="utf-8")


def _modules(calls: Counter[str]) -> Iterable[tuple[str, str]]:
    """A line for each module, by name: its functions, the dearest first."""
    modules: dict[str, list[str]] = {}
    for name, number in sorted(calls.items(), key=lambda each: (-each[1], each[0])):
        module, _, function = name.partition(":")
        modules.setdefault(module, []).append(f"{function} {number}")
    return [(module, ", ".join(functions)) for module, functions in sorted(modules.items())]


def complaint(
    before: Line, now: Line, *, places: Mapping[str, str], functions: Mapping[str, int]
) -> str:
    """Why a cost is over its line, or too far under it; "" where it is not.

    ``places``: by which function of ours a statement was sent. ``functions``: how often each
    function was begun, to tell what within a function of ours is called so often.
    """
    said = []
    for what, was, is_ in (
        ("SQL statements", before.statements.total(), now.statements.total()),
        ("Python calls", before.calls.total(), now.calls.total()),
    ):
        if is_ > was * (1 + OVER):
            said.append(f"{is_} {what}, the table has {was} ({_change(was, is_)}).")
        elif is_ < was * (1 - FAR_UNDER):
            said.append(
                f"{is_} {what}, the table has {was} ({_change(was, is_)}): write it anew, or a slip"
                " of that much would not be seen."
            )
    if not said:
        return ""
    more = _more(before.statements, now.statements)
    said += [
        f"  statement {name}: {was} → {is_}, by {places.get(name, '?')}" for name, was, is_ in more
    ]
    grown = _more(before.calls, now.calls)
    for name, was, is_ in grown[:_NAMED]:
        said.append(f"  {'grew' if was else 'new'}  {name}: {was} → {is_} calls in it")
    if grown:
        said.append("  begun most often: " + _most(functions))
    said.append("Mend it, or `bin/test tests/speed --rewrite` and say why in the commit.")
    return "\n".join(said)


def is_under(before: Line, now: Line) -> bool:
    """Whether it is so much cheaper that the table should be written anew."""
    return any(
        is_.total() < was.total() * (1 - UNDER)
        for was, is_ in ((before.statements, now.statements), (before.calls, now.calls))
    )


def _more(before: Counter[str], now: Counter[str]) -> list[tuple[str, int, int]]:
    """What there is more of, with how many there were and are; the largest differences first."""
    grown = [(name, before[name], number) for name, number in now.items() if number > before[name]]
    return sorted(grown, key=lambda each: (each[1] - each[2], each[0]))


def _most(functions: Mapping[str, int]) -> str:
    most = sorted(functions.items(), key=lambda each: (-each[1], each[0]))[:_NAMED]
    return ", ".join(f"{name} {times}" for name, times in most)


def _change(was: int, is_: int) -> str:
    return f"{100 * (is_ - was) / was:+.1f} %" if was else "new"
