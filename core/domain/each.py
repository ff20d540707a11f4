"""Run one piece of work for each of many things, none of which stops the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

logger = logging.getLogger(__name__)


def run_for_each[K](things: Iterable[K], work: Callable[[K], int], *, what: str) -> int:
    """The sum of what ``work`` gives for each thing.

    What fails is reported at once, and the others are worked on; at the end an ExceptionGroup is
    raised, so that the job that called is seen to fail. ``work`` is a transaction of its own.
    ``what`` names the work in the report.
    """
    total, failed = 0, list[Exception]()
    for thing in things:
        try:
            total += work(thing)
        except Exception as error:  # whatever it is, the next one has nothing to do with it
            logger.exception("%s of %s failed", what, thing)
            failed.append(error)
    if failed:
        raise ExceptionGroup(f"{what}: {len(failed)} failed", failed)
    return total
