"""Presenters of the desk: meetings, items of agendas and terms, with what pages show of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

from core.domain.calendar import local_date
from core.domain.deadlines import SOON_DAYS
from core.domain.due import NOT_URGENT, Urgency, urgency
from meetings.models import Item, Meeting, State
from meetings.outcome.next_steps import NextStep
from meetings.presenters import STATUS, STATUS_OF_ITEM
from meetings.terms import Due


@dataclass(frozen=True, slots=True)
class ShownMeeting:
    """A meeting as it stands at ``now``; ``urgency``: of what is due first of it."""

    meeting: Meeting
    now: datetime
    urgency: Urgency = NOT_URGENT

    def context(self, **more: Any) -> dict[str, Any]:
        """The context of a template about this meeting."""
        return {"meeting": self.meeting, "shown": self, **more}

    @property
    def state(self) -> State:
        return self.meeting.state_at(self.now)

    @property
    def state_kind(self) -> str:
        return STATUS[self.state]

    @property
    def state_label(self) -> str | Promise:
        return self.state.label

    @property
    def ends_on_its_day(self) -> bool:
        """Whether it ends on the day on which it begins."""
        meeting = self.meeting
        return local_date(meeting.begins_at) == local_date(meeting.ends_at)


@dataclass(frozen=True, slots=True)
class ShownDue:
    """Something that the law has published by a day, as of today."""

    due: Due
    urgency: Urgency

    @classmethod
    def on(cls, today: date, due: Due) -> ShownDue:
        if due.done_on or not due.is_binding:
            return cls(due, NOT_URGENT)
        return cls(due, urgency(due.last_day, today, soon_days=SOON_DAYS))

    @property
    def is_late(self) -> bool:
        """Overdue, or done late."""
        return self.urgency.kind == "late" or self.was_late

    @property
    def was_late(self) -> bool:
        due = self.due
        return due.is_binding and due.done_on is not None and due.done_on > due.last_day


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item of an agenda, and what may be done with it: ``is_first`` and ``is_last`` among those
    that can be moved."""

    item: Item
    may_edit: bool
    may_delete: bool
    may_drop: bool
    is_first: bool
    is_last: bool
    next_steps: tuple[NextStep, ...] = ()

    @property
    def state_kind(self) -> str:
        """The look of its state; "" while it is planned."""
        state = Item.State(self.item.state)
        return "" if state == Item.State.PLANNED else STATUS_OF_ITEM[state]
