"""A council's own procedures, beside the presets: the table «procedure» of its description.

`manage.py load_city` puts them in and corrects them by their ``code`` (docs/consultations.md).
"""

from __future__ import annotations

from collections.abc import Collection

from city.actions.tables import describes
from consultations import rules
from consultations.models import Consultation, Procedure
from core.domain.rules import Verdict


@describes("procedure", Procedure, "code")
def may_change(procedure: Procedure, changed: Collection[str]) -> Verdict:
    """What was announced under it was promised by it: rules.change_procedure."""
    announced = Consultation.objects.filter(procedure=procedure, announced_at__isnull=False)
    return rules.change_procedure(procedure, changed, is_in_use=announced.exists())
