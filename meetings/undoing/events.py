"""Events of undoing, with ids only. What is undone changes the same parts as what was done."""

from __future__ import annotations

from typing import ClassVar

from meetings.events import MeetingEvent


class CourseUndone(MeetingEvent):
    """The last step of a meeting was a mistake, and is undone."""

    audited: ClassVar[bool] = True


class MeetingReopened(MeetingEvent):
    """It was closed by mistake, and goes on."""

    audited: ClassVar[bool] = True


class CloseConfirmed(MeetingEvent):
    """It was closed a minute ago and not reopened: people are told."""
