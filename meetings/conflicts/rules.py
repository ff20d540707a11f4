"""Rules of conflicts of interest (280/97-ВР art. 59-1, 1700-VII art. 35-1). Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from meetings.models import Item
from meetings.presence.rules import member
from meetings.rules import run, vote_as

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Conflict, Deputy, Meeting

#: Until an item has been considered.
_AHEAD = (Item.State.PLANNED, Item.State.CURRENT)


def declare(
    user: Anybody,
    meeting: Meeting,
    item: Item,
    deputy: Deputy,
    *,
    words: str,
    is_member: bool,
    is_declared: bool,
) -> Verdict:
    """Declare it: a member for themselves, or the secretary for a member who says so aloud; until
    the item has been considered, also before the meeting."""
    own = vote_as(user, deputy)
    return (
        (own or run(user, meeting))
        and refuse_unless(
            meeting.published_at, "meeting.not_published", _("This meeting is not announced.")
        )
        and _ahead(meeting, item)
        and member(is_member=is_member)
        and refuse_unless(
            not is_declared,
            "conflict.declared",
            _("This conflict of interest is declared already."),
        )
        and refuse_unless(
            words.strip(), "conflict.empty", _("Please say what the conflict of interest is about.")
        )
    )


def withdraw(user: Anybody, meeting: Meeting, conflict: Conflict, *, reason: str) -> Verdict:
    """Take back what was declared by mistake, with a reason: who runs the meeting."""
    return (
        run(user, meeting)
        and refuse_unless(
            conflict.withdrawn_at is None,
            "conflict.withdrawn",
            _("It was taken back already."),
        )
        and _ahead(meeting, conflict.item)
        and refuse_unless(reason.strip(), "conflict.reason_missing", _("Please give the reason."))
    )


def take_part(*, has_conflict: bool) -> Verdict:
    """Vote on an item at all: who has declared no conflict of interest on it."""
    return refuse_unless(
        not has_conflict,
        "conflict.takes_no_part",
        _("They have declared a conflict of interest and do not take part in this item."),
    )


def _ahead(meeting: Meeting, item: Item) -> Verdict:
    return refuse_unless(
        meeting.closed_at is None and meeting.cancelled_at is None and item.state in _AHEAD,
        "conflict.too_late",
        _("This item has been considered, or is not to be."),
    )
