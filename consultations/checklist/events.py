"""Events of the checklist. Ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultations.events import ConsultationEvent


@dataclass(frozen=True, slots=True)
class ProcedureAnswered(ConsultationEvent):
    """An officer answered about its procedure."""

    audited: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class DiscussionPlanned(ConsultationEvent):
    """An event of a public discussion was published."""

    audited: ClassVar[bool] = True
    discussion_id: int


@dataclass(frozen=True, slots=True)
class DiscussionCancelled(ConsultationEvent):
    audited: ClassVar[bool] = True
    discussion_id: int
