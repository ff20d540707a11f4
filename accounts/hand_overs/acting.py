"""Acts on things since they were handed over, as the audit log has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import Q

from accounts.models import Grant
from accounts.staff.open_work import Passed
from core.models import AuditEntry


def find_acts(passed: Collection[Passed], named: Mapping[int, Mapping[str, int]]) -> set[int]:
    """Objects on which their takers, or people of the departments that took them, have acted.

    ``named``: by which ids the audit log names each object ({"poll_id": 7}). Two queries.
    """
    passed = [each for each in passed if each.object_id in named]
    if not passed:
        return set()
    departments = {each.taker.department_id for each in passed if each.taker.person_id is None}
    members: dict[int | None, set[int]] = defaultdict(set)
    held = Grant.objects.filter(department__in=departments - {None})
    for department_id, user_id in held.values_list("department", "user"):
        members[department_id].add(user_id)
    takers = {
        each: {each.taker.person_id} if each.taker.person_id else members[each.taker.department_id]
        for each in passed
    }
    about = Q()
    for each in passed:
        about |= Q(ids__contains=dict(named[each.object_id]))
    entries = AuditEntry.objects.filter(
        about, actor__in=set().union(*takers.values()), at__gt=min(each.at for each in passed)
    )
    found = set()
    for actor, at, ids in entries.values_list("actor", "at", "ids"):
        for each, who in takers.items():
            wanted = named[each.object_id].items()
            if actor in who and at > each.at and wanted <= ids.items():
                found.add(each.object_id)
    return found
