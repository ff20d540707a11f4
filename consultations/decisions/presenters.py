"""Presenters of decisions: what pages show of one, of its steps, and of the clauses it changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst

from consultations.decisions.actions import COLUMNS
from consultations.decisions.models import Decision, DecisionChange, ExecutionStep, StepNote
from consultations.models import Remark
from core.domain.due import NOT_URGENT, Urgency, urgency
from drafts.versions.difference import Change

#: The kind of status tag of each outcome (components/status_tag).
OUTCOME_KINDS = {
    Decision.Outcome.ADOPTED.value: "done",
    Decision.Outcome.REJECTED.value: "stop",
    Decision.Outcome.POSTPONED.value: "soon",
}
#: A step this near to its day is marked.
SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step of execution as of ``today``."""

    step: ExecutionStep
    notes: tuple[StepNote, ...]
    today: date

    @property
    def is_late(self) -> bool:
        return self.urgency.kind == "late"

    @property
    def urgency(self) -> Urgency:
        if self.step.done_on is not None:
            return NOT_URGENT
        return urgency(self.step.due_on, self.today, soon_days=SOON_DAYS)


@dataclass(frozen=True, slots=True)
class FormerValue:
    """A column of a decision as it was before a change."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change of a decision, with what it said before."""

    change: DecisionChange

    @property
    def former(self) -> list[FormerValue]:
        values = self.change.former
        return [
            FormerValue(_label(name), _in_words(name, values[name]))
            for name in COLUMNS
            if name in values
        ]


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """A decision with its steps; ``changes`` where the page shows them."""

    decision: Decision
    steps: tuple[ShownStep, ...]
    changes: tuple[ShownChange, ...] = ()

    @property
    def outcome_kind(self) -> str:
        return OUTCOME_KINDS[self.decision.outcome]

    @property
    def outcome_label(self) -> str:
        return capfirst(self.decision.get_outcome_display())

    @property
    def done(self) -> int:
        """Number of steps done."""
        return sum(1 for each in self.steps if each.step.done_on is not None)

    @property
    def late(self) -> int:
        return sum(1 for each in self.steps if each.is_late)


@dataclass(frozen=True, slots=True)
class ShownClause:
    """A clause that the adopted text changed, with the remarks that live in it.

    ``more``: how many others there are beside ``remarks``.
    """

    change: Change
    remarks: tuple[Remark, ...]
    more: int = 0


def _label(name: str) -> str:
    """Label of a decision's column."""
    field = Decision._meta.get_field(name)
    return capfirst(str(getattr(field, "verbose_name", name)))


def _in_words(name: str, value: object) -> str:
    if value in (None, ""):
        return "–"
    field = Decision._meta.get_field(name)
    if isinstance(field, models.DateField):
        return date_format(date.fromisoformat(str(value)), "j\xa0E Y")
    if name == "outcome":
        return str(Decision.Outcome(str(value)).label)
    if name == "early_ground":
        return str(Decision.EarlyGround(str(value)).label)
    return str(value)
