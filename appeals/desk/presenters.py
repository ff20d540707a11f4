"""Presenters of the desk: an appeal in a list, on its page, and the lines of what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from appeals import terms
from appeals.desk.clocks import urgency_of
from appeals.filing.kinds import TAGS
from appeals.models import Appeal, Entry, State
from core.domain.calendar import last_date
from core.domain.due import NOT_URGENT, Urgency


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
        return TAGS[self.state]

    @property
    def due_on(self) -> date:
        return last_date(self.appeal.due_at)

    @property
    def is_urgent(self) -> bool:
        """A request that is answered within 48 hours, and waits for that."""
        return self.appeal.term == terms.URGENT.code and self.appeal.closed_at is None

    @property
    def article(self) -> str:
        """The article of law that sets its term."""
        return terms.term_of(self.appeal).article

    @property
    def whose(self) -> str:
        """The sender: an organisation, or a person; "" for nobody named."""
        return self.appeal.named_organisation or self.appeal.name


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """A line of what happened, with who did it."""

    entry: Entry
    by: str
    is_internal: bool

    @classmethod
    def of(cls, entry: Entry) -> ShownEntry:
        return ShownEntry(entry, entry.by.get_full_name() if entry.by else "", entry.internal)
