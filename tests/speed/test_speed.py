"""No hot path costs more SQL statements or Python calls than the table says (ADR 114)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.clock import Clock
from tests.plugins.database import put_back
from tests.servers import ROOT, database_url
from tests.speed import table
from tests.speed.names import NAMES


@pytest.fixture(scope="module")
def costs(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[dict[str, Any]]:
    """What the chosen paths cost, counted in a process of its own."""
    python, lines = table.read()
    is_rewriting = request.config.getoption("--rewrite")
    if python not in ("", table.PYTHON) and not is_rewriting:
        pytest.skip(f"The table of costs is made by Python {python}, and this is {table.PYTHON}.")
    names = [
        item.callspec.params["name"]
        for item in request.session.items
        if item.path == request.path and hasattr(item, "callspec")
    ]
    with django_db_blocker.unblock():
        try:
            found = _count(names)
        finally:
            put_back()
            Clock().reset()
    if is_rewriting:
        if python != table.PYTHON:
            lines = {}  # those of another Python say nothing beside these
        lines |= {name: _line(cost) for name, cost in found.items()}
        table.write({name: lines[name] for name in NAMES if name in lines})
    yield found


def _count(names: list[str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.speed.program", *names],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url(), "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"The paths could not be counted:\n{done.stderr[-6000:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _line(cost: dict[str, Any]) -> table.Line:
    return table.Line(Counter(cost["statements"]), Counter(cost["calls"]))


@pytest.mark.parametrize("name", NAMES)
def test_path_costs_what_the_table_says(costs: dict[str, Any], name: str) -> None:
    _python, lines = table.read()
    if name not in lines:
        pytest.fail(f"{name} has no line in the table: `bin/test tests/speed --rewrite`.")
    cost = costs[name]
    before, now = lines[name], _line(cost)
    said = table.complaint(before, now, places=cost["places"], functions=cost["functions"])
    if said:
        pytest.fail(f"{name}: {said}", pytrace=False)
    if table.is_under(before, now):
        warnings.warn(
            f"{name} costs less than the table says: write it anew, so that it stays so"
            " (bin/test tests/speed --rewrite).",
            stacklevel=1,
        )


def test_what_a_slip_says() -> None:
    before = table.Line(Counter({"SELECT a_b": 1}), Counter({"a.b:read": 90, "a.c:draw": 10}))
    same = table.complaint(before, before, places={}, functions={})
    assert same == ""
    dearer = table.Line(
        Counter({"SELECT a_b": 1, "SELECT c_d": 1}),
        Counter({"a.b:read": 100, "a.c:draw": 10, "a.d:look": 20}),
    )
    said = table.complaint(
        before, dearer, places={"SELECT c_d": "a.d:look"}, functions={"django.x:y": 30}
    )
    assert "2 SQL statements, the table has 1" in said
    assert "130 Python calls, the table has 100 (+30.0 %)" in said
    assert "statement SELECT c_d: 0 → 1, by a.d:look" in said
    assert said.index("new  a.d:look: 0 → 20") < said.index("grew  a.b:read: 90 → 100")
    cheaper = table.Line(Counter({"SELECT a_b": 1}), Counter({"a.b:read": 96}))
    assert table.complaint(before, cheaper, places={}, functions={}) == ""
    assert table.is_under(before, cheaper)
    much = table.Line(Counter({"SELECT a_b": 1}), Counter({"a.b:read": 80}))
    assert "write it anew" in table.complaint(before, much, places={}, functions={})
