"""Open work of departments: things of one responsible department, which another one takes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.functional import Promise

from accounts.hand_overs.acting import find_acts
from accounts.models import User
from accounts.staff.open_work import (
    CHANGED,
    Described,
    Holder,
    Move,
    Passed,
    WorkItem,
    WorkKind,
)
from core.domain.actions import action
from core.domain.events import Event, emit
from core.domain.rules import Verdict


@dataclass(frozen=True)
class DepartmentWork(WorkKind):
    """Things of one model with ``department`` and ``title``.

    ``find_open``: those that are not done; ``changed``: the audited event of an edited thing, after
    which pages, search and records show the new department; ``route``: of its page at the desk.
    """

    name: str  # type: ignore[misc]  # one class, a kind for each model
    app: str  # type: ignore[misc]  # likewise
    label: str | Promise  # type: ignore[misc]  # likewise
    model: type[Model]
    find_open: Callable[[], QuerySet[Any]]
    changed: Callable[[int, int], Event]
    route: str

    def of_department(self, department_id: int, by: User) -> list[WorkItem]:
        rows = self.find_open().filter(department=department_id).order_by("pk")
        return [
            WorkItem(
                self.name,
                pk,
                Holder(department_id),
                (pk,),
                title,
                reverse(self.route, args=[pk]),
                scope=f"{self.name}:{pk}",
            )
            for pk, title in rows.values_list("pk", "title")
        ]

    def move(self, moves: Sequence[Move], by: User) -> dict[Move, Verdict]:
        """Lock each by key and give it to another department; dates stay. Emits ``changed``."""
        with action():
            wanted = {move.object_id: move for move in moves}
            rows = self.find_open().filter(pk__in=wanted).order_by("pk")
            # Locked by the bare table: a queryset may join others.
            found = self.model._base_manager.filter(pk__in=rows.values("pk")).order_by("pk")
            held = dict(
                found.select_for_update(no_key=True, of=("self",)).values_list("pk", "department")
            )
            passed: dict[int | None, list[int]] = {}
            left = {}
            for pk, move in wanted.items():
                if held.get(pk) == move.giver.department_id:
                    passed.setdefault(move.taker.department_id, []).append(pk)
                else:
                    left[move] = CHANGED
            for department_id, ids in passed.items():
                self.model._base_manager.filter(pk__in=ids).update(department=department_id)
                for pk in ids:
                    emit(self.changed(pk, by.pk))
            return left

    def find_acted_on(self, passed: Collection[Passed]) -> set[int]:
        named = {each.object_id: {f"{self.name}_id": each.object_id} for each in passed}
        return find_acts(passed, named)

    def describe(self, ids: Collection[int], reader: User) -> dict[int, Described]:
        rows = self.model._base_manager.filter(pk__in=ids).values_list("pk", "title")
        return {pk: Described(title, reverse(self.route, args=[pk])) for pk, title in rows}
