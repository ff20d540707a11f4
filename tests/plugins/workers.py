"""How tests are divided among workers (pytest-xdist), each with a PostgreSQL server of its own.

A file is run by one worker, as its fixtures expect; files marked `spread` are divided test by test.
What may take longest, by its mark `timeout`, begins first, so that workers end at about one time.
Tests marked `clocked` promise a time in seconds: they run after all others, in one worker, when no
other test runs. Without workers (``-n 0``) they run last, too.
"""

from __future__ import annotations

import json
import os
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from tempfile import mkstemp
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Order the tests, and let the scheduler, which sees only names, know their marks."""
    items.sort(key=_is_clocked)
    workerinput = getattr(config, "workerinput", None)
    if workerinput is None or workerinput["workerid"] != "gw0":
        return
    marks = {
        mark: [item.nodeid for item in items if item.get_closest_marker(mark)]
        for mark in ("clocked", "spread")
    }
    slow = sorted((item for item in items if _timeout_of(item)), key=_timeout_of)
    marks["slow"] = [item.nodeid for item in slow]  # the slowest last
    Path(workerinput["marks"]).write_text(json.dumps(marks))


def _is_clocked(item: pytest.Item) -> bool:
    return item.get_closest_marker("clocked") is not None


def _timeout_of(item: pytest.Item) -> float:
    """Seconds that its mark allows; 0 without one."""
    mark = item.get_closest_marker("timeout")
    return float(mark.args[0]) if mark else 0


class Division:
    """The part of the plugin that needs pytest-xdist: registered in the process that divides."""

    def __init__(self) -> None:
        descriptor, name = mkstemp(prefix="viche-marks-")
        os.close(descriptor)
        self.marks = Path(name)

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: WorkerController) -> None:
        node.workerinput["marks"] = str(self.marks)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> Scheduling:
        return Scheduling(config, log, self.marks)

    def pytest_unconfigure(self) -> None:
        self.marks.unlink(missing_ok=True)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("dist", "no") != "no" and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Division(), "viche-division")


class Scheduling(LoadScopeScheduling):
    """By files; then, when only one worker is left and nothing runs, what is clocked."""

    def __init__(self, config: pytest.Config, log: Any, marks: Path) -> None:
        super().__init__(config, log)
        self._marks = marks
        self._clocked: frozenset[str] = frozenset()
        self._spread: frozenset[str] = frozenset()
        self._last: OrderedDict[str, dict[str, bool]] = OrderedDict()
        self._numbers: dict[str, int] = {}

    def _split_scope(self, nodeid: str) -> str:
        if nodeid in self._spread:
            return nodeid
        file = nodeid.split("::", 1)[0]
        return f"{file} clocked" if nodeid in self._clocked else file

    def schedule(self) -> None:
        """Divide the tests once all workers have collected them."""
        if self.collection is not None:
            super().schedule()
            return
        if not self._check_nodes_have_same_collection():
            return
        marks = json.loads(self._marks.read_text() or "{}")
        self._clocked = frozenset(marks.get("clocked", ()))
        self._spread = frozenset(marks.get("spread", ())) - self._clocked
        self.collection = list(next(iter(self.registered_collections.values())))
        self._numbers = {nodeid: number for number, nodeid in enumerate(self.collection)}
        for nodeid in self.collection:
            queue = self._last if nodeid in self._clocked else self.workqueue
            queue.setdefault(self._split_scope(nodeid), {})[nodeid] = False
        for scope in map(self._split_scope, marks.get("slow", ())):
            if scope in self.workqueue:
                self.workqueue.move_to_end(scope, last=False)
        for _ in range(2):  # a worker begins a test only when it knows the one that follows
            for node in self.nodes:
                self._reschedule(node)

    @property
    def tests_finished(self) -> bool:
        return not self._last and super().tests_finished

    @property
    def has_pending(self) -> bool:
        return bool(self._last) or super().has_pending

    def mark_test_complete(
        self, node: WorkerController, item_index: int, duration: float = 0
    ) -> None:
        super().mark_test_complete(node, item_index, duration)
        self._begin_last()

    def _reschedule(self, node: WorkerController) -> None:
        if node.shutting_down or self._pending_of(self.assigned_work[node]) > 2:
            return
        if self.workqueue:
            self._assign_work_unit(node)
        elif not self._last or len(self._remaining()) > 1:
            node.shutdown()  # runs what it has and ends
        self._begin_last()

    def _begin_last(self) -> None:
        """Give what is clocked to the last worker when the others have ended."""
        if self.workqueue or not self._last or len(self._remaining()) != 1:
            return
        (node,) = self._remaining()
        if any(
            self._pending_of(work) for other, work in self.assigned_work.items() if other != node
        ):
            return
        while self._last:
            scope, unit = self._last.popitem(last=False)
            self.assigned_work[node][scope] = unit
            self._send(node, unit)
        node.shutdown()

    def _remaining(self) -> list[WorkerController]:
        return [node for node in self.nodes if not node.shutting_down]

    def _assign_work_unit(self, node: WorkerController) -> None:
        scope, unit = self.workqueue.popitem(last=False)
        self.assigned_work[node][scope] = unit
        self._send(node, unit)

    def _send(self, node: WorkerController, tests: Iterable[str]) -> None:
        node.send_runtest_some([self._numbers[nodeid] for nodeid in tests])
