"""A run that is told to stop says its summary: SIGTERM ends it as Ctrl-C does, and both once.

Ctrl-C reaches pytest and `bin/test`, which passes it on; a second exception would end the summary.
"""

from __future__ import annotations

import signal
import time
from types import FrameType

import pytest

#: Seconds within which a second signal is taken for the same one.
_SAME = 5


class _Stopping:
    def __init__(self) -> None:
        self._told = 0.0

    def __call__(self, number: int, frame: FrameType | None) -> None:
        before, self._told = self._told, time.monotonic()
        if self._told > before + _SAME:
            raise KeyboardInterrupt


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return
    handler = _Stopping()
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, handler)
