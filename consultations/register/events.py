"""Events of the register. Ids only."""

from __future__ import annotations

from typing import ClassVar

from consultations.events import RemarkEvent
from core.domain.events import Event


class RemarkNumbered(Event):
    """A job has given it its number in the register."""

    remark_id: int
    consultation_id: int


class RemarksNumbered(Event):
    """A job has given remarks of one consultation their numbers."""

    audited: ClassVar[bool] = True
    consultation_id: int
    remark_ids: tuple[int, ...]


class RemarkEntered(RemarkEvent):
    """Staff have entered a proposal that came otherwise than on the site."""

    audited: ClassVar[bool] = True


class EntryCorrected(RemarkEvent):
    """A slip of the pen in what staff entered is put right."""

    audited: ClassVar[bool] = True


class ContactSeen(RemarkEvent):
    """An officer has read the contact or the scan, which are not public."""

    audited: ClassVar[bool] = True
