"""The demo city's coming hearing: two documents, and who has registered for it."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from accounts.models import User
from core.export.document import Block, Document, Heading, Paragraph
from core.export.docx import docx
from demo import city, content
from demo.meetings import SECRETARY
from meetings.documents import actions as documents
from meetings.models import Meeting, MeetingDocument
from meetings.registration import actions


def load_registrations(people: Mapping[str, User]) -> None:
    """Put in what meetings_registered.toml tells of the coming hearing."""
    told = content.table("meetings_registered.toml")
    meeting = Meeting.objects.coming().get(kind="hearing", opened_at=None)
    items = {item.order: item for item in meeting.items.all()}
    secretary = User.objects.get(email=city.email_of(SECRETARY))
    for row in told["document"]:
        made = documents.add(
            meeting,
            by=secretary,
            title=row["title"],
            item=items.get(row.get("item", 0)),
            file=BytesIO(docx(Document(row["title"], _blocks(row)))),
        )
        if not row.get("later"):
            MeetingDocument.objects.filter(pk=made.pk).update(at=meeting.created_at)
    for row in told["registered"]:
        actions.register(
            meeting,
            by=people[row["by"]],
            speaks_on=items.get(row.get("item", 0)),
            stance=row.get("stance", ""),
            needs=row.get("needs", ""),
            consents="needs" in row,
        )


def _blocks(row: Mapping[str, Any]) -> list[Block]:
    """A line that ends without a full stop is a heading."""
    lines = row["text"].strip().split("\n")
    return [Paragraph(line) if line.endswith((".", ";")) else Heading(line) for line in lines]
