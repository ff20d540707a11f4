"""Queries of the control page: a fixed number at any size."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    Q,
    QuerySet,
    When,
)

from core.db.paging import Page, page_of
from core.domain.clock import Now
from core.domain.topics import seq_of_row
from meetings.control.presenters import Control, ShownLog, ShownMember, ShownRollCall
from meetings.hall.pages import for_control as for_control_hall
from meetings.models import Meeting, Question, Seat
from meetings.presence.grid import Grid
from meetings.presence.queries import Attendance, attendance_of, waiting_claims_of
from meetings.queries import log_of, members_of, questions_of, roll_calls_of, speakers_of
from meetings.querysets import MeetingQuerySet
from meetings.quickpolls import pages
from meetings.speakers.queries import item_clock, totals_of
from meetings.speakers.rules import in_order
from meetings.special import special_of
from meetings.undoing.rules import NO_STEPS
from votes.pages import turnout

#: So much of each list stands on the page; the rest of the questions has a page of its own.
MOST_QUESTIONS, MOST_ROLL_CALLS, MOST_LOG = 8, 3, 12
_State = Question.State
#: The lists of questions by their names in addresses, and the order of each.
LISTS: dict[str, tuple[tuple[_State, ...], tuple[str, ...]]] = {
    "waiting": ((_State.WAITING,), ("id",)),
    "shown": ((_State.SHOWN,), ("-supporters", "id")),
    "done": ((_State.ANSWERED, _State.LATER), ("-id",)),
    "hidden": ((_State.HIDDEN, _State.MERGED), ("-id",)),
}


def for_control(meetings: MeetingQuerySet[Meeting]) -> MeetingQuerySet[Any]:
    """With the time as ``now`` and the topic's ``seq``, read in the same statement."""
    rows = meetings.select_related("body", "pause__roll_call", "pause__speaker")
    return rows.annotate(now=Now(), seq=seq_of_row("meeting"))


def control_of(meeting: Meeting, *, now: datetime, seq: int) -> Control:
    """Everything that the page shows of a meeting: twenty-six queries at most."""
    polls = pages.shown_of(meeting, now, most=1)
    poll = polls[0] if polls else None
    items = list(meeting.items.order_by("order"))
    current = next((item for item in items if item.pk == meeting.current_item_id), None)
    speakers = list(speakers_of(current)) if current else []
    attendance = attendance_of(meeting)
    members = _members(meeting, attendance)
    roll_calls = _roll_calls(meeting, members)
    grid = Grid(
        meeting, members, next((each for each in roll_calls if each.is_open), None), attendance
    )
    counts = _counts(meeting)
    log = list(log_of(meeting).order_by("-pk")[:MOST_LOG])
    return Control(
        meeting=meeting,
        now=now,
        seq=seq,
        items=items,
        current=current,
        speaking=next((one for one in speakers if one.is_speaking), None),
        waiting_speakers=in_order(speakers),
        roll_calls=roll_calls,
        members=members,
        attendance=attendance,
        grid=grid,
        claims=list(waiting_claims_of(meeting)) if meeting.body_id else [],
        waiting_questions=list(_questions(meeting, "waiting")[:MOST_QUESTIONS]),
        shown_questions=list(_questions(meeting, "shown")[:MOST_QUESTIONS]),
        waiting_count=counts["waiting"],
        shown_count=counts["shown"],
        live_question=meeting.questions.filter(is_live=True).first(),
        hall=for_control_hall(meeting),
        quick_poll=poll,
        polled=turnout(poll.poll) if poll and poll.is_open else None,
        log=[ShownLog.of(entry) for entry in log],
        last_step=next((entry for entry in log if entry.kind not in NO_STEPS), None),
        item_clock=item_clock(meeting, current, now),
        totals=totals_of(meeting) if meeting.opened_at else [],
        special=special_of(meeting),
    )


_OF_A_SEAT = ("deputy", "is_head", "number")


def _members(meeting: Meeting, attendance: Attendance) -> list[ShownMember]:
    """The members of its body, whether they are here, and who is the head of the city."""
    if meeting.body_id is None:
        return []
    seats = Seat.objects.on(meeting.day).filter(body=meeting.body_id)
    of = {deputy: (head, number) for deputy, head, number in seats.values_list(*_OF_A_SEAT)}
    return [
        ShownMember(
            deputy,
            is_here=deputy.pk in attendance,
            is_head=of[deputy.pk][0],
            by_video=attendance.grounds.get(deputy.pk) is not None,
            seat_number=of[deputy.pk][1],
        )
        for deputy in members_of(meeting)
    ]


def grid_of(meeting: Meeting) -> Grid:
    """The grid of members alone, for the answer of a tap: eight queries at most."""
    attendance = attendance_of(meeting)
    members = _members(meeting, attendance)
    open_ones = roll_calls_of(meeting, published=False).filter(closed_at=None)
    roll_call = next((ShownRollCall.of(row, members) for row in open_ones), None)
    return Grid(meeting, members, roll_call, attendance)


def _roll_calls(meeting: Meeting, members: list[ShownMember]) -> list[ShownRollCall]:
    """The open one, what can be repeated on the current item, those that are not published, and the
    last ones: two queries."""
    waiting = Q(annulment__repeated_by=None, annulment__isnull=False)
    rows = roll_calls_of(meeting, published=False).order_by(
        Case(
            When(closed_at=None, then=0),
            When(waiting, item=meeting.current_item_id, then=1),
            default=2,
        ),
        F("published_at").desc(nulls_first=True),
        "-pk",
    )
    return [ShownRollCall.of(row, members) for row in rows[:MOST_ROLL_CALLS]]


def _questions(meeting: Meeting, name: str) -> QuerySet[Question]:
    states, order = LISTS[name]
    rows = questions_of(meeting, public=False).filter(state__in=states)
    # What stands on the displays comes first wherever it is among the others.
    return rows.order_by("-is_live", *order) if name == "shown" else rows.order_by(*order)


def _counts(meeting: Meeting) -> dict[str, int]:
    found = meeting.questions.aggregate(
        waiting=Count("pk", filter=Q(state=_State.WAITING)),
        shown=Count("pk", filter=Q(state=_State.SHOWN)),
    )
    return {name: number or 0 for name, number in found.items()}


def page_of_questions(meeting: Meeting, name: str, after: str | None) -> Page[Question]:
    """One of LISTS, by pages."""
    states, order = LISTS[name]
    rows = questions_of(meeting, public=False).filter(state__in=states)
    return page_of(rows, order=order, after=after)


def count_questions(meeting: Meeting) -> dict[str, int]:
    """Number of questions in each of LISTS: one query."""
    numbers = {
        name: Count("pk", filter=Q(state__in=states)) for name, (states, _order) in LISTS.items()
    }
    return meeting.questions.aggregate(**numbers)
