"""The last step of a meeting: what an undoing would undo."""

from __future__ import annotations

from django.db.models import Q

from meetings.models import LogEntry, Meeting, Outcome
from meetings.undoing.rules import NO_STEPS


def last_step(meeting: Meeting) -> LogEntry | None:
    """The last line of its log that is a step, with the things that it names: one query."""
    steps = meeting.log.exclude(kind__in=NO_STEPS).select_related("item", "speaker", "question")
    return steps.order_by("-pk").first()


def has_outcome(meeting: Meeting) -> bool:
    """Whether an outcome of it is published, or conclusions on one of its items: one query."""
    return Outcome.objects.filter(Q(meeting=meeting) | Q(item__meeting=meeting)).exists()
