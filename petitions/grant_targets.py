"""The grant target “one petition”: its name, and the thread that such a grant reaches."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from accounts.staff import grant_targets as of_grants
from discussions import grant_targets as of_threads
from petitions.models import Petition
from petitions.querysets import KIND

#: So many of a department's newest petitions are offered.
_MOST = 200


def _threads(ids: Collection[int]) -> QuerySet[Any, Any]:
    return Petition.objects.filter(pk__in=ids).values("thread")


def _thing(thread_id: int) -> int | None:
    return Petition.objects.filter(thread=thread_id).values_list("pk", flat=True).first()


def _offered_targets(department_id: int) -> list[tuple[int, str]]:
    newest = Petition.objects.filter(department=department_id, submitted_at__isnull=False)
    return list(newest.order_by("-pk").values_list("pk", "title")[:_MOST])


def _titles(ids: Collection[int]) -> dict[int, str]:
    return dict(Petition.objects.filter(pk__in=ids).values_list("pk", "title"))


of_threads.register(of_threads.Kind(KIND, threads=_threads, thing=_thing))
of_grants.register(of_grants.Kind(KIND, offered=_offered_targets, titles=_titles))
