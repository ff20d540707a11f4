"""Queries of the desk: lists of meetings, publications due, an agenda with its steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from accounts.models import User
from city.calendar import work_calendar
from core.db.paging import Page, page_of
from core.domain.calendar import local_date
from core.domain.clock import Now
from core.domain.deadlines import Deadline, deadlines_of
from core.domain.due import NOT_URGENT, Urgency
from meetings.agenda import rules
from meetings.models import Item, Meeting
from meetings.outcome.next_steps import next_steps
from meetings.outcome.queries import load_followed
from meetings.outcome.questions import promised_at, unanswered_at
from meetings.planning.presenters import ShownDue, ShownItem, ShownMeeting
from meetings.queries import agenda_of, roll_calls_of
from meetings.querysets import MeetingQuerySet
from meetings.terms import due_items

#: What is due within so many days stands on the list, and so much of it at most.
COMING = timedelta(days=14)
_MOST_DUE = 100
_OVER = Q(closed_at__isnull=False) | Q(cancelled_at__isnull=False)
#: The lists by their names in addresses, and the order of each.
LISTS: dict[str, tuple[Q, tuple[str, str]]] = {
    "": (~_OVER, ("begins_at", "id")),
    "over": (_OVER, ("-begins_at", "-id")),
}


def for_desk(meetings: MeetingQuerySet[Meeting]) -> MeetingQuerySet[Any]:
    """With what the desk's pages read of its own row, and the time as ``now``."""
    return meetings.select_related("body", "department").defer("search").annotate(now=Now())


@dataclass(frozen=True, slots=True)
class DueRow:
    """Something to be published of one of the meetings."""

    deadline: Deadline
    urgency: Urgency


def due_of(user: User, today: date) -> list[DueRow]:
    """Due publications of the person's meetings, the earliest on top: one query."""
    found = deadlines_of(user, until=today + COMING)
    mine = [each for each in found if each.kind.startswith("meeting-")]
    return [DueRow(each, each.urgency_on(today)) for each in mine[:_MOST_DUE]]


def meetings_of(
    user: User, name: str, *, due: Iterable[DueRow], after: str | None
) -> Page[ShownMeeting]:
    """One of LISTS, each with how near the first is that is due of it: one query."""
    urgencies: dict[int, Urgency] = {}
    for row in due:
        urgencies.setdefault(row.deadline.of, row.urgency)
    condition, order = LISTS[name]
    page = page_of(
        for_desk(Meeting.objects.run_by(user)).filter(condition), order=order, after=after
    )
    shown = [ShownMeeting(row, row.now, urgencies.get(row.pk, NOT_URGENT)) for row in page]
    return Page(shown, page.next_cursor, page.previous_cursor)


def detail_of(user: User, shown: ShownMeeting) -> dict[str, Any]:
    """The agenda with its steps, and what is due of the meeting, questions
    that wait for an answer: eight queries at most."""
    meeting, today = shown.meeting, local_date(shown.now)
    items = list(agenda_of(meeting))
    outcome = load_followed(meeting)
    due = due_items(
        meeting,
        items=items,
        roll_calls=roll_calls_of(meeting, published=False),
        calendar=work_calendar(),
        concluded=outcome.concluded,
        outcomes=outcome.outcomes,
    )
    return {
        "items": list(_items(user, meeting, items)),
        "due": [ShownDue.on(today, each) for each in due],
        "promised": promised_at(meeting),
        "unanswered": unanswered_at(meeting),
    }


def _items(user: User, meeting: Meeting, items: list[Item]) -> Iterable[ShownItem]:
    may_delete = bool(rules.delete(user, meeting))
    for place, item in enumerate(items):
        may_edit = bool(rules.edit(user, meeting, item, title=item.title, things=0))
        yield ShownItem(
            item,
            may_edit=may_edit,
            may_delete=may_delete,
            may_drop=bool(rules.drop(user, meeting, item)),
            is_first=place == 0,
            is_last=place == len(items) - 1,
            next_steps=tuple(next_steps(user, meeting, item)),
        )
