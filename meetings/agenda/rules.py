"""Rules of the agenda. Pure: the facts are passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from meetings.models import Item
from meetings.planning.rules import change_agenda

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Meeting


def write(user: Anybody, meeting: Meeting, *, title: str, things: int) -> Verdict:
    """Add an item, or give one these words; ``things``: how many it is about."""
    return (
        change_agenda(user, meeting)
        and refuse_unless(title.strip(), "item.title_missing", _("Please say what the item is."))
        and refuse_unless(
            things <= 1,
            "item.several_things",
            _("An item is about one thing: a consultation, a petition or a poll."),
        )
    )


def edit(user: Anybody, meeting: Meeting, item: Item, *, title: str, things: int) -> Verdict:
    """Change an item: until it has been considered."""
    return write(user, meeting, title=title, things=things) and _check_planned(item)


def move(user: Anybody, meeting: Meeting, item: Item, *, to: int, of: int) -> Verdict:
    """Put an item at another place of the agenda."""
    return (
        change_agenda(user, meeting)
        and _check_planned(item)
        and refuse_unless(1 <= to <= of, "item.no_such_place", _("The agenda has no such place."))
    )


def delete(user: Anybody, meeting: Meeting) -> Verdict:
    """Delete an item: while the agenda is not published."""
    return change_agenda(user, meeting) and refuse_unless(
        meeting.published_at is None,
        "item.published",
        _("The agenda is published: take the item off it instead."),
    )


def drop(user: Anybody, meeting: Meeting, item: Item) -> Verdict:
    """Take an item off a published agenda, before it is considered."""
    return (
        change_agenda(user, meeting)
        and refuse_unless(
            meeting.published_at,
            "item.not_published",
            _("The agenda is not published: the item can be deleted."),
        )
        and _check_planned(item)
    )


def _check_planned(item: Item) -> Verdict:
    return refuse_unless(
        item.state == Item.State.PLANNED,
        "item.not_planned",
        _("The item has been considered, or taken off the agenda, already."),
    )
