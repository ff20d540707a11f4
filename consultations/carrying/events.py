"""Events of carrying. Ids only."""

from __future__ import annotations

from consultations.events import ConsultationEvent, RemarkEvent


class RemarksCarried(ConsultationEvent):
    """Remarks stand in the newest version now; ``is_first``: for the first time all of them."""

    version_id: int
    is_first: bool


class PlaceAnswered(RemarkEvent):
    """The author has said whether the place to which their remark was carried is right."""

    place_id: int
