"""Events of decisions and their execution. Ids only."""

from __future__ import annotations

from typing import ClassVar

from consultations.events import ConsultationEvent


class DecisionEntered(ConsultationEvent):
    """The council's decision was entered."""

    audited: ClassVar[bool] = True
    decision_id: int


class DecisionChanged(ConsultationEvent):
    """It was corrected, or what was postponed was decided; ``change_id``: what it said."""

    audited: ClassVar[bool] = True
    change_id: int


class StepAdded(ConsultationEvent):
    audited: ClassVar[bool] = True
    step_id: int


class StepNoted(ConsultationEvent):
    """A step has progressed, or is done, or is due on another day."""

    audited: ClassVar[bool] = True
    step_id: int
    note_id: int


#: After which the decision's part on the pages shows something else.
DECISION_REDRAWN: tuple[type[ConsultationEvent], ...] = (
    DecisionEntered,
    DecisionChanged,
    StepAdded,
    StepNoted,
)
