"""Server errors in requests to ballots, logged together an hour later.

A line in the log has a time, and that somebody voted at that time is what a secret poll hides. But
an administrator must learn that ballots fail. So a fault is counted by where it was raised, and
what an hour brought is one line: how many, of which kind, at which line of the code.
"""

from __future__ import annotations

import logging
import traceback
from collections import Counter
from threading import Lock, Timer

from django.conf import settings

log = logging.getLogger(__name__)

#: Seconds from the first fault to the line that tells of all since.
DELAY = 3600.0

_faults: Counter[str] = Counter()
_lock = Lock()


def note_fault(error: BaseException | None) -> None:
    """Count a fault; its message is not kept, it may hold what was sent."""
    with _lock:
        first = not _faults
        _faults[_kind_of(error)] += 1
    if first:
        later = Timer(DELAY, tell_faults)
        later.daemon = True
        later.start()


def tell_faults() -> None:
    """Write the line, and begin anew."""
    with _lock:
        told = dict(_faults)
        _faults.clear()
    if told:
        kinds = "; ".join(f"{number} × {kind}" for kind, number in sorted(told.items()))
        log.error("Requests to ballots failed within the last hour: %s", kinds)


def _kind_of(error: BaseException | None) -> str:
    if error is None:
        return "an error without an exception"
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "site-packages" not in frame.filename] or frames
    home = f"{settings.BASE_DIR}/"
    place = f" at {own[-1].filename.removeprefix(home)}:{own[-1].lineno}" if own else ""
    return f"{type(error).__name__}{place}"
