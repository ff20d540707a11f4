"""Contexts of the hall for pages, displays and control. No request, no user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.models import Anybody
from core.domain.rules import Verdict
from meetings import queries as meetings
from meetings.hall import codes, queries, rules
from meetings.hall.presenters import HallCode, ShownHands
from meetings.models import Meeting, ShowOfHands
from meetings.presenters import ShownMeeting

#: So many shows of hands stand on a meeting's page.
_MOST = 50


def hands_context(shown: ShownMeeting) -> dict[str, Any]:
    """The show of hands that is open or was the last one while the meeting goes on, and all that
    were closed: one query, one more while one is open."""
    rows = list(shown.meeting.shows_of_hands.order_by("-pk")[:_MOST]) if _was_opened(shown) else []
    now = rows[0] if rows and shown.is_running and _is_now(rows[0], shown.meeting) else None
    return {
        "hands": ShownHands(queries.tally_of(now)) if now else None,
        "shows_of_hands": [
            ShownHands(queries.tally_of(row))
            for row in reversed(rows)
            if row.closed_at and row is not now
        ],
    }


def _was_opened(shown: ShownMeeting) -> bool:
    return shown.meeting.opened_at is not None


def _is_now(show: ShowOfHands, meeting: Meeting) -> bool:
    """Whether it belongs to what is considered now."""
    return show.closed_at is None or show.item_id == meeting.current_item_id


def figures_context(shown: ShownMeeting) -> dict[str, Any] | None:
    """The figures of the newest show of hands: two queries. None: there was none."""
    show = shown.meeting.shows_of_hands.order_by("-pk").first()
    return shown.context(hands=ShownHands(queries.tally_of(show))) if show else None


def on_display(shown: ShownMeeting, key: str) -> dict[str, Any]:
    """Extra context of a display in the hall: the hall's code, where its URL has the meeting's
    display key. No query.
    """
    is_here = bool(key) and codes.is_display_key(shown.pk, key)
    return {"hall_code": HallCode.of(shown) if is_here else None}


def may_open_show(user: Anybody, meeting: Meeting) -> Verdict:
    """Whether a show of hands can be opened now, by who sees the current item: three queries."""
    return rules.open_show(
        user,
        meeting,
        question="-",
        seen_item=meeting.current_item_id,
        is_open=queries.open_show_of(meeting) is not None,
        calls_roll=meetings.open_roll_call_of(meeting) is not None,
        is_polling=meeting.quick_polls.filter(closed_at=None).exists(),
    )


@dataclass(frozen=True, slots=True)
class HallInControl:
    """The hall as who runs the meeting sees it; ``hands``: the newest show, of the current item or
    open. ``display_url``: a display with the hall's code."""

    people: int
    hands: ShownHands | None
    display_url: str

    @property
    def open_hands(self) -> ShownHands | None:
        return self.hands if self.hands and self.hands.is_open else None


def for_control(meeting: Meeting) -> HallInControl:
    """Two queries while it goes on, one more while a show of hands is open."""
    url = reverse("meetings:display", args=[meeting.pk])
    address = f"{url}?hall={codes.display_key(meeting.pk)}"
    if not meeting.is_running:
        return HallInControl(0, None, address)
    show = meeting.shows_of_hands.order_by("-pk").first()
    is_now = show is not None and _is_now(show, meeting)
    hands = ShownHands(queries.tally_of(show)) if show and is_now else None
    return HallInControl(queries.count_in_hall(meeting), hands, address)
