"""Actions of the council on a petition: review, agenda, decision, answer and its poll, steps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import cast

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from appeals.publishing.rules import names_no_contact
from city.calendar import work_calendar
from city.models import Department
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.calendar import local_date
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import reject, require
from petitions import terms
from petitions.answer import rules
from petitions.as_appeal.considered import load_considered
from petitions.events import (
    AnswerPollAttached,
    AnswerPollDetached,
    PetitionAnswered,
    PetitionChanged,
    PetitionDecided,
    PutOnAgenda,
    ReviewStarted,
)
from petitions.models import Answer, Petition, Step
from votes.models import Poll


def start_review(petition: Petition, *, by: User, department: Department) -> Petition:
    """Announce that the review begins: nobody signs from now on, and its term runs.

    ``department`` reviews and answers it. Refuses by rules.start_review. Emits ReviewStarted
    (law 393/96-ВР art. 23-1).
    """
    with action():
        petition = locked(petition)
        now = clock.now()
        require(rules.start_review(by, petition, now=now))
        petition.review_at, petition.department = now, department
        terms.REVIEW.set(petition, work_calendar())
        petition.save(update_fields=["review_at", "review_due_on", "department"])
        emit(ReviewStarted(petition.pk, by.pk))
        return petition


def put_on_agenda(petition: Petition, *, by: User, session_on: date) -> Petition:
    """Say at which session it is considered; again: the day is another now.

    Refuses by rules.put_on_agenda. Emits PutOnAgenda.
    """
    with action():
        petition = locked(petition)
        now = clock.now()
        require(
            rules.put_on_agenda(by, petition, now=now, session_on=session_on, today=local_date(now))
        )
        petition.session_on = session_on
        petition.save(update_fields=["session_on"])
        emit(PutOnAgenda(petition.pk, by.pk))
        return petition


def decide(petition: Petition, *, by: User, decision: str) -> Petition:
    """Announce whether it is supported: a value of Petition.Decision; the answer is due next.

    Refuses by rules.decide. Emits PetitionDecided.
    """
    with action():
        petition = locked(petition)
        now = clock.now()
        require(rules.decide(by, petition, now=now, today=local_date(now)))
        petition.decided_at, petition.decision = now, Petition.Decision(decision)
        terms.ANSWER.set(petition, work_calendar())
        petition.save(update_fields=["decided_at", "decision", "answer_due_on"])
        emit(PetitionDecided(petition.pk, by.pk))
        return petition


def answer(
    petition: Petition,
    *,
    by: User,
    asked: str,
    decided: str,
    signed_as: str,
    steps: Iterable[tuple[str, date | None]] = (),
) -> Answer:
    """Publish the reasoned answer, signed by an office («міський голова»), with what will be done.

    What is considered as an appeal has its answer given to its author before: published are words
    for everybody. ``steps``: what and by when, in their order. Refuses by rules.answer, and what
    names a contact of that author by publishing.rules.names_no_contact. Emits PetitionAnswered.
    """
    with action():
        petition = locked(petition)
        now = clock.now()
        require(
            rules.answer(
                by,
                petition,
                now=now,
                texts=(asked, decided, signed_as),
                considered=load_considered(petition, now),
            )
        )
        if petition.appeal and petition.reached_at is None:
            require(names_no_contact(petition.appeal, {"asked": asked, "decided": decided}))
        made = Answer.objects.create(
            petition=petition,
            asked=asked.strip(),
            decided=decided.strip(),
            signed_as=signed_as.strip(),
            by=by,
            at=now,
        )
        Step.objects.bulk_create(
            Step(petition=petition, text=text.strip(), due_on=due_on, by=by, at=now)
            for text, due_on in steps
            if text.strip()
        )
        petition.answered_at = now
        petition.save(update_fields=["answered_at"])
        created(made)
        emit(PetitionAnswered(petition.pk, by.pk))
        return made


def promise(petition: Petition, *, by: User, text: str, due_on: date | None = None) -> Step:
    """Add a step to what was promised. Refuses by rules.promise. Emits PetitionChanged."""
    with action():
        petition = locked(petition)
        now = clock.now()
        require(rules.promise(by, petition, now=now, text=text))
        step = Step.objects.create(
            petition=petition, text=text.strip(), due_on=due_on, by=by, at=now
        )
        created(step)
        emit(PetitionChanged(petition.pk, by.pk))
        return step


def note_step(step: Step, *, by: User, done_on: date | None = None, note: str = "") -> Step:
    """Say what became of a step. Refuses by rules.note_step. Emits PetitionChanged."""
    with action():
        petition = locked(step.petition)
        step = locked(step)
        today = local_date(clock.now())
        require(rules.note_step(by, petition, done_on=done_on, note=note, today=today))
        step.done_on, step.note = done_on, note.strip()
        step.save(update_fields=["done_on", "note"])
        emit(PetitionChanged(petition.pk, by.pk))
        return step


def attach_poll(petition: Petition, poll: Poll, *, by: User) -> Answer:
    """Put a poll with the answer, which holds the key: the poll knows nothing of it.

    Refuses by rules.attach_poll, and with ``poll.attached_elsewhere``. Emits AnswerPollAttached.
    Raises Answer.DoesNotExist before there is an answer.
    """
    try:
        with action():
            petition = locked(petition)
            answer, poll = Answer.objects.get(petition=petition), Poll.objects.get(pk=poll.pk)
            require(rules.attach_poll(by, petition, answer, poll, now=clock.now()))
            answer.poll = poll
            answer.save(update_fields=["poll"])
            emit(AnswerPollAttached(petition.pk, by.pk, poll.pk))
            return answer
    except IntegrityError:
        reject("poll.attached_elsewhere", _("This poll stands with another answer."))


def detach_poll(petition: Petition, *, by: User) -> Answer:
    """Take the poll off the answer. Refuses by rules.detach_poll. Emits AnswerPollDetached."""
    with action():
        petition = locked(petition)
        answer = Answer.objects.get(petition=petition)
        require(rules.detach_poll(by, petition, answer))
        poll_id = cast(int, answer.poll_id)  # the rule let it go, so there is one
        answer.poll = None
        answer.save(update_fields=["poll"])
        emit(AnswerPollDetached(petition.pk, by.pk, poll_id))
        return answer
