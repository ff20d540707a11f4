"""Next step and terms of a petition for the desk: by which day, by which words of the law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.domain.calendar import local_date
from core.domain.due import Urgency, urgency
from petitions.as_appeal.considered import AppealFacts, considered_as
from petitions.models import Petition, State
from petitions.timeline import due

_LAW = "393/96-ВР"


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next step with a petition; ``due_on`` is its last day."""

    words: str
    due_on: date | None
    urgency: Urgency
    #: Whether the council has to do it; otherwise somebody else's time runs.
    is_duty: bool


_NEXT: dict[State, Promise] = {
    State.MODERATION: gettext_lazy("Publish or refuse"),
    State.REACHED: gettext_lazy("Announce the review"),
    State.REVIEW: gettext_lazy("Review and decide"),
    State.AGENDA: gettext_lazy("Publish the decision of the session"),
    State.SUPPORTED: gettext_lazy("Publish the answer"),
    State.NOT_SUPPORTED: gettext_lazy("Publish the answer"),
}


def next_step(petition: Petition, now: datetime, promised_on: date | None = None) -> NextStep:
    """The next step, its day, and its urgency. Asks no database.

    ``promised_on``: the first day named for a step that is not done, where one was promised.
    """
    state = petition.state_at(now)
    if state in _NEXT:
        due_on = due(petition, state)
        return NextStep(str(_NEXT[state]), due_on, urgency(due_on, local_date(now)), is_duty=True)
    if state == State.NOT_REACHED:
        return _step_as_appeal(considered_as(petition, now))
    if state == State.COLLECTING:
        return NextStep(_("Signatures are collected"), petition.last_day, Urgency(), is_duty=False)
    if promised_on:
        promised_on = None if promised_on == date.max else promised_on
        words = _("Tell what became of what was promised")
        return NextStep(words, promised_on, urgency(promised_on, local_date(now)), is_duty=False)
    return NextStep(_("Nothing more to do"), None, Urgency(), is_duty=False)


def _step_as_appeal(considered: AppealFacts | None) -> NextStep:
    """Whose term runs on the desk of appeals, and counts there alone."""
    if considered is None:
        return NextStep(_("It is registered as an appeal"), None, Urgency(), is_duty=False)
    due_on = considered.due_on if considered.is_open else None
    return NextStep(considered.words, due_on, Urgency(), is_duty=False)


@dataclass(frozen=True, slots=True)
class LegalTerm:
    """One term of the law in the life of a petition."""

    label: str
    article: str
    due_on: date
    #: The day on which it was done; None: not yet.
    done_on: date | None
    urgency: Urgency

    @property
    def was_late(self) -> bool:
        return self.done_on is not None and self.done_on > self.due_on


def legal_terms_of(petition: Petition, now: datetime) -> list[LegalTerm]:
    """The terms that have begun to run for the petition, in their order. Asks no database."""
    return list(_legal_terms(petition, now))


def _legal_terms(petition: Petition, now: datetime) -> Iterator[LegalTerm]:
    today = local_date(now)
    checked_at = petition.published_at or petition.refused_at
    answer = (_("Publish the answer, and send it to the author"), _law(20))
    considered = considered_as(petition, now)
    if petition.published_at and petition.reached_at is None:
        answer = (_("Answer it as an appeal"), _appeal())
    rows = (
        (_("Publish it, or refuse and tell the author"), _law(6), "publish", checked_at),
        (_("Publish the notice that the review begins"), _law(14), "notice", petition.review_at),
        (_("Review it, and announce the decision"), _law(15), "review", petition.decided_at),
        (*answer, "answer", petition.answered_at),
    )
    for label, article, name, done_at in rows:
        due_on = getattr(petition, f"{name}_due_on")
        if due_on is None:
            continue
        done_on = local_date(done_at) if done_at else None
        runs = done_on is None and petition.withdrawn_at is None
        yield LegalTerm(
            label, article, due_on, done_on, urgency(due_on, today) if runs else Urgency()
        )
    if considered:
        closed_at = considered.closed_at
        done_on = local_date(closed_at) if closed_at else None
        yield LegalTerm(considered.words, _appeal(), considered.due_on, done_on, Urgency())


def _law(part: int) -> str:
    return _("Law %(number)s, art. 23-1, part %(part)d") % {"number": _LAW, "part": part}


def _appeal() -> str:
    return _("Law %(number)s, art. 23-1, part 10; art. 20") % {"number": _LAW}
