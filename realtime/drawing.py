"""Rendering of changed parts for the hub, in threads that may wait for the database.

Each function here is called through a :class:`DbThread` of one thread, so that what was read
later is also told later.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import close_old_connections, connection, reset_queries
from django.template.loader import get_template
from django.utils import translation

from realtime import samples
from realtime.broadcasts import BY_EVENT, FOLLOWS_TOTALS
from realtime.parts import PAGE, Part, face_of, one_frame

#: A change as a NOTIFY names it: the event and the thing.
Change = tuple[str, int]
#: Who sees it: a language and a variant.
View = tuple[str, str]
#: One entry of a frame's ``html``.
Operation = dict[str, Any]


class DbThread:
    """A pool of threads that may wait for the database while the event loop goes on."""

    def __init__(self, name: str, threads: int = 1) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=f"live-{name}")

    async def ask[T](self, question: Callable[..., T], *arguments: Any) -> T:
        """Run ``question(*arguments)`` and return its answer; its exceptions come through."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._answer, question, arguments)

    @staticmethod
    def _answer[T](question: Callable[..., T], arguments: tuple[Any, ...]) -> T:
        reset_queries()  # with DEBUG each is kept, until the next request in a server of pages
        close_old_connections()
        try:
            return question(*arguments)
        finally:
            connection.close()  # back into the pool


def warm_up() -> None:
    """Read the templates, so that the first change is told as fast as the second."""
    for line in BY_EVENT.values():
        for part in (line.page, line.display, line.results, *line.also):
            if part is not None:
                get_template(part.template)


def draw_and_count(
    topic: str,
    changes: Collection[Change],
    views: Collection[View],
    known: samples.Totals | None,
) -> tuple[dict[View, list[Operation] | None], samples.Totals]:
    """Draw, and count the topic's totals now (``known``: those of the last sample)."""
    drawn = draw(topic, changes, views)
    # What was read hangs together in circles (a remark and its comment know each other). Set free
    # while it is young, it never waits for the collector's rare walks through everything.
    gc.collect(1)
    return drawn, samples.take({topic: known}).get(topic) or samples.Totals()


def draw(
    topic: str, changes: Collection[Change], views: Collection[View]
) -> dict[View, list[Operation] | None]:
    """A frame's ``html`` for each view: each changed thing once, in the order of the changes.

    None where the list knows no part for a change: such pages fetch their region again.
    """
    with one_frame():
        return {view: _draw_for(topic, changes, *view) for view in views}


def draw_dependent_regions(topic: str, views: Collection[View]) -> dict[View, list[Operation]]:
    """For each view whose variant has it, the part that depends on the topic's totals."""
    kind, _, number = topic.partition(":")
    parts, thing = FOLLOWS_TOTALS[kind], int(number)
    drawn: dict[View, list[Operation]] = {}
    for language, variant in views:
        if part := parts.get(face_of(variant)):
            part = part.of(variant)
            with translation.override(language):
                contexts = dict(part.contexts([thing]))
                drawn[language, variant] = [_operation(part, thing, "", contexts.get(thing))]
    return drawn


def _draw_for(
    topic: str, changes: Collection[Change], language: str, variant: str
) -> list[Operation] | None:
    parts = _parts(topic, changes, variant)
    if parts is None:
        return None
    operations = []
    with translation.override(language):  # addresses and dates in a context are in a language too
        for part, things in parts.items():
            contexts = dict(part.contexts(list(things)))
            for thing, joins in things.items():
                operations.append(_operation(part, thing, joins, contexts.get(thing)))
    return operations


def _parts(
    topic: str, changes: Collection[Change], variant: str
) -> dict[Part, dict[int, str]] | None:
    """Which things of which part to draw, and the lists they join."""
    parts: dict[Part, dict[int, str]] = {}
    for event, thing in changes:
        line = BY_EVENT[event]
        part = line.part(variant)
        if part is None:
            return None
        things = parts.setdefault(part, {})
        shown = int(topic.rpartition(":")[2]) if part.of_topic else thing
        things[shown] = things.get(shown) or ("" if part.of_topic else line.joins)
        if variant == PAGE:
            for beside in line.also:
                parts.setdefault(beside, {})[int(topic.rpartition(":")[2])] = ""
    return {part: things for part, things in parts.items() if part.within not in parts}


def _operation(part: Part, thing: int, joins: str, context: dict[str, Any] | None) -> Operation:
    operation: Operation = {"target": part.target.format(thing)}
    if context is None:
        return {**operation, "swap": "remove"}
    html = get_template(part.template).render(context)
    if not joins:
        return {**operation, "swap": "replace", "html": html}
    return {**operation, "swap": "prepend", "list": joins, "html": html}
