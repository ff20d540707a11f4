"""Events of the disposition table. Ids only."""

from __future__ import annotations

from typing import ClassVar

from consultations.events import ConsultationEvent, RemarkEvent
from core.domain.events import Event


class RemarkSettled(RemarkEvent):
    """The row of a remark says something else: its disposition, its reason or the clause."""

    audited: ClassVar[bool] = True


class DispositionApproved(RemarkEvent):
    """The disposition is public from now on, or says publicly something else."""

    audited: ClassVar[bool] = True


class DispositionCopied(RemarkEvent):
    """A folded remark has its head's row now, or has it no more since it is unfolded."""

    audited: ClassVar[bool] = True


class ApprovalTakenBack(RemarkEvent):
    """The disposition was changed, and is not public until it is approved again."""

    audited: ClassVar[bool] = True


class DispositionRestored(RemarkEvent):
    """A change of many rows was taken back: the row says again what it said before."""

    audited: ClassVar[bool] = True


class BulkChangeTakenBack(ConsultationEvent):
    """A change of many rows was taken back, in all rows that nobody has changed since."""

    audited: ClassVar[bool] = True
    change_id: int


class PublicReasonWritten(RemarkEvent):
    """The reason for everybody of a decision on hidden words says something else; another person
    checks it."""

    audited: ClassVar[bool] = True


class PublicReasonChecked(RemarkEvent):
    """Everybody may read it from now on."""

    audited: ClassVar[bool] = True


class PublicReasonTakenBack(RemarkEvent):
    """It was written anew, or the council decided otherwise: it is hidden until it is checked."""

    audited: ClassVar[bool] = True


class RemarkAssigned(RemarkEvent):
    """A person or a department is to fill the row; neither: the responsible department again."""

    audited: ClassVar[bool] = True
    person_id: int | None
    department_id: int | None


class SavedTextEvent(Event):
    """Something happened to a text that a department has saved."""

    audited: ClassVar[bool] = True
    text_id: int
    department_id: int
    by_id: int


class SavedTextChanged(SavedTextEvent):
    """It was added or changed."""


class SavedTextDeleted(SavedTextEvent):
    pass


class ApprovalSettingChanged(Event):
    """Whether another person approves the department's dispositions is another thing now."""

    audited: ClassVar[bool] = True
    department_id: int
    by_id: int


#: After which a remark's part on the pages shows another disposition (realtime/broadcasts.py).
PUBLIC_CHANGES: tuple[type[RemarkEvent], ...] = (
    *(DispositionApproved, ApprovalTakenBack),
    *(PublicReasonChecked, PublicReasonTakenBack),
)
