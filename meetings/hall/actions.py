"""The hall: being noted in it, shows of hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain import clock
from core.domain.actions import action, locked, shared
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from meetings.actions import begin, enter
from meetings.hall import events, rules
from meetings.hall.figures import Figures, show_columns
from meetings.hall.models import COUNTED, FIGURES
from meetings.hall.queries import count, in_hall, open_show_of
from meetings.models import HallVisit, Hand, LogEntry, Meeting, ShowOfHands
from meetings.queries import open_roll_call_of
from meetings.quickpolls.actions import is_polling

if TYPE_CHECKING:
    from accounts.models import User


def enter_hall(meeting: Meeting, *, by: User, has_scanned: bool) -> HallVisit:
    """Note that somebody is in the hall; ``has_scanned``: they have shown its code. Twice is once.
    Refuses by rules.enter_hall. Emits HallEntered."""
    with action():
        meeting, now = shared(meeting)
        require(rules.enter_hall(by, meeting, has_scanned=has_scanned))
        visit, is_new = HallVisit.objects.get_or_create(
            meeting=meeting, user=by, defaults={"at": now}
        )
        if is_new:
            emit(events.HallEntered(meeting.pk, by.pk))
        return visit


def leave_hall(meeting: Meeting, *, by: User) -> None:
    """Note that they are in the hall no more. Twice is once. Refuses by rules.leave_hall. Emits
    HallLeft."""
    with action():
        require(rules.leave_hall(by))
        if HallVisit.objects.filter(meeting=meeting, user=by).delete()[0]:
            emit(events.HallLeft(meeting.pk, by.pk))


def open_show(meeting: Meeting, *, by: User, question: str, seen_item: int | None) -> ShowOfHands:
    """Ask everybody in the hall and at home to raise a hand.

    ``seen_item``: the id of the current item on the page of who asks (None: none). Refuses by
    rules.open_show. Emits ShowOfHandsOpened.
    """
    with action():
        meeting, now = begin(meeting)
        require(
            rules.open_show(
                by,
                meeting,
                question=question,
                seen_item=seen_item,
                is_open=open_show_of(meeting) is not None,
                calls_roll=open_roll_call_of(meeting) is not None,
                is_polling=is_polling(meeting, now),
            )
        )
        show = ShowOfHands.objects.create(
            meeting=meeting, item=meeting.current_item, question=question.strip(), opened_at=now
        )
        created(show)
        enter(meeting, LogEntry.Kind.HANDS, at=now, item=show.item, show_of_hands=show)
        emit(events.ShowOfHandsOpened(meeting.pk, by.pk, show.pk))
        return show


def raise_hand(show: ShowOfHands, *, by: User, choice: str) -> Hand:
    """Raise one's hand, or change one's choice: the last one that arrives counts. Refuses by
    rules.raise_hand. Emits HandRaised."""
    with action():
        # Many do so at once; it closes before or after.
        show, now = shared(show)
        require(rules.raise_hand(by, show, choice=choice))
        is_here = by.pk in in_hall(show.meeting, [by.pk])
        hand = Hand(show=show, user=by, choice=choice, in_hall=is_here, at=now)
        Hand.objects.bulk_create(
            [hand],
            update_conflicts=True,
            unique_fields=["show", "user"],
            update_fields=["choice", "in_hall", "at"],
        )
        emit(events.HandRaised(show.meeting_id, by.pk, show.pk))
        return hand


def lower_hand(show: ShowOfHands, *, by: User) -> None:
    """Take one's hand down. Twice is once. Refuses by rules.lower_hand. Emits HandRaised."""
    with action():
        show, _now = shared(show)
        require(rules.lower_hand(by, show))
        if Hand.objects.filter(show=show, user=by).delete()[0]:
            emit(events.HandRaised(show.meeting_id, by.pk, show.pk))


def count_hands(
    show: ShowOfHands, *, by: User, counted: Figures | None, seen: Figures | None
) -> ShowOfHands:
    """Enter what was counted in the hall, or take it back (None). ``seen``: what stood there on the
    page of who asks. Refuses by rules.count_hands. Emits HandsCounted."""
    with action():
        meeting, _now = begin(show.meeting)
        show = locked(show)
        stands = Figures.read(show, "counted")
        require(rules.count_hands(by, meeting, show, counted=counted, stands=stands, seen=seen))
        show_columns(show, "counted", counted)
        show.save(update_fields=COUNTED)
        emit(events.HandsCounted(meeting.pk, by.pk, show.pk))
        return show


def close_show(show: ShowOfHands, *, by: User) -> ShowOfHands:
    """Close it: its figures are kept, and no hand changes any more. Refuses by rules.close_show.
    Emits ShowOfHandsClosed."""
    with action():
        meeting, _now = begin(show.meeting)
        show = locked(show)
        # A hand that was raised before the lock was granted counts.
        now = clock.now()
        require(rules.close_show(by, meeting, show))
        hall, remote = count([show.pk]).get(show.pk, (Figures(), Figures()))
        show_columns(show, "hall", hall)
        show_columns(show, "remote", remote)
        show.closed_at = now
        show.save(update_fields=["closed_at", *FIGURES])
        enter(meeting, LogEntry.Kind.HANDS_CLOSED, at=now, item=show.item, show_of_hands=show)
        emit(events.ShowOfHandsClosed(meeting.pk, by.pk, show.pk))
        return show
