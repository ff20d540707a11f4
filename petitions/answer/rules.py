"""Rules of the council's review, decision, answer with its poll, and steps."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless
from petitions.models import State
from petitions.rules import NOT_ONES_OWN, keep_record, review, speak_for
from votes import rules as poll_rules

if TYPE_CHECKING:
    from accounts.models import Anybody
    from petitions.as_appeal.considered import AppealFacts
    from petitions.models import Answer, Petition
    from votes.models import Poll


UNDER_REVIEW = frozenset({State.REVIEW, State.AGENDA})
DECIDED = frozenset({State.SUPPORTED, State.NOT_SUPPORTED})


def _is_impartial(user: Anybody, petition: Petition) -> Verdict:
    """Nobody reviews, decides or answers for the council what they asked of it themselves."""
    return NOT_ONES_OWN if petition.author_id == user.pk else ALLOWED


def start_review(user: Anybody, petition: Petition, *, now: datetime) -> Verdict:
    """Announce that its review begins, within three working days of its having enough."""
    return (
        review(user, petition)
        and _is_impartial(user, petition)
        and refuse_unless(
            petition.state_at(now) == State.REACHED,
            "petition.not_reached",
            _("A review begins when there are enough signatures, and only once."),
        )
    )


def put_on_agenda(
    user: Anybody, petition: Petition, *, now: datetime, session_on: date, today: date
) -> Verdict:
    """Say at which session the council considers it, or that the day is another now."""
    return (
        keep_record(user, petition)
        and _is_under_review(petition, now)
        and refuse_unless(
            session_on >= today,
            "petition.session_in_the_past",
            _("That day has passed already."),
        )
    )


def _is_under_review(petition: Petition, now: datetime) -> Verdict:
    return refuse_unless(
        petition.state_at(now) in UNDER_REVIEW,
        "petition.not_under_review",
        _("It is not under review now."),
    )


def decide(user: Anybody, petition: Petition, *, now: datetime, today: date) -> Verdict:
    """Announce whether it is supported: after the session, where its rules ask for one."""
    return (
        keep_record(user, petition)
        and _is_impartial(user, petition)
        and _is_under_review(petition, now)
        and _has_had_its_session(petition, today)
    )


def _has_had_its_session(petition: Petition, today: date) -> Verdict:
    if not petition.procedure.plenary:
        return ALLOWED
    if petition.session_on is None:
        return refuse(
            "petition.no_session",
            _("The council considers it at a session: put it on an agenda first."),
        )
    return refuse_unless(
        petition.session_on <= today,
        "petition.session_ahead",
        _("The session has not taken place yet."),
    )


def answer(
    user: Anybody,
    petition: Petition,
    *,
    now: datetime,
    texts: Collection[str],
    considered: AppealFacts | None = None,
) -> Verdict:
    """Publish the reasoned answer: to what was decided, and to what was answered as an appeal.

    ``texts``: what must not be empty – what was asked, what was decided, who answers.
    ``considered``: the appeal that it is.
    """
    state = petition.state_at(now)
    return (
        speak_for(user, petition)
        and _is_impartial(user, petition)
        and refuse_unless(
            state != State.ANSWERED,
            "petition.answered_already",
            _("It has been answered already."),
        )
        and refuse_unless(
            state in DECIDED or state == State.NOT_REACHED,
            "petition.not_decided",
            _("First it is announced whether it is supported."),
        )
        and refuse_unless(
            state != State.NOT_REACHED or (considered and considered.is_answered),
            "petition.appeal_first",
            _(
                "It is considered as an appeal: its author gets the answer first. Then it can be "
                "published here."
            ),
        )
        and refuse_unless(
            all(text.strip() for text in texts),
            "petition.answer_empty",
            _("Say what was asked, what was decided, and who answers."),
        )
    )


def promise(user: Anybody, petition: Petition, *, now: datetime, text: str) -> Verdict:
    """Say what will be done of what was decided, once it is answered."""
    return (
        keep_record(user, petition)
        and refuse_unless(
            petition.state_at(now) == State.ANSWERED,
            "petition.not_answered",
            _("Steps are told with the answer or after it."),
        )
        and refuse_unless(text.strip(), "petition.step_empty", _("Say what is to be done."))
    )


def note_step(
    user: Anybody, petition: Petition, *, done_on: date | None, note: str, today: date
) -> Verdict:
    """Say what became of a promised step: that it is done, or why it is not yet."""
    return (
        keep_record(user, petition)
        and refuse_unless(
            done_on is None or done_on <= today,
            "petition.done_in_the_future",
            _("That day is still to come."),
        )
        and refuse_unless(
            done_on or note.strip(), "petition.step_note_empty", _("Say what became of it.")
        )
    )


def attach_poll(
    user: Anybody, petition: Petition, answer: Answer, poll: Poll, *, now: datetime
) -> Verdict:
    """Put a poll with the answer: one, announced, of the department that answers."""
    return (
        keep_record(user, petition)
        and refuse_unless(
            answer.poll_id is None,
            "petition.has_poll",
            _("It has a poll already: take that one off first."),
        )
        and poll_rules.attach(poll, petition.department_id, now=now)
    )


def detach_poll(user: Anybody, petition: Petition, answer: Answer) -> Verdict:
    """Take the poll off the answer."""
    return keep_record(user, petition) and refuse_unless(
        answer.poll_id is not None, "petition.has_no_poll", _("It has no poll.")
    )
