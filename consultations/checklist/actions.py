"""Actions on the checklist: answering about the procedure, public discussions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from accounts.models import User
from city.calendar import work_calendar
from consultations.checklist import rules
from consultations.checklist.events import (
    DiscussionCancelled,
    DiscussionPlanned,
    ProcedureAnswered,
)
from consultations.checklist.models import ProcedureAnswers, PublicDiscussion
from consultations.checklist.queries import answers_of
from consultations.models import Consultation
from consultations.rules import change_papers
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.calendar import local_date
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require


def answer(consultation: Consultation, *, by: User, fields: Mapping[str, Any]) -> ProcedureAnswers:
    """Store what an officer answers; ``fields``: columns of ProcedureAnswers.

    Refuses by rules.change_papers and checklist.rules.answer. Emits ProcedureAnswered.
    """
    with action():
        consultation = locked(consultation)
        require(change_papers(by, consultation, now=clock.now()))
        former, answers = answers_of(consultation), answers_of(consultation)
        for name, value in fields.items():
            setattr(answers, name, value)
        today = local_date(clock.now())
        require(rules.answer(consultation, answers, former=former, today=today))
        answers.save()
        emit(ProcedureAnswered(consultation.pk, by.pk))
        return answers


def plan_discussion(
    consultation: Consultation, *, by: User, form: str, held_at: datetime, place: str
) -> PublicDiscussion:
    """Publish when and where a public discussion is held.

    Refuses by rules.change_papers and checklist.rules.plan_discussion. Emits DiscussionPlanned.
    """
    with action():
        consultation = locked(consultation)
        now = clock.now()
        require(change_papers(by, consultation, now=now))
        require(
            rules.plan_discussion(consultation, held_at=held_at, now=now, calendar=work_calendar())
        )
        made = PublicDiscussion.objects.create(
            consultation=consultation, form=form, held_at=held_at, place=place.strip()
        )
        created(made)
        emit(DiscussionPlanned(consultation.pk, by.pk, made.pk))
        return made


def cancel_discussion(discussion: PublicDiscussion, *, by: User, reason: str) -> PublicDiscussion:
    """Cancel one that is still to come; it stays to be read with its reason.

    Refuses by rules.change_papers and checklist.rules.cancel_discussion. Emits DiscussionCancelled.
    """
    with action():
        consultation = locked(discussion.consultation)
        discussion, now = locked(discussion), clock.now()
        require(change_papers(by, consultation, now=now))
        require(
            rules.cancel_discussion(
                reason=reason,
                is_cancelled=bool(discussion.cancelled_reason),
                is_over=discussion.held_at <= now,
            )
        )
        discussion.cancelled_reason = reason.strip()
        discussion.save(update_fields=["cancelled_reason"])
        emit(DiscussionCancelled(consultation.pk, by.pk, discussion.pk))
        return discussion
