"""The hall of the demo city's meetings: shows of hands, guests, questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from accounts.models import User
from demo import content
from meetings.hall import actions
from meetings.hall.figures import Figures, show_columns
from meetings.models import GuestSupport, Item, Meeting, Question, ShowOfHands, Subtitle
from meetings.video import parsing


def support_as_guests(question: Question, number: int) -> None:
    """Add guests' support; the meeting is over, so they are nobody's."""
    GuestSupport.objects.bulk_create(GuestSupport(question=question) for _guest in range(number))


def load_subtitles(meeting: Meeting) -> None:
    """The subtitles of its video, as the secretary would import them."""
    cues = parsing.read((content.ROOT / "meetings.vtt").read_bytes())
    Subtitle.objects.bulk_create(
        Subtitle(meeting=meeting, begins=cue.begins, ends=cue.ends, text=cue.text) for cue in cues
    )


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
