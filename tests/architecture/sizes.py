"""``python -m tests.architecture.sizes REV …``: one table of the product's sizes at revisions.

Lines of code are those without blanks, comments, docstrings and imports. The demo city is left out.
An app has two layouts when it has packages by feature and one by kind (``actions/``, ``views/``).
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from statistics import median

from .test_names import _clauses, _participles
from .test_sizes import CRUMB, LONGEST, NAMED

_OTHERS = ("tests/", "bin/", "benchmarks/", "demo/", "portal/demo/", "deploy/", "docs/")
_KINDS = {"actions", "models", "rules", "views", "forms", "reading", "queries", "events"}

Files = dict[str, str]


def load(rev: str) -> Files:
    """The modules of the product at a revision: path -> text."""
    listed = _git("ls-tree", "-r", "--name-only", rev).split("\n")
    paths = [
        path
        for path in listed
        if path.endswith(".py") and "/migrations/" not in path and not path.startswith(_OTHERS)
    ]
    return {path: _git("show", f"{rev}:{path}") for path in paths}


def count_code(text: str) -> int:
    """Lines with code of their own."""
    tree = ast.parse(text)
    left_out: set[int] = set()
    for node in ast.walk(tree):
        is_docstring = (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        )
        if is_docstring or isinstance(node, ast.Import | ast.ImportFrom):
            left_out.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = enumerate(text.split("\n"), 1)
    return sum(
        number not in left_out and bool(line.strip()) and not line.lstrip().startswith("#")
        for number, line in lines
    )


def count_crumbs(files: Files) -> int:
    """Modules of a few lines that neither Django nor the layout asks for by name."""
    names = {path: path.rsplit("/", 1)[-1] for path in files}
    return sum(
        text.count("\n") < CRUMB and not names[path].startswith(NAMED)
        for path, text in files.items()
    )


def count_layouts(files: Files) -> str:
    """How many apps have two layouts, of how many."""
    packages: dict[str, set[str]] = {}
    for path in files:
        app, *rest = path.split("/")
        if len(rest) > 1:
            packages.setdefault(app, set()).add(rest[0])
    apps = {path.split("/")[0] for path in files if path.endswith("/apps.py")}
    both = [app for app in apps if packages.get(app, set()) & _KINDS]
    return f"{len(both)} of {len(apps)}"


def count_found(find: Callable[[ast.Module], Iterator[str]]) -> Callable[[Files], int]:
    """How often something is found in all modules."""
    return lambda files: sum(len(list(find(ast.parse(text)))) for text in files.values())


ROWS: dict[str, Callable[[Files], object]] = {
    "files": len,
    "lines": lambda files: sum(text.count("\n") for text in files.values()),
    "lines of code": lambda files: sum(map(count_code, files.values())),
    "median lines of a file": lambda files: int(median(t.count("\n") for t in files.values())),
    f"files over {LONGEST} lines": lambda files: sum(
        text.count("\n") > LONGEST for text in files.values()
    ),
    f"crumbs under {CRUMB} lines": count_crumbs,
    "apps with packages by kind": count_layouts,
    "functions that are bare participles": count_found(_participles),
    "first lines that begin with a clause": count_found(_clauses),
    "lines of votes/": lambda files: sum(
        text.count("\n") for path, text in files.items() if path.startswith("votes/")
    ),
}


def main(revisions: list[str]) -> None:
    trees = [load(rev) for rev in revisions]
    print("| | " + " | ".join(revisions) + " |")
    print("|---" + "|---" * len(revisions) + "|")
    for name, measure in ROWS.items():
        print(f"| {name} | " + " | ".join(str(measure(files)) for files in trees) + " |")


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], check=True, capture_output=True, text=True)
    return done.stdout


if __name__ == "__main__":
    main(sys.argv[1:])
