"""Open work of departments of the kind “consultation”: until it is reported, or withdrawn."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.hand_overs.of_departments import DepartmentWork
from accounts.staff.open_work import register
from consultations.events import ConsultationChanged
from consultations.models import Consultation
from consultations.querysets import ConsultationQuerySet


def find_open() -> ConsultationQuerySet:
    """Consultations that are prepared, open, or wait for their report."""
    return Consultation.objects.filter(withdrawn_at=None, reported_at=None)


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
