"""The timeline of a petition: its stages, each with its day, its deadline and the law's article.

For everybody to read. A deadline that the council missed is said in words, also of what is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.domain.calendar import local_date
from petitions.as_appeal.considered import AppealFacts
from petitions.models import Petition, State


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage, for components/timeline.

    ``state``: done, now, next or stop. ``date``: when it happened, or the last day for it
    (``until``); ``late``: words for a missed deadline, else "".
    """

    label: str
    state: str
    date: date | datetime | None = None
    note: str = ""
    until: bool = False
    article: str = ""
    late: str = ""


def lateness(petition: Petition, now: datetime, considered: AppealFacts | None = None) -> str:
    """In words, that the council has not done in time what it has to do now; else ""."""
    due_on = due(petition, petition.state_at(now), considered)
    return _overdue(due_on, local_date(now)) if due_on else ""


def due(petition: Petition, state: State, considered: AppealFacts | None = None) -> date | None:
    """The last day for what the council has to do next; ``considered``: the appeal that it is."""
    if state == State.NOT_REACHED:
        return considered.due_on if considered and considered.is_open else None
    column = _DUE.get(state)
    return getattr(petition, column) if column else None


_DUE = {
    State.MODERATION: "publish_due_on",
    State.REACHED: "notice_due_on",
    State.REVIEW: "review_due_on",
    State.AGENDA: "review_due_on",
    State.SUPPORTED: "answer_due_on",
    State.NOT_SUPPORTED: "answer_due_on",
}


def stages(petition: Petition, now: datetime, considered: AppealFacts | None = None) -> list[Stage]:
    """All stages of a published petition, done and to come; ``considered``: the appeal that it is.
    Asks no database: the procedure comes with it."""
    state = petition.state_at(now)
    if petition.reached_at is None and state in (State.NOT_REACHED, State.ANSWERED):
        return [_publication_stage(petition), *_not_reached(petition, now, considered)]
    path = _after_reaching if petition.reached_at else _PATHS.get(state, _collecting)
    return [_publication_stage(petition), *path(petition, now, state)]


def _collecting(petition: Petition, now: datetime, state: State) -> Iterator[Stage]:
    procedure = petition.procedure
    yield Stage(
        _("Signatures are collected"),
        "now",
        petition.last_day,
        _("signatures needed: %(number)s") % {"number": _number(procedure.threshold)},
        until=True,
        article=_charter(),
    )
    yield Stage(
        _("Council schedules its review"),
        "next",
        note=_within(procedure.notice_period),
        article=_law(14),
    )
    yield Stage(
        _("Review at a plenary meeting") if procedure.plenary else _("Review"),
        "next",
        note=_within(procedure.review_period),
        article=_law(15),
    )
    yield Stage(_("Answer"), "next", note=_within(procedure.answer_period), article=_law(20))


def _after_reaching(petition: Petition, now: datetime, state: State) -> Iterator[Stage]:
    procedure, today = petition.procedure, local_date(now)
    yield Stage(
        _("Enough signatures"),
        "done",
        petition.reached_at,
        _("signatures needed: %(number)s") % {"number": _number(procedure.threshold)},
        article=_charter(),
    )
    yield _duty(
        _("Review announced") if petition.review_at else _("Council schedules its review"),
        petition.review_at,
        petition.notice_due_on,
        today,
        state == State.REACHED,
        _law(14),
    )
    yield _review(petition, today, state)
    yield _duty(
        _("Answer published") if petition.answered_at else _("Answer"),
        petition.answered_at,
        petition.answer_due_on,
        today,
        petition.decided_at is not None,
        _law(20),
        _within(procedure.answer_period),
    )


def _review(petition: Petition, today: date, state: State) -> Stage:
    procedure = petition.procedure
    label = _("Review at a plenary meeting") if procedure.plenary else _("Review")
    note = _within(procedure.review_period)
    if petition.decided_at:
        label = capfirst(petition.get_decision_display())
    elif petition.session_on:
        note = _("on the agenda of the session of %(day)s") % {"day": _day(petition.session_on)}
    running = state in (State.REVIEW, State.AGENDA)
    return _duty(
        label, petition.decided_at, petition.review_due_on, today, running, _law(15, 18), note
    )


def _not_reached(
    petition: Petition, now: datetime, considered: AppealFacts | None
) -> Iterator[Stage]:
    yield Stage(
        _("Not enough signatures"),
        "stop",
        petition.last_day,
        _("signatures needed: %(number)s") % {"number": _number(petition.procedure.threshold)},
        article=_charter(),
    )
    article = _("Law 393/96-ВР, art. 23-1 part 10, art. 20")
    if considered:
        ended_at = None if considered.is_open else considered.closed_at
        note = _("the answer goes to its author") if considered.is_open else ""
        today = local_date(now)
        yield _duty(
            considered.words, ended_at, considered.due_on, today, ended_at is None, article, note
        )
        if petition.answered_at:
            yield Stage(_("Answer published here"), "done", petition.answered_at)
    elif petition.answered_at:
        yield Stage(_("Answered as an appeal"), "done", petition.answered_at, article=article)
    else:
        yield Stage(_("It is registered as an appeal"), "now", article=article)


def _withdrawal_stages(petition: Petition, now: datetime, state: State) -> Iterator[Stage]:
    yield Stage(_("Withdrawn by its author"), "stop", petition.withdrawn_at)


_PATHS: dict[State, Callable[[Petition, datetime, State], Iterator[Stage]]] = {
    State.WITHDRAWN: _withdrawal_stages,
}


def _publication_stage(petition: Petition) -> Stage:
    late = petition.published_at and _done_late(petition.published_at, petition.publish_due_on)
    return Stage(
        _("Checked and published"),
        "done",
        petition.published_at,
        article=_law(6, 8),
        late=late or "",
    )


def _duty(
    label: str,
    done_at: datetime | None,
    due_on: date | None,
    today: date,
    is_now: bool,
    article: str,
    note: str = "",
) -> Stage:
    """Stage for a duty of the council by a day: done, running (perhaps late), or still to come."""
    if done_at is not None:
        late = _done_late(done_at, due_on)
        return Stage(label, "done", done_at, article=article, late=late)
    late = _overdue(due_on, today) if is_now and due_on else ""
    state = "now" if is_now else "next"
    return Stage(label, state, due_on, note, until=True, article=article, late=late)


def _done_late(done_at: datetime, due_on: date | None) -> str:
    if due_on is None or local_date(done_at) <= due_on:
        return ""
    return _("later than the law says: it was due on %(day)s") % {"day": _day(due_on)}


def _overdue(due_on: date, today: date) -> str:
    days = (today - due_on).days
    if days <= 0:
        return ""
    late = ngettext(
        "the council is late by %(days)d day", "the council is late by %(days)d days", days
    )
    return late % {"days": days}


def _within(period: Any) -> str:
    return _("term: %(period)s") % {"period": period}


def _charter() -> str:
    return _("Charter of the community; law 393/96-ВР, art. 23-1 part 12")


def _law(*parts: int) -> str:
    return ngettext(
        "Law 393/96-ВР, art. 23-1 part %(parts)s",
        "Law 393/96-ВР, art. 23-1 parts %(parts)s",
        len(parts),
    ) % {"parts": ", ".join(map(str, parts))}


def _day(day: date) -> str:
    return date_format(day, "j\xa0E Y")


def _number(figure: int) -> str:
    return f"{figure:,}".replace(",", "\u00a0")
