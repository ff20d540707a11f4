"""Events of repeats. Ids only."""

from __future__ import annotations

from typing import ClassVar

from consultations.events import RemarkEvent
from core.domain.events import Event


class RemarkFolded(Event):
    """A job found that it repeats ``head_id``: it is shown and answered with that one."""

    remark_id: int
    consultation_id: int
    head_id: int


class RemarkUnfolded(RemarkEvent):
    """Staff think that it says something else: it is shown and answered by itself."""

    audited: ClassVar[bool] = True
    head_id: int


class RemarkFoldedAgain(RemarkEvent):
    """Staff took an unfolding back."""

    audited: ClassVar[bool] = True
    head_id: int


class RepeatsRegrouped(Event):
    """Another remark stands for those that were folded into one that is hidden or deleted now, or
    a remark whose words were changed stands by itself."""

    consultation_id: int


#: After which lists show other remarks: pages that are open fetch their regions again.
REGROUPED = (RemarkFolded, RemarkUnfolded, RemarkFoldedAgain, RepeatsRegrouped)
