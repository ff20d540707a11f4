"""The grant target “one meeting”: its name."""

from __future__ import annotations

from collections.abc import Collection

from accounts.staff import grant_targets
from meetings.models import Meeting
from meetings.querysets import KIND

#: So many of a department's newest meetings are offered.
_MOST = 200


def _offered_targets(department_id: int) -> list[tuple[int, str]]:
    newest = Meeting.objects.filter(department=department_id).order_by("-pk")
    return list(newest.values_list("pk", "title")[:_MOST])


def _titles(ids: Collection[int]) -> dict[int, str]:
    return dict(Meeting.objects.filter(pk__in=ids).values_list("pk", "title"))


grant_targets.register(grant_targets.Kind(KIND, offered=_offered_targets, titles=_titles))
