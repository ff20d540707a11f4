"""Rules of what follows from a meeting. Pure: the facts are passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from meetings.models import Item, Kind
from meetings.rules import run

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Meeting


def work_on(user: Anybody, meeting: Meeting, item: Item | None) -> Verdict:
    """Publish an outcome at all: conclusions on a considered item of a committee, or what was
    decided on the proposals of a hearing; when the meeting is over."""
    of_committee = item is not None and item.meeting_id == meeting.pk
    return (
        run(user, meeting)
        and refuse_unless(
            meeting.closed_at, "meeting.not_closed", _("The meeting is not over yet.")
        )
        and refuse_unless(
            meeting.kind == (Kind.COMMITTEE if of_committee else Kind.HEARING),
            "outcome.of_another_kind",
            _("Conclusions are those of a committee, decisions on proposals those of a hearing."),
        )
        and refuse_unless(
            item is None or item.state == Item.State.DONE,
            "outcome.not_considered",
            _("This item was not considered."),
        )
    )


def publish(user: Anybody, meeting: Meeting, item: Item | None, *, text: str, url: str) -> Verdict:
    """Publish one, or a correction, with its words and perhaps the document."""
    return (
        work_on(user, meeting, item)
        and refuse_unless(
            text.strip(), "outcome.empty", _("Write what was concluded: everybody reads it.")
        )
        and refuse_unless(
            not url or url.startswith("https://"),
            "meeting.url_missing",
            _("Please give an address that begins with https://."),
        )
    )
