"""Queries of decisions: a fixed number at any size."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consultations.decisions.models import Decision, DecisionChange, ExecutionStep, StepNote
from consultations.decisions.presenters import ShownChange, ShownClause, ShownDecision, ShownStep
from consultations.decisions.sittings import voted_on
from consultations.dispositions.conditions import answer, is_answered, is_taken
from consultations.models import Consultation, Remark
from core.domain.calendar import local_date
from drafts.models import Version
from drafts.versions import difference
from drafts.versions.difference import Status
from drafts.versions.published import text_of

#: So many changed clauses stand on a decision's page, and so many remarks at each.
MOST_CLAUSES, MOST_REMARKS = 60, 12


def is_decidable(consultation: Consultation) -> bool:
    """Whether there may be a decision: after the report, or where one was entered before it."""
    return consultation.reported_at is not None or consultation.is_decided_early


def decision_of(consultation: Consultation, now: datetime) -> ShownDecision | None:
    """Its decision with the steps: two queries; none before the report, unless it was decided on a
    ground of the law."""
    if not is_decidable(consultation):
        return None
    decision = Decision.objects.filter(consultation=consultation.pk).select_related("text").first()
    if decision is None:
        return None
    steps = ExecutionStep.objects.filter(decision=decision)
    today = local_date(now)
    return ShownDecision(decision, tuple(ShownStep(step, (), today) for step in steps))


def whole_decision_of(consultation: Consultation, now: datetime) -> ShownDecision | None:
    """The same with its changes and what was told of its steps: four queries."""
    shown = decision_of(consultation, now)
    if shown is None:
        return None
    notes: dict[int, list[StepNote]] = defaultdict(list)
    for note in StepNote.objects.filter(step__decision=shown.decision):
        notes[note.step_id].append(note)
    steps = tuple(
        ShownStep(each.step, tuple(notes[each.step.pk]), each.today) for each in shown.steps
    )
    changes = DecisionChange.objects.filter(decision=shown.decision).order_by("-pk")
    return ShownDecision(shown.decision, steps, tuple(map(ShownChange, changes)))


def before(text: Version) -> int | None:
    """The id of the published version before it; a query."""
    earlier = Version.objects.published().filter(draft=text.draft_id, number__lt=text.number)
    return earlier.latest_first().values_list("pk", flat=True).first()


def living_in(version_id: int, consultation: Consultation) -> dict[UUID, list[Remark]]:
    """The visible remarks that live in a published text, by the clause's key: those publicly taken
    into account, wholly or in part, whose resulting clause stands there. One query."""
    keys = set(text_of(version_id).by_key)
    found: dict[UUID, list[Remark]] = defaultdict(list)
    remarks = Remark.objects.public().filter(is_answered(is_taken), consultation=consultation)
    rows = remarks.order_by("number", "pk").values_list("pk", "number", answer("resulting_key"))
    for pk, number, key in rows:
        if key in keys:
            found[key].append(Remark(pk=pk, number=number, consultation=consultation))
    return found


def changed_clauses(
    text_id: int, earlier: int | None, consultation: Consultation
) -> list[ShownClause]:
    """Clauses of the draft that the adopted text changed, and the remarks that live there; a clause
    with remarks is named though it kept its words. One query.
    """
    text = text_of(text_id)
    living = living_in(text_id, consultation)
    old = text_of(earlier).clauses if earlier else text.clauses
    shown = []
    for change in difference.clauses(old, text.clauses):
        remarks = living.get(change.new.key, []) if change.new else []
        if change.status in (Status.UNCHANGED, Status.MOVED) and not remarks:
            continue
        more = max(0, len(remarks) - MOST_REMARKS)
        shown.append(ShownClause(change, tuple(remarks[:MOST_REMARKS]), more))
    return shown


def stages(consultation: Consultation, shown: ShownDecision | None) -> list[dict[str, Any]]:
    """Stages after the report, for components/timeline: the decision, then its execution."""
    if not is_decidable(consultation):
        state = "stop" if consultation.withdrawn_at else "next"
        return [] if state == "stop" else [{"label": _("Decision"), "state": state, "date": None}]
    if shown is None:
        return [{"label": _("Decision"), "state": "now", "date": None}]
    decision = shown.decision
    is_postponed = decision.outcome == Decision.Outcome.POSTPONED
    first = {
        "label": _("Decision: %(outcome)s") % {"outcome": decision.get_outcome_display()},
        "state": "now" if is_postponed else "done",
        "date": decision.decided_on,
        "note": f"№ {decision.number}" if decision.number else "",
    }
    if not shown.steps:
        return [first]
    is_done = shown.done == len(shown.steps)
    return [
        first,
        {
            "label": capfirst(_("execution")),
            "state": "done" if is_done else "now",
            "date": _last_day(shown),
            "until": not is_done,
            "note": _("%(done)d of %(number)d steps done")
            % {"done": shown.done, "number": len(shown.steps)},
            "late": _("a step is overdue") if shown.late else "",
        },
    ]


def _last_day(shown: ShownDecision) -> date | None:
    """When the last step was done, or is due."""
    days = [each.step.done_on or each.step.due_on for each in shown.steps]
    return max((day for day in days if day), default=None)


def decision_context(consultation: Consultation, now: datetime) -> dict[str, Any]:
    """The decision's own page: at most seven queries."""
    shown = whole_decision_of(consultation, now)
    sitting = None
    if is_decidable(consultation):
        sitting = voted_on(consultation.pk, shown.decision if shown else None)
    text = shown.decision.text if shown else None
    earlier = before(text) if text else None
    clauses = changed_clauses(text.pk, earlier, consultation) if text else []
    return {
        "decided": shown,
        "sitting": sitting,
        "clauses": clauses[:MOST_CLAUSES],
        "more_clauses": max(0, len(clauses) - MOST_CLAUSES),
        "before": text_of(earlier).number if earlier else None,
    }
