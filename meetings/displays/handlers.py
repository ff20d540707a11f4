"""Handlers of events: what nobody may read any more leaves the displays of meetings."""

from __future__ import annotations

from consultations.events import RemarkDeleted, RemarkHidden
from core.domain.events import within
from core.domain.topics import raise_topic
from meetings.models import Meeting, topic_of


@within(RemarkHidden, RemarkDeleted)
def remark_gone(event: RemarkHidden | RemarkDeleted) -> None:
    """It leaves the clause picture of a meeting that considers its consultation."""
    about = Meeting.objects.running().filter(current_item__consultation=event.consultation_id)
    for pk in about.values_list("pk", flat=True):
        raise_topic(topic_of(pk))
