"""The grant target “one article”: its name."""

from __future__ import annotations

from collections.abc import Collection

from accounts.staff import grant_targets
from newsroom.models import Article
from newsroom.querysets import KIND

#: So many of a department's newest articles are offered.
_MOST = 200


def _offered_targets(department_id: int) -> list[tuple[int, str]]:
    newest = Article.objects.filter(department=department_id).order_by("-pk")
    return list(newest.values_list("pk", "title")[:_MOST])


def _titles(ids: Collection[int]) -> dict[int, str]:
    return dict(Article.objects.filter(pk__in=ids).values_list("pk", "title"))


grant_targets.register(grant_targets.Kind(KIND, offered=_offered_targets, titles=_titles))
