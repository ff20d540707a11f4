"""Board of each paired display: its context. No request, no user."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.displays import boards
from meetings.models import Display, Item, Picture
from meetings.presenters import ShownMeeting


def paired_context(shown: ShownMeeting, number: int) -> dict[str, Any]:
    """The display of this number as it stands; ``display`` is None where it was unpaired, and the
    screen is told to show a code again."""
    display = shown.meeting.displays.paired().filter(number=number).first()
    if display is None:
        words = _("This screen is not paired any more.")
        context = boards.display_context(shown, picture=Picture.ANNOUNCEMENT, words=words)
    else:
        context = context_of(shown, display)
    page = reverse("meetings:paired", args=[shown.pk, number])
    return context | {
        "display": display,
        "live_as": f"display-{number}",
        "board_url": f"{page}?board",
        "pair_url": reverse("displays:pair"),
    }


def context_of(shown: ShownMeeting, display: Display) -> dict[str, Any]:
    """A display as it is, or as a secretary would have it."""
    context = boards.display_context(shown, picture=display.picture, words=display.words)
    return context | {"theme": display.theme}


def preview_context(shown: ShownMeeting, display: Display, *, is_next: bool) -> dict[str, Any]:
    """A still picture for who runs the meeting: of now, or of what comes next."""
    if is_next:
        shown = as_next(shown)
    return context_of(shown, display) | {"is_preview": True}


def as_next(shown: ShownMeeting) -> ShownMeeting:
    """The meeting as the next step makes it: not blank; with the question that waits for its delay,
    else at the next planned item, or at none after the last."""
    meeting = copy(shown.meeting)
    meeting.is_blank = False
    if shown.holds_question:
        meeting.question_due_at = None
    elif shown.is_running:
        planned = meeting.items.filter(state=Item.State.PLANNED)
        if meeting.current_item is not None:
            planned = planned.filter(order__gt=meeting.current_item.order)
        meeting.current_item = planned.order_by("order").first()
    return replace(shown, meeting=meeting)
