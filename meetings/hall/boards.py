"""Display of a show of hands in a meeting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.displays.layout import HEIGHT, HUGE, NOTE, SIZES, Text, fit
from meetings.hall.presenters import ShownHands
from meetings.hall.queries import tally_of
from meetings.models import LogEntry, Meeting

#: The heads of the columns, and a line of the table: its figures, what they are of, a bar.
_HEAD, _LINE = 5.2, 8.0


def hands_board(
    meeting: Meeting, last_turn: Callable[[Meeting], str | None]
) -> dict[str, Any] | None:
    """The show of hands while it is open, and then until something else is taken up (``last_turn``:
    the kind of the newest entry of the log that takes the display). None: nothing of one. One query
    where there was none."""
    show = meeting.shows_of_hands.order_by("-pk").first()
    if show is None:
        return None
    if show.closed_at is not None and last_turn(meeting) != LogEntry.Kind.HANDS_CLOSED:
        return None
    hands = ShownHands(tally_of(show))
    question = Text(show.question, (*HUGE[6:], *SIZES[6:]), is_bold=True)
    (size,) = fit((question,), HEIGHT - NOTE - _HEAD - _LINE * len(hands.rows))
    return {"view": "hands", "hands": hands, "size": size}
