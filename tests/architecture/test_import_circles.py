"""No import circle inside an app: each module can be read, and loaded, after those it needs."""

from __future__ import annotations

import ast
import graphlib
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

APPS = sorted(path.parent.name for path in settings.BASE_DIR.glob("*/apps.py"))


@pytest.mark.parametrize("app", [*APPS, "config"])
def test_no_circle(app):
    """An import inside a function counts: it hides a circle. One under TYPE_CHECKING does not.

    That ``import a.b.c`` also runs ``a/b/__init__.py`` does not count either: a package may import
    the modules it is made of.
    """
    graph = imports_within(app, settings.BASE_DIR)
    assert len(graph) > 1
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        pytest.fail(" -> ".join(reversed(error.args[1])))


def test_layers_have_no_exception():
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    contracts = project["tool"]["importlinter"]["contracts"]
    assert [each["name"] for each in contracts if "ignore_imports" in each] == []


def test_a_circle_is_found(tmp_path):
    """One through a function is; one that is closed for types alone is not."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app/__init__.py").touch()
    (tmp_path / "app/jobs.py").write_text("from app import actions\n")
    (tmp_path / "app/actions.py").write_text("def act():\n    from app import jobs\n")
    with pytest.raises(graphlib.CycleError):
        graphlib.TopologicalSorter(imports_within("app", tmp_path)).prepare()
    (tmp_path / "app/actions.py").write_text("if TYPE_CHECKING:\n    from app import jobs\n")
    graphlib.TopologicalSorter(imports_within("app", tmp_path)).prepare()


def imports_within(app: str, root: Path) -> dict[str, set[str]]:
    """Module -> the modules of its app that it imports."""
    modules = {
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path
        for path in (root / app).rglob("*.py")
        if "migrations" not in path.parts
    }
    graph: dict[str, set[str]] = {}
    for name, path in modules.items():
        targets = set(imported(ast.parse(path.read_text()), modules))
        graph[name] = targets & modules.keys() - {name}
    return graph


def imported(tree: ast.AST, modules: dict[str, Path]) -> Iterator[str]:
    match tree:
        case ast.If(test=ast.Name("TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING")):
            inside = tree.orelse
        case ast.Import(names):
            yield from (each.name for each in names)
            return
        case ast.ImportFrom(module=str(module), names=names, level=0):
            for each in names:
                path = f"{module}.{each.name}"
                yield path if path in modules else module
            return
        case ast.ImportFrom():
            raise AssertionError("a relative import")
        case _:
            inside = list(ast.iter_child_nodes(tree))
    for node in inside:
        yield from imported(node, modules)
