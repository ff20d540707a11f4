"""Load of petitions by officer: those with which the council has to do something now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from accounts.models import Grant
from accounts.staff.models import SPEAKERS
from core.domain.deadlines import Tallies, Tally
from petitions.desk.queries import waiting
from petitions.models import Petition
from petitions.querysets import KIND


def count_petitions_by_person(
    departments: Collection[int], *, today: date, week_ends_on: date
) -> Tallies:
    """Waiting petitions of the departments, by the officer to whom one was given alone; the others
    count for nobody in person. Two queries."""
    held = Grant.objects.in_force().filter(role__in=SPEAKERS, scope__startswith=f"{KIND}:")
    theirs = dict(held.values_list("scope", "user").order_by("pk"))
    rows = waiting(Petition.objects.filter(department__in=departments))
    found: Tallies = defaultdict(Tally)
    for pk, department, due_on in rows.values_list("pk", "department", "due_on"):
        is_late = due_on < today
        person = theirs.get(f"{KIND}:{pk}")
        found[department or 0, person] += Tally(1, is_late, not is_late and due_on <= week_ends_on)
    return found
