"""Terms of an appeal for the desk: until when, by which article, and whether it was in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals import terms
from appeals.models import Answer, Appeal, State
from core.domain.calendar import WorkCalendar, last_date, local_date
from core.domain.due import NOT_URGENT, Urgency, urgency

#: An answer that is due within so many days is marked.
SOON_DAYS = 3

_LABELS: dict[str, str | Promise] = {
    "return_malformed": gettext_lazy("Return it if it is not drawn up as the law requires"),
    "return_insufficient": gettext_lazy("Return it if data are missing"),
    "forward": gettext_lazy("Forward it if another body is competent"),
}
_DONE: dict[str, str | Promise] = {
    "return_malformed": gettext_lazy("Returned: not drawn up as the law requires"),
    "return_insufficient": gettext_lazy("Returned: data were missing"),
    "forward": gettext_lazy("Forwarded to the competent body"),
}


@dataclass(frozen=True, slots=True)
class LegalTerm:
    """One term of the law in the life of an appeal."""

    label: str
    article: str
    #: The first moment that is late.
    due_at: datetime
    #: When it was done; None: not yet.
    done_at: datetime | None
    urgency: Urgency

    @property
    def due_on(self) -> date:
        return last_date(self.due_at)

    @property
    def was_late(self) -> bool:
        return self.done_at is not None and self.done_at >= self.due_at


def urgency_of(due_at: datetime, now: datetime) -> Urgency:
    """Urgency of a term: late by days, or by hours of its own day."""
    found = urgency(last_date(due_at), local_date(now), soon_days=SOON_DAYS)
    if found.kind != "late" and due_at <= now:
        return Urgency("late", _("overdue as of today"))
    return found


def legal_terms_of(
    appeal: Appeal, now: datetime, calendar: WorkCalendar, answers: Iterable[Answer] = ()
) -> list[LegalTerm]:
    """The terms that have begun to run for it, in their order; ``answers``: all of it, of which
    those before it was reopened keep terms of their own. Asks no database."""
    return list(_legal_terms(appeal, now, calendar, answers))


def _legal_terms(
    appeal: Appeal, now: datetime, calendar: WorkCalendar, answers: Iterable[Answer]
) -> Iterator[LegalTerm]:
    state = appeal.state_at(now)
    if not appeal.is_request:
        yield from _office_terms(appeal, state, now, calendar)
    for answer in answers:
        if answer.sent_at and answer.due_at and answer.sent_at != appeal.closed_at:
            usual, *_others = terms.offered_to(appeal.kind)
            label = _("The answer was sent")
            yield _clock(label, usual, answer.due_at, answer.sent_at, now)
    term = terms.term_of(appeal)
    if term == terms.FORWARD:
        return  # stands among the clocks of the office
    label = _("Answer, or decide otherwise about it")
    if appeal.answered_at and appeal.closed_at:
        label = _("The answer was sent")
    elif state == State.REOPENED:
        label = _("Answer it again")
    yield _clock(label, term, appeal.due_at, appeal.closed_at, now)


def _office_terms(
    appeal: Appeal, state: State, now: datetime, calendar: WorkCalendar
) -> Iterator[LegalTerm]:
    """Terms of the office: while it has not accepted the appeal, and where it did so."""
    done = {
        "return_malformed": appeal.returned_at if appeal.returned_for == "malformed" else None,
        "return_insufficient": (
            appeal.returned_at if appeal.returned_for == "insufficient" else None
        ),
        "forward": appeal.forwarded_at,
    }
    for code, done_at in done.items():
        if done_at is None and state != State.RECEIVED:
            continue
        term = terms.OFFICE_TERMS[code]
        label = _DONE[code] if done_at else _LABELS[code]
        yield _clock(str(label), term, term.end_of(appeal, calendar), done_at, now)


def _clock(
    label: str, term: terms.Term, due_at: datetime, done_at: datetime | None, now: datetime
) -> LegalTerm:
    runs = NOT_URGENT if done_at else urgency_of(due_at, now)
    return LegalTerm(label, term.article, due_at, done_at, runs)


def soon(now: datetime) -> datetime:
    """Until when what is due is marked: the end of SOON_DAYS days from today."""
    return now + timedelta(days=SOON_DAYS)
