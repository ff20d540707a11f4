"""Guests of the hall: entering, supporting questions, answering surveys, signals."""

from __future__ import annotations

from hashlib import sha256
from secrets import token_urlsafe

from core.domain import clock
from core.domain.actions import action, shared
from core.domain.events import emit
from core.domain.rules import require
from meetings import events
from meetings.guests import rules
from meetings.guests.queries import signals_of
from meetings.models import (
    Guest,
    GuestAnswer,
    GuestSignal,
    GuestSupport,
    Meeting,
    Question,
    QuickPoll,
)
from votes.ballots import answers
from votes.ballots.actions import questions_of
from votes.models import Poll, State
from votes.models import Question as Asked

#: Of the figures of a signal that raise an event: so a hall of hundreds makes a dozen of frames.
_TOLD = frozenset({0, 1, 2, 3, 5, 10, 20, 50, 100, 200, 500})
#: Kinds of question that are answered by one press.
ONE_PRESS = frozenset({Asked.Kind.SINGLE, Asked.Kind.YES_NO})


def digest_of(key: str) -> str:
    """The stored digest of a guest's key."""
    return sha256(key.encode()).hexdigest()


def enter(meeting: Meeting, *, has_scanned: bool) -> str:
    """Become a guest of a meeting that goes on; the key that the device keeps. Refuses by
    rules.enter. Emits nothing: nobody is told."""
    with action():
        meeting, now = shared(meeting)
        require(rules.enter(meeting, has_scanned=has_scanned))
        key = token_urlsafe(24)
        Guest.objects.create(meeting=meeting, digest=digest_of(key), at=now)
        return key


def leave(guest: Guest) -> None:
    """Be one no more; what was said stays as figures."""
    with action():
        Guest.objects.filter(pk=guest.pk).delete()


def support(question: Question, *, guest: Guest | None, wanted: bool) -> None:
    """Want it answered too, or no more. Twice is once. Refuses by rules.support. Emits
    GuestSupported."""
    with action():
        meeting, _now = shared(question.meeting)  # its close makes nobody's of what guests said
        question, _now = shared(question)
        require(rules.support(guest, meeting, question))
        if wanted:
            _made, is_other = GuestSupport.objects.get_or_create(question=question, guest=guest)
        else:
            is_other = bool(GuestSupport.objects.filter(question=question, guest=guest).delete()[0])
        if is_other:
            emit(events.GuestSupported(question.meeting_id, None, question.pk))


def answer(quick: QuickPoll, *, guest: Guest | None, choice: str) -> None:
    """Answer a survey that is open, or change one's answer. Refuses by rules.answer. It raises no
    counter: the sample of the second finds that its figures have moved."""
    with action():
        meeting, _now = shared(quick.meeting)
        # As a vote does: who answers at the moment of the close comes before it or after it.
        poll, now = shared(quick.poll)
        is_open = poll.state_at(now) == State.OPEN
        is_offered = choice in _choices_of(poll)
        require(rules.answer(guest, meeting, is_open=is_open, is_offered=is_offered))
        GuestAnswer.objects.bulk_create(
            [GuestAnswer(quick=quick, guest=guest, choice=choice)],
            update_conflicts=True,
            unique_fields=["quick", "guest"],
            update_fields=["choice"],
        )


def signal(meeting: Meeting, *, guest: Guest | None, kind: str, wanted: bool) -> dict[str, int]:
    """Ask that people speak slower or louder, or no more; the figures of all guests. Refuses by
    rules.take_part. Emits GuestsSignalled at some of the figures."""
    with action():
        meeting, now = shared(meeting)
        require(rules.take_part(guest, meeting))
        own = GuestSignal.objects.filter(meeting=meeting, guest=guest, kind=kind)
        if wanted:
            _made, is_new = GuestSignal.objects.update_or_create(
                guest=guest, kind=kind, defaults={"at": now, "meeting": meeting}
            )
        else:
            is_new = bool(own.delete()[0])
        figures = signals_of(meeting, clock.now())
        if is_new and figures.get(kind, 0) in _TOLD:
            emit(events.GuestsSignalled(meeting.pk, None))
        return figures


def forget_guests(meeting_id: int) -> None:
    """Delete the authors of guests' contributions to a meeting that is over."""
    Guest.objects.filter(meeting=meeting_id).delete()


def _choices_of(poll: Poll) -> set[str]:
    """Choices by one press; empty where the survey is answered otherwise."""
    (asked,) = questions_of(poll)
    if asked.kind not in ONE_PRESS:
        return set()
    if asked.kind == Asked.Kind.YES_NO:
        return {answers.YES, answers.NO, answers.ABSTAIN}
    return set(map(str, asked.options))
