"""A council's own procedures, beside the presets: the table «procedure» of its description.

`manage.py load_city` puts them in and corrects them by their ``code`` (docs/consultations.md).
"""

from __future__ import annotations

from collections.abc import Collection

from city.lists import actions as city
from city.lists.tables import describes
from city.models import MartialLawPeriod
from city.rules import Actor
from consultations.models import Consultation, Procedure
from consultations.procedures import rules as procedures_rules
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.calendar import local_date
from core.domain.rules import ALLOWED, Verdict


@describes("procedure", Procedure, "code")
def may_change(procedure: Procedure, changed: Collection[str]) -> Verdict:
    """Refuse to change promises of consultations announced under it: rules.change_procedure. It is
    put into force by rules_force.put_in_force.
    """
    announced = Consultation.objects.filter(procedure=procedure, announced_at__isnull=False)
    may = procedures_rules.change_procedure(procedure, changed, is_in_use=announced.exists())
    is_forced = "in_force" in changed and not procedure.in_force and "early_ground" not in changed
    return may and (may_force(procedure) if is_forced else ALLOWED)


def may_force(procedure: Procedure) -> Verdict:
    """Whether it may be put into force today (rules_force.put_in_force)."""
    periods = list(MartialLawPeriod.objects.values_list("starts_on", "ends_on"))
    today = local_date(clock.now())
    return procedures_rules.put_in_force(procedure, today=today, martial_law=periods)


def put_in_force(procedure: Procedure, *, by: Actor, ground: str = "") -> Procedure:
    """Put it into force; ``ground``: on what ground before its law is.

    Refuses by city.rules.change, city.rules.reopen and rules_force.put_in_force. Emits CityChanged.
    """
    with action():
        procedure = locked(procedure)
        if ground.strip():
            procedure = city.change(procedure, {"early_ground": ground.strip()}, by=by)
        return city.reopen(procedure, by=by)
