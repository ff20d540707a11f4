"""Events of documents of meetings, with ids only."""

from __future__ import annotations

from typing import ClassVar

from meetings.events import MeetingEvent


class DocumentEvent(MeetingEvent):
    document_id: int


class DocumentAdded(DocumentEvent):
    audited: ClassVar[bool] = True


class DocumentRemoved(DocumentEvent):
    """Everybody reads why; of a meeting that is not announced it is just gone."""

    audited: ClassVar[bool] = True
