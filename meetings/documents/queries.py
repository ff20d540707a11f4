"""Documents of a meeting as pages show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from meetings.models import Meeting, MeetingDocument


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document; ``was_added_later``: after the notice of its meeting was published."""

    document: MeetingDocument
    was_added_later: bool

    @property
    def kind(self) -> str:
        """The word for its kind: «PDF»."""
        return self.document.ending.upper()


type Documents = Mapping[int | None, Sequence[ShownDocument]]


def documents_of(meeting: Meeting) -> Documents:
    """All of a meeting by their item, in the order in which they were added; under None those of
    the whole meeting. One query."""
    found: dict[int | None, list[ShownDocument]] = defaultdict(list)
    for document in MeetingDocument.objects.filter(meeting=meeting).order_by("pk"):
        later = meeting.published_at is not None and document.at > meeting.published_at
        document.meeting = meeting
        found[document.item_id].append(ShownDocument(document, later))
    return found
