"""Where the product counts: methods of querysets, and functions with a count or an aggregate."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

_ROOT = Path(settings.BASE_DIR)
#: Neither the demo city, nor what developers alone run.
_LEFT_OUT = {"migrations", "management", "demo", "tests"}
_AGGREGATES = {"Count", "Sum", "Avg"}
_CHOOSING = {"filter", "exclude"}
_SQL_COUNT = re.compile(r"\b(?:count|sum)\s*\(")
_SQL = re.compile(r"\b(?:SELECT|FROM|FILTER|WHERE)\b")


def counting_sites() -> set[str]:
    """«file function» of each, «file -» of SQL in a constant of the module."""
    found: set[str] = set()
    for config in _ROOT.glob("*/apps.py"):
        for path in config.parent.rglob("*.py"):
            file = path.relative_to(_ROOT)
            if not _LEFT_OUT & set(file.parts):
                found |= {f"{file} {name}" for name in _names(ast.parse(path.read_text()))}
    return found


def _names(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        yield from _names_in(node, "")


def _names_in(node: ast.AST, within: str) -> Iterator[str]:
    if isinstance(node, ast.ClassDef):
        within = node.name
        if node.name.endswith("QuerySet"):
            yield from _choosing_methods(node)
            return
    elif isinstance(node, ast.FunctionDef):
        within = f"{within}.{node.name}" if within else node.name
    if _is_counting(node):
        yield within or "-"
    for child in ast.iter_child_nodes(node):
        yield from _names_in(child, within)


def _choosing_methods(node: ast.ClassDef) -> Iterator[str]:
    for method in node.body:
        if isinstance(method, ast.FunctionDef):
            calls = (each.func for each in ast.walk(method) if isinstance(each, ast.Call))
            if any(isinstance(call, ast.Attribute) and call.attr in _CHOOSING for call in calls):
                yield f"{node.name}.{method.name}"


def _is_counting(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return bool(_SQL_COUNT.search(node.value) and _SQL.search(node.value))
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute):
        is_plain = node.func.attr == "count" and not (node.args or node.keywords)
        return is_plain or node.func.attr == "aggregate" or node.func.attr in _AGGREGATES
    return isinstance(node.func, ast.Name) and node.func.id in _AGGREGATES
