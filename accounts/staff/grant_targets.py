"""Things for one of which alone a role can be given.

Upper apps declare their kinds of things in ``grant_targets`` of their AppConfig; a grant's
``scope`` names one as its topic does: «consultation:12».
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

#: So many of a department's newest things are choices.
_MOST = 200


@dataclass(frozen=True, slots=True)
class GrantTargetKind:
    """Things of one kind: ``name`` as in their topics («consultation»); ``model``: its label, with
    ``title`` and ``department``, and ``thread`` where they are talked about."""

    name: str
    model: str
    #: Which of them are choices.
    filters: Mapping[str, Any] = field(default_factory=dict)
    #: A moderator of one of them alone decides in its thread (discussions.grant_targets).
    is_talked_about: bool = False

    @property
    def rows(self) -> QuerySet[Any]:
        found: QuerySet[Any] = apps.get_model(self.model)._default_manager.all()
        return found

    def choices(self, department_id: int) -> list[tuple[int, str]]:
        """The things of a department for which roles are choices: ``(id, title)``."""
        newest = self.rows.filter(department=department_id, **self.filters).order_by("-pk")
        return list(newest.values_list("pk", "title")[:_MOST])

    def titles(self, ids: Collection[int]) -> dict[int, str]:
        """The titles of things by their ids; one query, what is gone is absent."""
        return dict(self.rows.filter(pk__in=ids).values_list("pk", "title"))


@cache
def kinds() -> Mapping[str, GrantTargetKind]:
    """Kinds by their names, as the apps declare them, from the lowest on."""
    declared = (getattr(config, "grant_targets", ()) for config in apps.get_app_configs())
    return {kind.name: kind for each in declared for kind in each}


def choices_for_department(department_id: int) -> list[tuple[str, str]]:
    """``(scope, title)`` of all that the department has: a query for each kind."""
    return [
        (f"{kind.name}:{pk}", title)
        for kind in kinds().values()
        for pk, title in kind.choices(department_id)
    ]


def titles_of(scopes: Iterable[str]) -> dict[str, str]:
    """The titles of things by scope: a query for each kind that occurs."""
    wanted: dict[str, set[int]] = {}
    for scope in scopes:
        kind, _colon, number = scope.partition(":")
        if kind in kinds() and number.isdecimal():
            wanted.setdefault(kind, set()).add(int(number))
    return {
        f"{kind}:{pk}": title
        for kind, ids in wanted.items()
        for pk, title in kinds()[kind].titles(ids).items()
    }


def exists(scope: str) -> bool:
    """Whether there is such a thing."""
    return scope in titles_of([scope])
