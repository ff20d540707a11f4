"""Jobs are deferred by name: each name in the product is a task, and gets what the task takes."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from django.conf import settings
from procrastinate.contrib.django import app


class Call(NamedTuple):
    place: str
    function: str
    name: ast.expr
    keywords: list[ast.keyword]


@pytest.fixture(autouse=True, scope="module")
def tasks_of_packages() -> None:
    """Those that a worker imports by settings.PROCRASTINATE_IMPORT_PATHS."""
    app.perform_import_paths()


def calls() -> Iterator[Call]:
    """Each call of ``outbox.defer``, ``defer_at``, ``defer_last`` and ``defer_many``."""
    for package in sorted(settings.BASE_DIR.glob("*/apps.py")):
        for path in sorted(package.parent.rglob("*.py")):
            if "outbox" not in (text := path.read_text()):
                continue
            for node in ast.walk(ast.parse(text)):
                match node:
                    case ast.Call(
                        func=ast.Attribute(value=ast.Name("outbox"), attr=function),
                        args=[first, *others],
                    ):
                        name = others[0] if function == "defer_at" else first
                        place = f"{path.relative_to(settings.BASE_DIR)}:{node.lineno}"
                        yield Call(place, function, name, node.keywords)


def test_each_deferred_name_is_a_task():
    """By its present name: an alias goes with the next version."""
    found = list(calls())
    assert len(found) > 10
    for call in found:
        assert isinstance(call.name, ast.Constant), f"{call.place}: not a plain string"
        task = app.tasks.get(call.name.value)
        assert task, f"{call.place}: no task is named {call.name.value}"
        assert task.name == call.name.value, f"{call.place}: defer {task.name}"


def test_each_job_gets_what_its_task_takes():
    for call in calls():
        names = [keyword.arg for keyword in call.keywords]
        if call.function in ("defer", "defer_at", "defer_last") and None not in names:
            task = app.tasks[ast.literal_eval(call.name)]
            inspect.signature(task.func).bind(**dict.fromkeys(names))


def test_outbox_is_imported_by_its_name_alone():
    """Otherwise the calls above would not be all."""
    for package in settings.BASE_DIR.glob("*/apps.py"):
        for path in package.parent.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                match node:
                    case ast.ImportFrom(module="core.domain", names=names):
                        imported = [each.asname for each in names if each.name == "outbox"]
                        assert imported in ([], [None]), path
                    case ast.ImportFrom(module="core.domain.outbox"):
                        raise AssertionError(f"{path}: from core.domain import outbox")
