"""Open work of departments of the kind “consultation”: until it is decided, or withdrawn."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.hand_overs.of_departments import DepartmentWork
from accounts.staff.open_work import register
from consultations.events import ConsultationChanged
from consultations.models import Consultation, Decision, ExecutionStep
from consultations.querysets import ConsultationQuerySet


def find_open() -> ConsultationQuerySet:
    """Consultations that are prepared, open, or wait for their report, for the council's decision,
    or for the execution of what it decided."""
    decided = Decision.objects.filter(consultation=OuterRef("pk")).exclude(
        outcome=Decision.Outcome.POSTPONED
    )
    undone = ExecutionStep.objects.filter(decision__consultation=OuterRef("pk"), done_on=None)
    waits = Q(reported_at=None) | ~Exists(decided) | Exists(undone)
    return Consultation.objects.filter(waits, withdrawn_at=None)


register(
    DepartmentWork(
        "consultation",
        "consultations",
        _("consultation"),
        Consultation,
        find_open,
        ConsultationChanged,
        "desk:detail",
    )
)
