"""Counts what a call does: SQL statements, and Python functions that are begun.

A function that is begun is a PY_START event of ``sys.monitoring``: of a function, a generator
expression, a coroutine; not of what is written in C. Each is put down to the innermost function of
ours that it runs in: what Django does for ``remarks.speaking.to_speak_in`` is its own.
"""

from __future__ import annotations

import gc
import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import get_ident
from types import CodeType, FrameType

import psycopg

ROOT = Path(__file__).resolve().parents[2]
_TOOL = 3  # of the free numbers of sys.monitoring
_EVENTS = sys.monitoring.events
#: Folders of ours that are no part of the product.
_NOT_OURS = ("tests/", "benchmarks/", ".venv/", "node_modules/")
_EXECUTE = psycopg.Cursor.execute.__code__
#: The word that a statement begins with, and its first table.
_VERB = re.compile(r"\s*(\w+)")
_TABLE = re.compile(r'(?:\bFROM|\bINTO|\bUPDATE)\s+(?:ONLY\s+)?"?(\w*_\w+)"?')
#: What runs before any function of ours.
OUTSIDE = "django:(before any function of ours)"


@dataclass
class Cost:
    """What a call has cost.

    ``statements``: how often each was sent, by its verb and first table. ``places``: by which
    function of ours. ``calls``: by the innermost function of ours. ``functions``: by the function
    that was begun itself.
    """

    statements: Counter[str] = field(default_factory=Counter)
    places: dict[str, str] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    functions: Counter[str] = field(default_factory=Counter)


def count(work: Callable[[], object]) -> Cost:
    """What ``work()`` costs in this thread. No collection of garbage falls into it."""
    starts: Counter[tuple[CodeType | None, CodeType]] = Counter()
    statements: list[tuple[str, CodeType | None]] = []
    thread = get_ident()
    owners: dict[CodeType, bool] = {}

    def is_ours(code: CodeType) -> bool:
        known = owners.get(code)
        if known is None:
            known = owners[code] = _is_ours(code)
        return known

    def innermost(frame: FrameType | None) -> CodeType | None:
        while frame is not None:
            if is_ours(frame.f_code):
                return frame.f_code
            frame = frame.f_back
        return None

    def begun(code: CodeType, _offset: int) -> None:
        if get_ident() != thread:
            return
        frame = sys._getframe(1)
        owner = innermost(frame)
        starts[owner, code] += 1
        if code is _EXECUTE:
            place = owner
            above: FrameType | None = frame
            while above is not None and (place is None or "/core/d" in place.co_filename):
                above = above.f_back
                place = innermost(above)
                if place is None:
                    break
                while above is not None and above.f_code is not place:
                    above = above.f_back
            statements.append((str(frame.f_locals["query"]), place or owner))

    gc.collect()
    gc.disable()
    sys.monitoring.use_tool_id(_TOOL, "viche-speed")
    try:
        sys.monitoring.register_callback(_TOOL, _EVENTS.PY_START, begun)
        sys.monitoring.set_events(_TOOL, _EVENTS.PY_START)
        work()
    finally:
        sys.monitoring.set_events(_TOOL, 0)
        sys.monitoring.free_tool_id(_TOOL)
        gc.enable()
    return _cost(starts, statements)


def _cost(
    starts: Counter[tuple[CodeType | None, CodeType]],
    statements: list[tuple[str, CodeType | None]],
) -> Cost:
    cost = Cost()
    for (owner, code), times in starts.items():
        if code.co_filename.startswith(str(ROOT / "tests")):
            continue
        cost.calls[name_of(owner) if owner else OUTSIDE] += times
        cost.functions[name_of(code)] += times
    for sql, place in statements:
        name = name_of_statement(sql)
        if name != "COMMIT":  # the action's own, beside which Django's COMMIT is none
            cost.statements[name] += 1
            cost.places[name] = name_of(place) if place else OUTSIDE
    return cost


def _is_ours(code: CodeType) -> bool:
    name = code.co_filename
    if not name.startswith(f"{ROOT}/"):
        return False
    return not name.removeprefix(f"{ROOT}/").startswith(_NOT_OURS)


def name_of(code: CodeType) -> str:
    """``consultations.queries:to_speak_in``, or ``django.db.models.query:QuerySet.get``."""
    path = code.co_filename
    for before in (
        "/site-packages/",
        f"{ROOT}/",
        f"/python{sys.version_info[0]}.{sys.version_info[1]}/",
    ):
        path = path.rpartition(before)[2]
    module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return f"{module}:{code.co_qualname.replace('<locals>.', '')}"


def name_of_statement(sql: str) -> str:
    """``SELECT consultations_consultation``: its verb and the first table that it names."""
    verb, table = _VERB.match(sql), _TABLE.search(sql)
    return " ".join(found[1] for found in (verb, table) if found)
