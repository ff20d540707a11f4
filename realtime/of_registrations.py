"""Broadcasts of registration for meetings, and of their documents."""

from __future__ import annotations

from typing import Any

from meetings import events as documents
from meetings import pages
from meetings.models import Meeting, topic_of
from meetings.presenters import ShownMeeting
from meetings.registration import events
from meetings.registration.queries import registration_context
from realtime.of_meetings import COURSE, Contexts
from realtime.parts import Broadcast, Part


def _registrations(ids: list[int]) -> Contexts:
    for row in pages.for_page(Meeting.objects.published()).filter(pk__in=ids):
        yield row.pk, registration_context(ShownMeeting.of(row))


def _topics(event: Any) -> list[str]:
    return [topic_of(event.meeting_id)]


REGISTRATION = Part(
    "meetings/registration.html", "meeting-registration", _registrations, of_topic=True
)

OF_REGISTRATIONS = (
    # Who came is on nobody's page.
    Broadcast(
        (
            events.Registered,
            events.RegistrationWithdrawn,
            events.PlaceGiven,
            events.RegistrationClosingSet,
        ),
        _topics,
        "meeting_id",
        page=REGISTRATION,
    ),
    Broadcast(
        (documents.DocumentAdded, documents.DocumentRemoved),
        _topics,
        "meeting_id",
        page=COURSE,
    ),
)
