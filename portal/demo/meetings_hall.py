"""Shows of hands of the demo city's meetings: one that was, and one that is played."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from accounts.models import User
from meetings.hall import actions
from meetings.hall.figures import Figures, show_columns
from meetings.models import Item, Meeting, ShowOfHands


def past_show(item: Item, said: Mapping[str, Any], *, begun: datetime) -> ShowOfHands:
    """A show of hands on an item, begun then; close_past ends it."""
    return ShowOfHands.objects.create(
        meeting=item.meeting, item=item, question=said["question"], opened_at=begun
    )


def close_past(show: ShowOfHands, said: Mapping[str, Any], *, ended: datetime) -> None:
    """Close it with its figures."""
    for kind in ("hall", "remote", "counted"):
        show_columns(show, kind, Figures(*said[kind]))
    show.closed_at = ended
    show.save()


def play_show(
    meeting: Meeting,
    said: Mapping[str, Any],
    *,
    by: User,
    people: Callable[[str], User],
    wait: Callable[[float], None],
) -> None:
    """About half a minute: some in the hall and some elsewhere raise a hand, one of them changes
    their choice, and the secretary counts."""
    for key in said["in_hall"]:
        actions.enter_hall(meeting, by=people(key), has_scanned=True)
    show = actions.open_show(
        meeting, by=by, question=said["question"], seen_item=meeting.current_item_id
    )
    for key, choice in said["hands"]:
        wait(3)
        actions.raise_hand(show, by=people(key), choice=choice)
    wait(3)
    actions.count_hands(show, by=by, counted=Figures(*said["counted"]), seen=None)
    wait(5)
    actions.close_show(show, by=by)
    wait(40)


def end_shows(meeting: Meeting, *, by: User) -> None:
    """Close what was broken off."""
    for show in meeting.shows_of_hands.filter(closed_at=None):
        actions.close_show(show, by=by)
