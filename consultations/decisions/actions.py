"""Actions on decisions: entering, correcting, steps and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from accounts.models import User
from city.calendar import work_calendar
from consultations.checklist.items import Stage
from consultations.checklist.queries import verdict_at
from consultations.decisions import rules
from consultations.decisions.events import DecisionChanged, DecisionEntered, StepAdded, StepNoted
from consultations.decisions.models import (
    VOTES,
    Decision,
    DecisionChange,
    ExecutionStep,
    StepNote,
)
from consultations.models import Consultation
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.calendar import local_date
from core.domain.events import emit
from core.domain.rules import require
from core.web.idempotency import created
from drafts.models import Version

#: What may be entered and corrected, in the order of the page.
COLUMNS = (
    *("outcome", "decided_on", "early_ground", "number", "signed_on", "url", "reason", "text"),
    *("in_force_from", "in_force_until", "ended_by", "ended_by_url"),
    *(*VOTES, "roll_call_url"),
)


def enter(consultation: Consultation, *, by: User, fields: Mapping[str, Any]) -> Decision:
    """Enter what the council decided; ``fields``: values of COLUMNS. Before the report the
    consultation is marked, so that everybody reads it at once.

    Refuses by rules.enter. Emits DecisionEntered.
    """
    with action():
        consultation = locked(consultation)
        today = local_date(clock.now())
        decision = Decision(consultation=consultation, by=by, **_clean_fields(fields))
        is_entered = Decision.objects.filter(consultation=consultation).exists()
        require(
            rules.enter(
                by,
                consultation,
                decision,
                today=today,
                calendar=work_calendar(),
                is_entered=is_entered,
                checklist=verdict_at(Stage.DECIDE, consultation, decision=decision),
            )
        )
        if consultation.reported_at is None:
            consultation.is_decided_early = True
            consultation.save(update_fields=["is_decided_early"])
        decision.save()
        created(decision)
        emit(DecisionEntered(consultation.pk, by.pk, decision.pk))
        return decision


def change(
    decision: Decision, *, by: User, fields: Mapping[str, Any], reason: str = ""
) -> DecisionChange:
    """Correct it with a reason, or decide what was postponed; what it said stays to be read.

    Refuses by rules.change. Emits DecisionChanged.
    """
    with action():
        consultation = locked(decision.consultation)
        former = locked(decision)
        fresh = Decision.objects.select_related("text").get(pk=decision.pk)
        for name, value in _clean_fields(fields).items():
            setattr(fresh, name, value)
        changed = {
            name: _to_stored_value(former, name)
            for name in COLUMNS
            if _to_stored_value(former, name) != _to_stored_value(fresh, name)
        }
        require(
            rules.change(
                by,
                consultation,
                fresh,
                former=former,
                today=local_date(clock.now()),
                calendar=work_calendar(),
                has_changed=bool(changed),
                reason=reason,
                checklist=verdict_at(Stage.DECIDE, consultation, decision=fresh),
            )
        )
        fresh.save(update_fields=list(changed))
        made = DecisionChange.objects.create(
            decision=fresh,
            by=by,
            reason=reason.strip(),
            former_outcome=former.outcome,
            former=changed,
        )
        emit(DecisionChanged(consultation.pk, by.pk, made.pk))
        return made


def add_step(
    decision: Decision, *, by: User, text: str, responsible: str, due_on: date | None = None
) -> ExecutionStep:
    """Add what is to be done. Refuses by rules.add_step. Emits StepAdded."""
    with action():
        consultation = locked(decision.consultation)
        require(rules.add_step(by, consultation, text=text, responsible=responsible))
        step = ExecutionStep.objects.create(
            decision=decision,
            text=text.strip(),
            responsible=responsible.strip(),
            due_on=due_on,
            by=by,
        )
        created(step)
        emit(StepAdded(consultation.pk, by.pk, step.pk))
        return step


def note_step(
    step: ExecutionStep,
    *,
    by: User,
    text: str = "",
    due_on: date | None = None,
    done_on: date | None = None,
) -> StepNote:
    """Say what became of a step; ``due_on`` is its last day from now on.

    Refuses by rules.note_step. Emits StepNoted.
    """
    with action():
        consultation = locked(step.decision.consultation)
        step = locked(step)
        is_moved = due_on != step.due_on
        require(
            rules.note_step(
                by,
                consultation,
                done_on=done_on,
                text=text,
                is_moved=is_moved,
                today=local_date(clock.now()),
            )
        )
        note = StepNote.objects.create(
            step=step,
            text=text.strip(),
            former_due_on=step.due_on if is_moved else None,
            done_on=done_on,
            by=by,
        )
        step.due_on, step.done_on = due_on, done_on
        step.save(update_fields=["due_on", "done_on"])
        created(note)
        emit(StepNoted(consultation.pk, by.pk, step.pk, note.pk))
        return note


def _clean_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := set(fields) - set(COLUMNS):
        raise ValueError(f"not of a decision: {sorted(unknown)}")
    values = {
        name: value.strip() if isinstance(value, str) else value for name, value in fields.items()
    }
    if isinstance(text := values.get("text"), Version):
        values["text"] = Version.objects.get(pk=text.pk)  # as it is stored now
    return values


def _to_stored_value(decision: Decision, name: str) -> Any:
    """A column's value as ``DecisionChange.former`` holds it."""
    value = getattr(decision, name)
    if isinstance(value, Version):
        return value.number
    return value.isoformat() if isinstance(value, date) else value
