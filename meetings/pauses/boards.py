"""Display of an interruption, whatever picture the display has."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from core.displays import layout
from core.displays.layout import HEIGHT, HUGE, WIDE, Text
from meetings.models import Pause
from meetings.pauses import suspended, words
from meetings.presenters import ShownMeeting

ADVICE = gettext_lazy("Please go to the shelter.")
SUSPENDED = gettext_lazy("The vote is suspended, and goes on after it.")
GOES_ON = gettext_lazy("The meeting goes on soon.")
ALL_CLEAR = gettext_lazy("The meeting goes on after the all-clear.")
#: How high the countdown is, with what is above and below it.
_COUNTDOWN = 17.0
_BELOW = (46, 36, 30, 24)


def pause_board(shown: ShownMeeting) -> dict[str, Any] | None:
    """The kind of the pause as large as it fits, when the meeting goes on, and what waits; None
    where it is not interrupted."""
    pause = shown.meeting.pause
    if pause is None or not shown.is_running:
        return None
    title = Text(str(pause.get_kind_display()), HUGE, is_bold=True)
    lines = tuple(Text(line, _BELOW) for line in _lines(pause))
    counts = pause.resumes_at is not None and not pause.is_over_night
    height = HEIGHT - (_COUNTDOWN if counts else 0)
    sizes = layout.fit((title, *lines), height, WIDE)
    return {
        "view": "pause",
        "pause": pause,
        "counts": counts,
        "title": title.words,
        "size": sizes[0],
        "lines": [(line.words, size) for line, size in zip(lines, sizes[1:], strict=True)],
        "is_wide": True,
    }


def _lines(pause: Pause) -> list[str]:
    """Lines below: place, time of going on, suspended matter."""
    is_alarm = pause.kind == Pause.Kind.ALARM
    lines = [words.until(pause) or str(ALL_CLEAR if is_alarm else GOES_ON)]
    if is_alarm:
        lines.insert(0, str(ADVICE))
    if suspended.is_waiting(pause):
        lines.append(str(SUSPENDED))
    return [capfirst(line) for line in lines]
