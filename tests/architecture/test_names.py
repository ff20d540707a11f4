"""Names say what they are: few bare participles, no first lines that begin with a clause."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
#: As many as there were when this was written; the numbers may only fall.
MOST_PARTICIPLES = 52
MOST_CLAUSES = 1

#: Idioms of this tree, in docs/glossary.md, and words that are no participles.
_KEPT = {"created", "locked", "shared", "seed", "need", "feed", "speed", "embed", "red"}
_IRREGULAR = {
    "kept",
    "told",
    "made",
    "given",
    "found",
    "shown",
    "said",
    "drawn",
    "sent",
    "taken",
    "held",
    "known",
    "left",
    "gone",
    "done",
    "seen",
    "written",
    "begun",
    "chosen",
    "spoken",
    "heard",
    "met",
    "built",
    "bought",
    "brought",
    "thought",
    "paid",
    "lost",
    "hidden",
    "withdrawn",
    "understood",
    "forgotten",
    "broken",
}
_CLAUSES = {"Who", "What", "Whom", "Where", "That", "Of", "So", "How"}
#: What is no function of its own to call: values, tests' rows, handlers of events.
_DECORATORS = {"property", "cached_property", "fixture", "within", "records", "mail"}


def _files() -> Iterator[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "*.py"], cwd=_ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    for name in listed:
        if not name.startswith(("tests/", "bin/", "benchmarks/")) and "/migrations/" not in name:
            yield _ROOT / name


def _decorators(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    names = (node.func if isinstance(node, ast.Call) else node for node in function.decorator_list)
    return {ast.unparse(name).split(".")[-1] for name in names}


def _participles(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        # Methods of querysets are participles everywhere in Django's world: `published()`.
        is_queryset = isinstance(node, ast.ClassDef) and "QuerySet" in node.name
        for child in ast.iter_child_nodes(node):
            if is_queryset or not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            word = child.name.strip("_")
            if word in _KEPT or _decorators(child) & _DECORATORS:
                continue
            if word in _IRREGULAR or re.fullmatch(r"[a-z]+ed", word):
                yield child.name


def _clauses(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            words = (ast.get_docstring(node) or "").split()
            if words and re.split(r"[’',:;.]", words[0])[0] in _CLAUSES:
                yield " ".join(words[:12])


@cache
def _in_product() -> tuple[list[str], list[str]]:
    """The participles and the clauses of the product, each with its file."""
    participles, clauses = [], []
    for path in _files():
        tree, name = ast.parse(path.read_text()), path.relative_to(_ROOT)
        participles += [f"{name}: {found}" for found in _participles(tree)]
        clauses += [f"{name}: {found}" for found in _clauses(tree)]
    return participles, clauses


pytestmark = pytest.mark.cpu(8)  # the first of them parses every module of the product


def test_functions_are_no_bare_participles() -> None:
    found, _ = _in_product()
    assert len(found) <= MOST_PARTICIPLES, "\n".join(found)


def test_first_lines_begin_with_no_clause() -> None:
    _, found = _in_product()
    assert len(found) <= MOST_CLAUSES, "\n".join(found)
