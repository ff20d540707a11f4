"""What the council does with it: its review, the decision, the answer and what follows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import ALLOWED, Verdict, refuse
from petitions.models import State
from petitions.rules.roles import NOT_ONES_OWN, keep_record, review, speak_for

if TYPE_CHECKING:
    from accounts.models import Anybody
    from petitions.models import Petition

UNDER_REVIEW = frozenset({State.REVIEW, State.AGENDA})
DECIDED = frozenset({State.SUPPORTED, State.NOT_SUPPORTED})
NOT_UNDER_REVIEW = refuse("petition.not_under_review", _("It is not under review now."))


def _impartial(verdict: Verdict, user: Anybody, petition: Petition) -> Verdict:
    """Nobody reviews, decides or answers for the council what she asked of it herself."""
    return NOT_ONES_OWN if verdict and petition.author_id == user.pk else verdict


def start_review(user: Anybody, petition: Petition, *, now: datetime) -> Verdict:
    """Announce that its review begins, within three working days of its having enough."""
    verdict = _impartial(review(user, petition), user, petition)
    if not verdict:
        return verdict
    if petition.state_at(now) != State.REACHED:
        return refuse(
            "petition.not_reached",
            _("A review begins when there are enough signatures, and only once."),
        )
    return ALLOWED


def put_on_agenda(
    user: Anybody, petition: Petition, *, now: datetime, session_on: date, today: date
) -> Verdict:
    """Say at which session the council considers it, or that the day is another now."""
    verdict = keep_record(user, petition)
    if not verdict:
        return verdict
    if petition.state_at(now) not in UNDER_REVIEW:
        return NOT_UNDER_REVIEW
    if session_on < today:
        return refuse("petition.session_in_the_past", _("That day has passed already."))
    return ALLOWED


def decide(user: Anybody, petition: Petition, *, now: datetime, today: date) -> Verdict:
    """Announce whether it is supported: after the session, where its rules ask for one."""
    verdict = _impartial(keep_record(user, petition), user, petition)
    if not verdict:
        return verdict
    if petition.state_at(now) not in UNDER_REVIEW:
        return NOT_UNDER_REVIEW
    if not petition.procedure.plenary:
        return ALLOWED
    if petition.session_on is None:
        return refuse(
            "petition.no_session",
            _("The council considers it at a session: put it on an agenda first."),
        )
    if petition.session_on > today:
        return refuse("petition.session_ahead", _("The session has not taken place yet."))
    return ALLOWED


def answer(user: Anybody, petition: Petition, *, now: datetime, texts: Collection[str]) -> Verdict:
    """Publish the reasoned answer: to what was decided, and to what is considered as an appeal.

    ``texts``: what must not be empty – what was asked, what was decided, who answers.
    """
    verdict = _impartial(speak_for(user, petition), user, petition)
    if not verdict:
        return verdict
    state = petition.state_at(now)
    if state == State.ANSWERED:
        return refuse("petition.answered_already", _("It has been answered already."))
    if state not in DECIDED and state != State.NOT_REACHED:
        return refuse("petition.not_decided", _("First it is announced whether it is supported."))
    if not all(text.strip() for text in texts):
        return refuse(
            "petition.answer_empty", _("Say what was asked, what was decided, and who answers.")
        )
    return ALLOWED


def promise(user: Anybody, petition: Petition, *, now: datetime, text: str) -> Verdict:
    """Say what will be done of what was decided, once it is answered."""
    verdict = keep_record(user, petition)
    if not verdict:
        return verdict
    if petition.state_at(now) != State.ANSWERED:
        return refuse("petition.not_answered", _("Steps are told with the answer or after it."))
    if not text.strip():
        return refuse("petition.step_empty", _("Say what is to be done."))
    return ALLOWED


def note_step(
    user: Anybody, petition: Petition, *, done_on: date | None, note: str, today: date
) -> Verdict:
    """Say what became of a promised step: that it is done, or why it is not yet."""
    verdict = keep_record(user, petition)
    if not verdict:
        return verdict
    if done_on is not None and done_on > today:
        return refuse("petition.done_in_the_future", _("That day is still to come."))
    if done_on is None and not note.strip():
        return refuse("petition.step_note_empty", _("Say what became of it."))
    return ALLOWED
