"""Events of the installation: its faults, and what administrators do with failed jobs."""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class FaultEvent(Event):
    fault_id: int


class FaultRaised(FaultEvent):
    """A check has found a fault."""


class FaultOver(FaultEvent):
    """A check finds a fault no more."""


class FailedJobEvent(Event):
    """An administrator has dealt with a failed job; ``kind``: the name of its task."""

    audited: ClassVar[bool] = True
    by_id: int
    job_id: int
    kind: str


class FailedJobRetried(FailedJobEvent):
    """A failed job was put into the queue again."""


class FailedJobDismissed(FailedJobEvent):
    """A failed job was given up."""
