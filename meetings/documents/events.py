"""Events of documents of meetings, with ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from meetings.events import MeetingEvent


@dataclass(frozen=True, slots=True)
class DocumentEvent(MeetingEvent):
    document_id: int


@dataclass(frozen=True, slots=True)
class DocumentAdded(DocumentEvent):
    audited: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class DocumentRemoved(DocumentEvent):
    """Everybody reads why; of a meeting that is not announced it is just gone."""

    audited: ClassVar[bool] = True
