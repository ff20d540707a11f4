"""Load of disposition tables by officer: rows that lack a decision or its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q

from consultations.dispositions.conditions import is_considered, is_empty, is_unexplained
from consultations.models import Remark
from core.domain.deadlines import Tallies, Tally


def count_rows_by_person(
    departments: Collection[int],
    officers: Collection[tuple[int, int]],
    *,
    today: date,
    week_ends_on: date,
) -> Tallies:
    """Unsettled rows of the departments' tables and of those given to their ``officers``
    (department, person), until the report is published. One query.

    A row that was given to another department is that one's; one that nobody was given counts for
    nobody in person. Days are those by which rows were given.
    """
    people = {person: department for department, person in officers}
    unsettled = Remark.objects.filter(
        is_empty() | is_unexplained(),
        is_considered(),
        folded_into=None,
        comment__deleted_at=None,
        consultation__reported_at=None,
        consultation__withdrawn_at=None,
    )
    rows = unsettled.filter(
        Q(consultation__department__in=departments)
        | Q(assignment__department__in=departments)
        | Q(assignment__person__in=people)
    )
    where = ("consultation__department", "assignment__department", "assignment__person")
    due = "assignment__due_on"
    counted = rows.order_by().values_list(*where)
    found: Tallies = defaultdict(Tally)
    for owner, department, person, *numbers in counted.annotate(
        number=Count("pk"),
        late=Count("pk", filter=Q(**{f"{due}__lt": today})),
        soon=Count("pk", filter=Q(**{f"{due}__gte": today, f"{due}__lte": week_ends_on})),
    ):
        if person is not None and (owner, person) not in officers:
            owner = people.get(person, owner)
        key = (department or owner, person)
        if key[0] in departments:
            found[key] += Tally(*numbers)
    return found
