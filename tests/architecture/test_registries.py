"""What registers itself is read at the start of each process, without a line that says so."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest
from django.apps import apps
from django.conf import settings

from core.domain import registries

#: Decorators that put what they decorate into a registry.
REGISTRARS = {
    *("within", "records", "mail", "describes", "guards", "blocks_erasure", "register"),
    *("places.register", "source", "finder", "count_source", "evidence_source"),
}
#: Calls of a module that do something else.
OTHERS = {"atexit.register", "register_converter"}


def registering() -> dict[str, str]:
    """Each module that registers something as it is read, with what it calls."""
    found = {}
    for app in sorted(settings.BASE_DIR.glob("*/apps.py")):
        for path in app.parent.rglob("*.py"):
            if {"migrations", "templatetags", "demo"} & set(path.parts):
                continue
            if path.stem == "published_fields":
                continue  # read by its test alone
            if calls := set(calls_of(ast.parse(path.read_text()))):
                inside = path.relative_to(settings.BASE_DIR).with_suffix("")
                found[".".join(inside.parts)] = ", ".join(sorted(calls))
    return found


def calls_of(tree: ast.Module):
    for node in tree.body:
        match node:
            case ast.Expr(value=ast.Call(func=function)):
                if (name := ast.unparse(function)) not in OTHERS:
                    yield name
            case (
                ast.FunctionDef(decorator_list=decorators) | ast.ClassDef(decorator_list=decorators)
            ):
                for each in decorators:
                    name = ast.unparse(each.func if isinstance(each, ast.Call) else each)
                    if name in REGISTRARS:
                        yield f"@{name}"


@pytest.mark.cpu(6)
def test_nothing_is_left_unregistered():
    """In a process that has been set up and has read nothing else, all of them are there."""
    there = subprocess.run(
        [sys.executable, "-c", "import sys, django; django.setup(); print(*sys.modules)"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    modules = registering()
    assert len(modules) > 80
    left = {name: calls for name, calls in modules.items() if name not in there.stdout.split()}
    assert left == {}, f"call it by a name of {registries.__name__}"


def test_no_app_names_modules_that_register():
    """An app's ``ready`` imports none that is found anyway."""
    for config in apps.get_app_configs():
        path = settings.BASE_DIR / config.label / "apps.py"
        if path.is_file():
            named = {
                alias.name if isinstance(node, ast.Import) else f"{node.module}.{alias.name}"
                for node in ast.walk(ast.parse(path.read_text()))
                if isinstance(node, ast.Import | ast.ImportFrom)
                for alias in node.names
            }
            assert [name for name in named if registries.is_discovered(name)] == []


def test_each_name_is_used():
    """A name that no module bears any more goes from the list."""
    found = registries.discover()
    assert {name.rpartition(".")[2] for name in found} >= registries.NAMES
    for start in registries.BEGINNINGS:
        assert any(name.rpartition(".")[2].startswith(start) for name in found)
