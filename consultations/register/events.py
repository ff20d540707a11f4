"""Events of the register. Ids only."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.events import Event


@dataclass(frozen=True, slots=True)
class RemarkNumbered(Event):
    """A job has given it its number in the register."""

    remark_id: int
    consultation_id: int
