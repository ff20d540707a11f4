"""Which module imports which, and which template, script or style sheet uses which."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

#: `{% include "votes/row.html#part" %}`, a path in a view, `{% reader_scripts "js/thanks.js" %}`.
_TEMPLATE = re.compile(r"[\"']([\w/.-]+\.(?:html|txt|xml|svg))(?:#[\w-]+)?[\"']")
_STATIC = re.compile(r"[\"'(]([\w./-]+\.(?:js|css))[\"')]")


class Graph:
    """The imports of the product and of its tests, and the uses of templates and static files."""

    def __init__(self, root: Path, packages: Iterable[str]) -> None:
        self.root = root
        self.trees: dict[str, ast.Module] = {}
        self.files: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        for package in packages:
            for path in sorted((root / package).rglob("*.py")):
                if "migrations" not in path.parts:
                    name = module_of(str(path.relative_to(root)))
                    self.files[name] = str(path.relative_to(root))
                    self.texts[name] = path.read_text(encoding="utf-8")
                    self.trees[name] = ast.parse(self.texts[name])

    @cached_property
    def imports(self) -> dict[str, set[str]]:
        """Module -> the modules whose definitions it imports, in functions too."""
        return {name: {*self._imported(tree)} - {name} for name, tree in self.trees.items()}

    @cached_property
    def importers(self) -> dict[str, set[str]]:
        """Module -> the modules that import it."""
        return _turned(self.imports)

    def list_importers(self, modules: Iterable[str], *, within: str = "") -> set[str]:
        """The modules, and all that import them on any way; ``within``: only those of an app."""
        return _reached(modules, self.importers, within)

    def _imported(self, tree: ast.Module) -> Iterable[str]:
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from (each.name for each in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                for each in node.names:
                    yield self._defining(node.module, each.name)

    def _defining(self, module: str, name: str) -> str:
        """The module that defines a name: `app.models` only names what its features define."""
        if f"{module}.{name}" in self.trees:
            return f"{module}.{name}"
        return self._passed_on.get((module, name), module)

    @cached_property
    def _passed_on(self) -> dict[tuple[str, str], str]:
        return {
            (name, each.asname or each.name): node.module
            for name, tree in self.trees.items()
            if name.endswith(".models")
            for node in tree.body
            if isinstance(node, ast.ImportFrom) and node.module
            for each in node.names
        }

    # --- Templates, scripts and style sheets ------------------------------------------------------

    @cached_property
    def template_users(self) -> dict[str, set[str]]:
        """Template -> the templates that include or extend it."""
        return _turned(
            {name: {*_TEMPLATE.findall(text)} - {name} for name, text in self.templates.items()}
        )

    @cached_property
    def templates(self) -> dict[str, str]:
        """Every template's text, by its name."""
        folder = self.root / "templates"
        found = (path for path in folder.rglob("*") if path.is_file())
        return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in found}

    def list_templates(self, names: Iterable[str]) -> set[str]:
        """These templates, and all that are drawn with them."""
        return _reached(names, self.template_users)

    def list_templates_with(self, static: str) -> set[str]:
        """The templates that load a script or a style sheet, or one that imports it."""
        folder = self.root / "static"
        using: dict[str, set[str]] = {}
        for path in [*folder.rglob("*.js"), *folder.rglob("*.css")]:
            text = path.read_text(encoding="utf-8", errors="replace")
            using[path.name] = {Path(each).name for each in _STATIC.findall(text)}
        wanted = _reached([Path(static).name], _turned(using))
        return {
            name
            for name, text in self.templates.items()
            if wanted & {Path(each).name for each in _STATIC.findall(text)}
        }

    @cached_property
    def drawn_by(self) -> dict[str, set[tuple[str, str]]]:
        """Template -> where the product names it: a module and its top function, or ""."""
        found: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for name, tree in self.trees.items():
            if name.startswith("tests."):
                continue
            for top in tree.body:
                function = (
                    top.name if isinstance(top, ast.FunctionDef | ast.AsyncFunctionDef) else ""
                )
                place = (name, function)
                for node in ast.walk(top):
                    if isinstance(node, ast.Constant) and isinstance(node.value, str):
                        found[node.value.partition("#")[0]].add(place)
        return found


def module_of(path: str) -> str:
    """The dotted name of a Python file."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _turned(graph: Mapping[str, set[str]]) -> dict[str, set[str]]:
    turned: dict[str, set[str]] = defaultdict(set)
    for name, others in graph.items():
        for other in others:
            turned[other].add(name)
    return turned


def _reached(begin: Iterable[str], graph: Mapping[str, set[str]], within: str = "") -> set[str]:
    seen = set(begin)
    waiting = [*seen]
    while waiting:
        for other in graph.get(waiting.pop(), ()):
            if other not in seen and (not within or other.partition(".")[0] == within):
                seen.add(other)
                waiting.append(other)
    return seen
