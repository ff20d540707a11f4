"""Grants for one consultation alone: what they are called, and which thread they reach."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from accounts.staff import grant_targets as of_grants
from consultations.models import Consultation
from consultations.querysets import KIND
from discussions import grant_targets as of_threads

#: So many of a department's newest consultations are offered.
_MOST = 200


def _threads(ids: Collection[int]) -> QuerySet[Any, Any]:
    return Consultation.objects.filter(pk__in=ids).values("thread")


def _thing(thread_id: int) -> int | None:
    return Consultation.objects.filter(thread=thread_id).values_list("pk", flat=True).first()


def _offered_targets(department_id: int) -> list[tuple[int, str]]:
    newest = Consultation.objects.filter(department=department_id).order_by("-pk")
    return list(newest.values_list("pk", "title")[:_MOST])


def _titles(ids: Collection[int]) -> dict[int, str]:
    return dict(Consultation.objects.filter(pk__in=ids).values_list("pk", "title"))


of_threads.register(of_threads.Kind(KIND, threads=_threads, thing=_thing))
of_grants.register(of_grants.Kind(KIND, offered=_offered_targets, titles=_titles))
