"""Rules of being in the hall and of shows of hands. Pure: the facts are passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import act
from core.domain.rules import Verdict, refuse, refuse_unless
from meetings.course.rules import MOVED_ON, as_seen, conduct, control, running
from meetings.hall.models import LONGEST_SHOWN
from meetings.models import Hand
from meetings.quickpolls.rules import not_polling

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.hall.figures import Figures
    from meetings.models import Meeting, ShowOfHands

#: No hall has more.
MOST_COUNTED = 10_000
EXPIRED = refuse(
    "hall.code_expired",
    _("This code has expired. Please scan the one that stands on the hall’s display now."),
)


def enter_hall(user: Anybody, meeting: Meeting, *, has_scanned: bool) -> Verdict:
    """Be noted as in the hall: whoever has scanned its code, while the meeting goes on."""
    return (
        act(user) and running(meeting) and refuse_unless(has_scanned, EXPIRED.code, EXPIRED.message)
    )


def leave_hall(user: Anybody) -> Verdict:
    """Be noted no more."""
    return act(user)


def open_show(
    user: Anybody,
    meeting: Meeting,
    *,
    question: str,
    seen_item: int | None,
    is_open: bool,
    calls_roll: bool,
    is_polling: bool,
) -> Verdict:
    """Ask for a show of hands: one at a time, and not while a roll-call or a survey is open."""
    return (
        conduct(user, meeting)
        and as_seen(meeting, seen_item)
        and refuse_unless(
            not is_open, "hands.another_open", _("Another show of hands is open already.")
        )
        and refuse_unless(
            not calls_roll,
            "hands.roll_call_open",
            _("A roll-call is open. Please close it first."),
        )
        and not_polling(is_polling=is_polling)
        and refuse_unless(
            question.strip(), "hands.question_missing", _("Please say what is asked.")
        )
        and refuse_unless(
            len(question.strip()) <= LONGEST_SHOWN,
            "hands.question_too_long",
            _("The question must fit on the screen: please shorten it."),
        )
    )


def count_hands(
    user: Anybody,
    meeting: Meeting,
    show: ShowOfHands,
    *,
    counted: Figures | None,
    stands: Figures | None,
    seen: Figures | None,
) -> Verdict:
    """Enter what was counted in the hall; ``stands`` is what was entered before, ``seen`` what
    stood on the page of who asks."""
    return (
        control(user, meeting)
        and _open(show)
        and refuse_unless(stands == seen, MOVED_ON.code, MOVED_ON.message)
        and refuse_unless(
            counted is None or all(0 <= number <= MOST_COUNTED for number in counted),
            "hands.no_such_number",
            _("Please enter how many hands you have counted."),
        )
    )


def close_show(user: Anybody, meeting: Meeting, show: ShowOfHands) -> Verdict:
    """Close it, once."""
    return control(user, meeting) and _open(show)


def raise_hand(user: Anybody, show: ShowOfHands, *, choice: str) -> Verdict:
    """Raise one's hand, or change one's choice: who is signed in, in the hall or not."""
    return lower_hand(user, show) and refuse_unless(
        choice in Hand.Choice, "hands.no_such_choice", _("Please choose one of the three.")
    )


def lower_hand(user: Anybody, show: ShowOfHands) -> Verdict:
    """Take one's hand down."""
    return act(user) and _open(show)


def _open(show: ShowOfHands) -> Verdict:
    return refuse_unless(
        show.closed_at is None, "hands.closed", _("The show of hands is closed already.")
    )
