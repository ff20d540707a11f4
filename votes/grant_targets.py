"""Staff grants for one poll alone: their names."""

from __future__ import annotations

from collections.abc import Collection

from accounts.staff import grant_targets as of_grants
from votes.models import Poll
from votes.querysets import KIND

#: So many of a department's newest polls are offered.
_MOST = 200


def _offered_targets(department_id: int) -> list[tuple[int, str]]:
    newest = Poll.objects.filter(department=department_id).order_by("-pk")
    return list(newest.values_list("pk", "title")[:_MOST])


def _titles(ids: Collection[int]) -> dict[int, str]:
    return dict(Poll.objects.filter(pk__in=ids).values_list("pk", "title"))


of_grants.register(of_grants.Kind(KIND, offered=_offered_targets, titles=_titles))
