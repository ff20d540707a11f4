"""Choose the tests that a change can break, from the paths that it touches.

* tests/architecture, the places of seeded faults and tests/endings always;
* of each app that is touched all its tests, and elsewhere the test files that import what changed,
  or a module of another app that imports it; not for the sake of models, which every test imports;
* the routes whose view, or a module that their view imports within its app, changed, and those
  that draw a changed template, script or style sheet: in tests/access, and in tests/pages where
  what is drawn changed; of more than `MOST_PAGES` of these every n-th is opened;
* of a mail or a feed the tests that read what it sends or publishes (`_of_event`);
* journeys that visit a route whose template changed, or name what a changed script looks for.

What lies under everything is for `--all`: `Chosen.whole` says what it was.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tests.pages.routes import PAGES
from tests.selection.graph import Graph, module_of
from tests.selection.routes import Route, list_routes, list_visited

#: Product folders under everything: who changes them runs --all.
UNDER_ALL = ("core", "city", "accounts", "config")
#: Other files that reach everything.
REACH_ALL = re.compile(
    r"tests/(conftest|factories|people|clock|served|servers|settings|crowds)\.py|tests/plugins/.*"
    r"|pyproject\.toml|requirements/.*|package(-lock)?\.json|manage\.py|bin/cli/(postgres|template"
    r"|testing|processes)\.py|templates/(components|forms|svg)/.*|templates/[^/]*|static/(fonts|img)/.*"
)
#: Files that say something to people alone, or to the checks of tests/architecture.
SAID = re.compile(
    r".*\.md|locale/.*|benchmarks/.*|deploy/.*|docs/.*|tests/architecture/.*|LICEN[CS]E.*"
    r"|tests/(access/expected|endings/limits)\.txt|tests/speed/table\.toml|\..*"
)
ALWAYS = ("tests/architecture", "tests/endings", "tests/faults/test_places.py")
#: What decides who sees a row is tried by a walk over everything that is hidden.
SEEN_BY = re.compile(r".*/(querysets|conditions|access)\.py")
#: So many routes are drawn by a browser; of more, every n-th.
MOST_PAGES = 40
#: Routes that one template may reach; one that reaches more is part of everything.
MOST_ROUTES = 150
#: Folders of tests whose files are dear: chosen where they import what changed itself.
DEAR = ("tests/attack/", "tests/journeys/", "tests/realtime/")
#: Chosen by route, or by themselves.
BY_ROUTE = ("tests/access/", "tests/pages/", "tests/selection/", "tests/faults/")


@dataclass
class Chosen:
    """``files``: test files and folders; ``routes``: those of tests/access; ``drawn``: those of
    tests/pages; ``whole``: the path for whose sake --all is to run, "" where none is."""

    files: set[str] = field(default_factory=set)
    routes: set[str] = field(default_factory=set)
    drawn: set[str] = field(default_factory=set)
    whole: str = ""

    def arguments(self) -> list[str]:
        """What pytest is told."""
        files = [
            each
            for each in sorted(self.files)
            if not any(each.startswith(f"{folder}/") for folder in self.files)
        ]
        if self.routes:
            files += [ACCESS, f"--routes={','.join(sorted(self.routes))}"]
        if self.drawn:
            files += [*PAGES_FILES, f"--drawn={','.join(sorted(self.drawn))}"]
        return files

    def has(self, test: str) -> bool:
        """Whether a test, by its node id, is among what is chosen."""
        path, _, name = test.partition("::")
        case = name.partition("[")[2].removesuffix("]")
        if self.whole or any(path == each or path.startswith(f"{each}/") for each in self.files):
            return True
        return (path == ACCESS and case in self.routes) or (
            path in PAGES_FILES and case in self.drawn
        )


ACCESS = "tests/access/test_access.py"
PAGES_FILES = ("tests/pages/test_accessible.py", "tests/pages/test_english.py")


class Chooser:
    """Chooses tests by the imports, templates and routes of a tree."""

    def __init__(self, root: Path) -> None:
        self.root = root
        contract = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["importlinter"]
        self.apps: list[str] = contract["root_packages"]
        self.graph = Graph(root, [*self.apps, "tests"])
        self.routes: list[Route] = list(list_routes())

    def choose(self, paths: Iterable[str]) -> Chosen:
        """The tests for a change of these files."""
        chosen = Chosen(set(ALWAYS))
        drawn: set[str] = set()
        for path in paths:
            routes, pages = self._add(path, chosen)
            if chosen.whole:
                return chosen
            chosen.routes |= routes
            drawn |= pages
        pages_of_all = sorted(drawn & set(PAGES))
        step = -(-len(pages_of_all) // MOST_PAGES) or 1
        chosen.drawn = set(pages_of_all[::step])
        return chosen

    def _add(self, path: str, chosen: Chosen) -> tuple[set[str], set[str]]:
        """Add the test files for one path; the routes to ask, and those to draw."""
        top, _, rest = path.partition("/")
        if SAID.fullmatch(path):
            return set(), set()
        if top == "bin" and not REACH_ALL.fullmatch(path):
            chosen.files.add("tests/cli")
            return set(), set()
        if top == "tests" and not REACH_ALL.fullmatch(path):
            return self._of_test(path, chosen)
        if top == "templates" and not REACH_ALL.fullmatch(path):
            return self._of_template(rest, path, chosen)
        if top == "static" and not REACH_ALL.fullmatch(path):
            return self._of_static(rest, path, chosen)
        if top in self.apps and top not in UNDER_ALL:
            return self._of_product(path, chosen)
        chosen.whole = path
        return set(), set()

    # --- Python -----------------------------------------------------------------------------------

    def _of_product(self, path: str, chosen: Chosen) -> tuple[set[str], set[str]]:
        app = path.partition("/")[0]
        if (self.root / "tests" / app).is_dir():
            chosen.files.add(f"tests/{app}")
        if SEEN_BY.fullmatch(path):
            chosen.files.add("tests/attack/test_hidden.py")
        chosen.files |= self._of_event(path)
        begin = {f"{app}.models"} if "/migrations/" in path else {module_of(path)}
        near = {
            name
            for each in begin
            for name in self.graph.importers.get(each, ())
            if name.partition(".")[0] not in ("tests", app) and not _is_of_models(name)
        }
        wanted = {each for each in begin if not _is_of_models(each)}
        for name, file in self.graph.files.items():
            if Path(file).name.startswith("test_") and not file.startswith(BY_ROUTE):
                of_file = wanted if file.startswith(DEAR) else wanted | near
                if self.graph.imports[name] & of_file:
                    chosen.files.add(file)
        if self.graph.imports.get("tests.speed.paths", set()) & (begin | near):
            chosen.files.add("tests/speed")
        affected = self.graph.list_importers(begin, within=app) | near
        routes = {route.name for route in self.routes if route.module in affected}
        return routes, routes if _draws(path) else set()

    def _of_event(self, path: str) -> set[str]:
        """Tests that reach a module by what it sends or publishes, not by its name: of a mail, the
        folders of tests called as its module; of a feed, the files that read a calendar."""
        stem = Path(path).stem
        if "/mails/" in path:
            folders = [*self.root.glob(f"tests/{stem}"), *self.root.glob(f"tests/*/{stem}")]
            return {folder.relative_to(self.root).as_posix() for folder in folders}
        if stem == "feeds":
            return {
                file
                for name, file in self.graph.files.items()
                if name.startswith("tests.") and ".ics" in self.graph.texts[name]
                if Path(file).name.startswith("test_")
                if not file.startswith(BY_ROUTE + DEAR)
            }
        return set()

    def _of_test(self, path: str, chosen: Chosen) -> tuple[set[str], set[str]]:
        parts = Path(path).parts
        text = (self.root / path).read_text() if (self.root / path).is_file() else ""
        if path.startswith(("tests/access/", "tests/pages/")) and "/test_" not in path:
            named = set(re.findall(r"[\"']([\w:-]+)[\"']", text))
            routes = {route.name for route in self.routes if route.name in named}
            return (routes, set()) if path.startswith("tests/access/") else (set(), routes)
        if parts[-1].startswith("test_"):
            if text:
                chosen.files.add(path)
        elif len(parts) > 2:
            chosen.files.add("/".join(parts[:-1]))
        else:
            chosen.whole = path
        return set(), set()

    # --- What is drawn ----------------------------------------------------------------------------

    def _of_static(self, rest: str, path: str, chosen: Chosen) -> tuple[set[str], set[str]]:
        """Pages alone, the journeys that look for the same, and tests that name the file."""
        templates = self.graph.list_templates_with(rest)
        routes = self._drawing(templates, path, chosen)
        if path.endswith(".js") and (self.root / path).is_file():
            looked_for = _attributes((self.root / path).read_text())
            chosen.files |= {
                file for file, text in self._journeys.items() if looked_for & _attributes(text)
            }
        for name, file in self.graph.files.items():
            is_named = name.startswith("tests.") and Path(path).name in self.graph.texts[name]
            if is_named and Path(file).name.startswith("test_"):
                chosen.files.add(file)
        return set(), routes

    def _of_template(self, rest: str, path: str, chosen: Chosen) -> tuple[set[str], set[str]]:
        """Its apps' tests, its routes, the journeys that visit them, its live regions."""
        routes = self._drawing({rest}, path, chosen)
        apps = {rest.partition("/")[0]} | {
            module.partition(".")[0] for module, _function in self._places({rest})
        }
        for app in apps - {"realtime", *UNDER_ALL}:
            if (self.root / "tests" / app).is_dir():
                chosen.files.add(f"tests/{app}")
        if "realtime" in apps:
            own = rest.partition("/")[0]
            chosen.files |= {
                file
                for name, file in self.graph.files.items()
                if name.startswith("tests.realtime.test_")
                and any(each.startswith(f"{own}.") for each in self.graph.imports[name])
            }
        chosen.files |= {
            file for file, text in self._journeys.items() if list_visited(text) & routes
        }
        return routes, routes

    def _drawing(self, names: set[str], path: str, chosen: Chosen) -> set[str]:
        """The routes that draw these templates."""
        routes: set[str] = set()
        places = self._places(names)
        for module, function in places:
            if module.startswith("core.templatetags."):
                chosen.whole = path
            own = {route for route in self.routes if route.module == module}
            if function and function in {route.function for route in own}:
                routes |= {route.name for route in own if route.function == function}
            else:
                app = module.partition(".")[0]
                affected = self.graph.list_importers({module}, within=app)
                routes |= {route.name for route in self.routes if route.module in affected}
        if not places or len(routes) > MOST_ROUTES:
            chosen.whole = path
        return routes

    def _places(self, names: set[str]) -> set[tuple[str, str]]:
        return {
            place
            for name in self.graph.list_templates(names)
            for place in self.graph.drawn_by.get(name, ())
        }

    @cached_property
    def _journeys(self) -> dict[str, str]:
        return {
            str(path.relative_to(self.root)): path.read_text()
            for path in (self.root / "tests/journeys").glob("test_*.py")
        }


def _draws(path: str) -> bool:
    """Whether a module makes what is drawn, by its name."""
    name = Path(path).stem
    kinds = ("views", "pages", "presenters", "forms", "urls")
    return name.startswith(kinds) or "/templatetags/" in path


def _is_of_models(module: str) -> bool:
    """Whether it defines models: nearly every test builds rows of some, which proves nothing."""
    return module.rpartition(".")[2].startswith(("models", "querysets"))


def _attributes(text: str) -> set[str]:
    """The data attributes that a script or a test looks for."""
    read = {
        "data-" + re.sub(r"[A-Z]", lambda each: f"-{each[0].lower()}", name)
        for name in re.findall(r"\bdataset\.(\w+)", text)
    }
    return read | set(re.findall(r"data-[a-z-]+[a-z]", text))
