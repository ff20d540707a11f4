"""A fault that is made on purpose."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """In ``file`` the only ``right`` becomes ``wrong``; ``test`` must fail then.

    ``level``: at which it runs on every day.
    """

    name: str
    file: str
    right: str
    wrong: str
    test: str
    level: str = "--long"
