"""Open work of departments of the kind “petition”: until its answer, or another ending."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.hand_overs.of_departments import DepartmentWork
from accounts.staff.open_work import register
from petitions.events import PetitionChanged
from petitions.models import Petition


def find_open() -> QuerySet[Any]:
    """Petitions that were submitted and are neither answered, refused nor withdrawn."""
    rows = Petition.objects.filter(submitted_at__isnull=False, answered_at=None)
    return rows.filter(refused_at=None, withdrawn_at=None, handed_over_at=None)


register(
    DepartmentWork(
        "petition",
        "petitions",
        _("petition"),
        Petition,
        find_open,
        PetitionChanged,
        "petitions_desk:detail",
    )
)
