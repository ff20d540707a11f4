"""Presenters of the desk: an appeal in a list, on its page, and the lines of what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from appeals import terms
from appeals.desk.clocks import urgency_of
from appeals.models import Appeal, Entry, State
from core.domain.calendar import last_date
from core.domain.due import NOT_URGENT, Urgency

#: The kind of status tag that each state is shown with (components/status_tag).
STATUS = {
    State.RECEIVED: "waiting",
    State.IN_WORK: "open",
    State.RETURNED: "stop",
    State.FORWARDED: "info",
    State.NOT_CONSIDERED: "stop",
    State.MOVED: "info",
    State.ANSWERED: "done",
    State.REOPENED: "soon",
    State.WITHDRAWN: "closed",
    State.GIVEN_BACK: "closed",
}


@dataclass(frozen=True, slots=True)
class ShownAppeal:
    """An appeal as the desk shows it at one moment."""

    appeal: Appeal
    state: State
    urgency: Urgency
    #: It was closed after its term.
    was_late: bool

    @classmethod
    def at(cls, appeal: Appeal, now: datetime) -> ShownAppeal:
        closed = appeal.closed_at is not None
        return ShownAppeal(
            appeal,
            appeal.state_at(now),
            NOT_URGENT if closed else urgency_of(appeal.due_at, now),
            closed and appeal.is_late_at(now),
        )

    @property
    def status_kind(self) -> str:
        return STATUS[self.state]

    @property
    def due_on(self) -> date:
        return last_date(self.appeal.due_at)

    @property
    def article(self) -> str:
        """What of the law sets its term."""
        return terms.term_of(self.appeal).article

    @property
    def whose(self) -> str:
        """Who it is from: an organisation, or a person; "" for nobody named."""
        return self.appeal.organisation.name if self.appeal.organisation else self.appeal.name


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """A line of what happened, with who did it."""

    entry: Entry
    by: str
    is_internal: bool

    @classmethod
    def of(cls, entry: Entry) -> ShownEntry:
        return ShownEntry(entry, entry.by.get_full_name() if entry.by else "", entry.internal)
