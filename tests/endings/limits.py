"""Limits of tries: which routes hold them, and which functions of the product spend them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.limits import Limit
from tests.access import table
from tests.access.conftest import COLUMNS

FILE = Path(__file__).with_name("limits.txt")
_HEAD = """\
# Limits of tries. Written by `bin/test tests/endings/test_limits.py --rewrite`; a change of this
# file is read by a person, line by line.
#
# First every route to which somebody without a part in the council can send a form, with the limits
# that its view is wrapped in (-: none), then every function that spends limits itself.
"""
_SPENDING = {"spend", "spend_client", "tries", "tries_of_client"}


def lines() -> list[str]:
    """What stands in the file, as it is now."""
    routes = [f"{name} {' '.join(map(_words, found)) or '-'}" for name, found in _open_routes()]
    spent = [f"{place} {' '.join(sorted(found))}" for place, found in _spending_functions()]
    return [*sorted(routes), "", *sorted(spent)]


def read() -> list[str]:
    rows = FILE.read_text().splitlines() if FILE.exists() else []
    return [row for row in rows if not row.startswith("#")]


def write(rows: list[str]) -> None:
    FILE.write_text(_HEAD + "\n".join(rows) + "\n")


def _words(limit: Limit) -> str:
    return f"{limit.name}:{limit.most}/{limit.per.total_seconds() / 60:g}min"


def _open_routes() -> Iterator[tuple[str, list[Limit]]]:
    """Routes of pages whose POST does something for nobody in particular, or for any resident."""
    columns = [list(COLUMNS).index(name) for name in ("anon", "resident", "author", "firm")]
    closed = {"in", "again", "factor", "403", "404", "405"}
    open_ = {
        line.route
        for line in table.read()
        if line.verb == "POST"
        and not line.route.startswith("api:")
        and {line.cells[column] for column in columns} - closed
    }
    for name, view in views():
        found = limits_of(view)
        if name in open_ or found:
            yield name, found


def views(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """The view of each named route."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from views(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{prefix}{pattern.name}", pattern.callback


def limits_of(view: Callable[..., Any]) -> list[Limit]:
    """The limits in which a view is wrapped, from outside."""
    found: list[Limit] = []
    step: Any = view
    while step is not None:
        for cell in getattr(step, "__closure__", None) or ():
            inner = cell.cell_contents
            held = getattr(inner, "__closure__", None) or () if callable(inner) else ()
            found += [each.cell_contents for each in held if isinstance(each.cell_contents, Limit)]
        step = getattr(step, "__wrapped__", None)
    return list(dict.fromkeys(found))


def _spending_functions() -> Iterator[tuple[str, set[str]]]:
    """``file function`` with what it spends, as it is written there."""
    root = Path(settings.BASE_DIR)
    for config in root.glob("*/apps.py"):
        for path in config.parent.rglob("*.py"):
            text = path.read_text()
            if "migrations" in path.parts or not any(f".{word}(" in text for word in _SPENDING):
                continue
            for node in ast.walk(ast.parse(text)):
                if not isinstance(node, ast.FunctionDef):
                    continue
                spent = {
                    ast.unparse(call.func.value).replace(" ", "")
                    for call in ast.walk(node)
                    if isinstance(call, ast.Call)
                    and isinstance(call.func, ast.Attribute)
                    and call.func.attr in _SPENDING
                }
                if spent:
                    yield f"{path.relative_to(root)} {node.name}", spent
