"""Search text of a meeting: its title, its agenda, its votes and conclusions.

Words are reduced to lemmas, which takes longer than who runs a meeting should wait under its lock:
a job does it after the change, and a moment later the meeting is found.
"""

from __future__ import annotations

from django.db import connection

from core.db.search import document
from core.domain import outbox
from core.domain.actions import action
from core.domain.events import emit, within
from core.domain.topics import raise_topic
from meetings.events import (
    AgendaChanged,
    ItemDropped,
    MeetingChanged,
    MeetingEvent,
    MeetingIndexed,
    MeetingPublished,
    OutcomePublished,
    RollCallPublished,
)
from meetings.models import Item, Meeting, RollCall
from meetings.outcome.queries import outcomes_of

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('meetings.search:' || %s, 0))"


@within(
    *(MeetingPublished, MeetingChanged, AgendaChanged, ItemDropped),
    *(RollCallPublished, OutcomePublished),
)
def changed(event: MeetingEvent) -> None:
    """Find it by its new words; of one in preparation nobody finds anything."""
    if Meeting.objects.filter(pk=event.meeting_id, published_at__isnull=False).exists():
        outbox.defer("meetings.jobs.index_meeting", meeting_id=event.meeting_id)


def index_meeting(meeting_id: int) -> None:
    """Write what a published meeting is found by. Jobs of one meeting come one after the other, so
    that the last one has read all; who runs it does not wait for them. Lists that are kept
    (core.web.pages) are drawn anew. Emits MeetingIndexed."""
    with action():
        with connection.cursor() as cursor:
            cursor.execute(_LOCK, [meeting_id])
        meeting = Meeting.objects.filter(published_at__isnull=False, pk=meeting_id).first()
        if meeting is not None:
            found_by = document(**words_of(meeting))
            Meeting.objects.filter(pk=meeting_id).update(search=found_by)
            raise_topic("meetings")
            emit(MeetingIndexed(meeting_id))


def words_of(meeting: Meeting) -> dict[str, str]:
    """Its words by their weight: three queries."""
    items = meeting.items.exclude(state=Item.State.DROPPED).values_list("title", "text")
    titles, texts = [], []
    for title, text in items:
        titles.append(title)
        texts.append(text)
    voted = RollCall.objects.filter(item__meeting=meeting, published_at__isnull=False)
    said = [*voted.values_list("question", flat=True)]
    said += outcomes_of(meeting).values_list("text", flat=True)
    return {
        "A": meeting.title,
        "B": "\n".join(titles),
        "C": "\n".join(said),
        "D": "\n".join(texts),
    }
