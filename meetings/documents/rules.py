"""Rules of documents of a meeting. Pure: the facts are passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from meetings.rules import run

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Item, Meeting, MeetingDocument


def change(user: Anybody, meeting: Meeting) -> Verdict:
    """Add and remove documents: who runs the meeting, also when it is over."""
    return run(user, meeting) and refuse_unless(
        meeting.cancelled_at is None, "meeting.cancelled", _("The meeting was cancelled.")
    )


def add(user: Anybody, meeting: Meeting, *, title: str, item: Item | None) -> Verdict:
    """Add one, of the whole meeting or of an item of it."""
    return (
        change(user, meeting)
        and refuse_unless(
            title.strip(), "document.title_missing", _("Please say what document it is.")
        )
        and refuse_unless(
            item is None or item.meeting_id == meeting.pk,
            "document.another_meeting",
            _("This item is of another meeting."),
        )
    )


def remove(user: Anybody, meeting: Meeting, document: MeetingDocument, *, reason: str) -> Verdict:
    """Remove one, with the reason if everybody could read it."""
    return (
        change(user, meeting)
        and refuse_unless(
            document.removed_at is None,
            "document.removed",
            _("This document was removed already."),
        )
        and refuse_unless(
            reason.strip() or not meeting.published_at,
            "document.reason_missing",
            _("Please give the reason."),
        )
    )
