"""What happened to the council's own lists."""

from __future__ import annotations

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True, slots=True)
class MartialLawChanged(Event):
    """Its dated periods are others now: which days are working days, and what is mandatory."""
