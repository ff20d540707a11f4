"""Events of the checklist. Ids only."""

from __future__ import annotations

from typing import ClassVar

from consultations.events import ConsultationEvent


class ProcedureAnswered(ConsultationEvent):
    """An officer answered about its procedure."""

    audited: ClassVar[bool] = True


class DiscussionPlanned(ConsultationEvent):
    """An event of a public discussion was published."""

    audited: ClassVar[bool] = True
    discussion_id: int


class DiscussionCancelled(ConsultationEvent):
    audited: ClassVar[bool] = True
    discussion_id: int
