"""Open work of the kind “registering appeals”: of the last office that does it, when it is closed.

Appeals that nobody has accepted are of no department: whoever registers them sees them all. Without
such an office nobody would; the right passes to another department, and the appeals with it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.staff.open_work import (
    CHANGED,
    Described,
    Holder,
    Move,
    Passed,
    WorkItem,
    WorkKind,
    register,
)
from appeals.models import Appeal
from city.lists.actions import change
from city.models import Department
from core.domain.rules import Verdict, refuse

NEEDS_DEPARTMENT = refuse(
    "hand_over.needs_department",
    gettext_lazy("Appeals are registered by a department, not by one person."),
)


class OfficeWork(WorkKind):
    """The registering of appeals, with those that nobody has accepted yet."""

    name = "appeal_office"
    app = "city"
    label = gettext_lazy("registering of appeals")

    def of_department(self, department_id: int, by: User) -> list[WorkItem]:
        offices = list(Department.objects.open().filter(registers_appeals=True)[:2])
        if [each.pk for each in offices] != [department_id]:
            return []
        waiting = Appeal.objects.waiting().count()
        return [
            WorkItem(
                self.name,
                department_id,
                Holder(department_id),
                (department_id,),
                _("Registering of appeals; not accepted yet: %(number)d") % {"number": waiting},
                reverse("appeals_desk:list"),
            )
        ]

    def move(self, moves: Sequence[Move], by: User) -> dict[Move, Verdict]:
        """Let the taker register appeals instead of the giver."""
        left: dict[Move, Verdict] = {}
        known = Department.objects.in_bulk(
            [
                pk
                for move in moves
                for pk in (move.giver.department_id, move.taker.department_id)
                if pk
            ]
        )
        for move in moves:
            giver = known.get(move.giver.department_id or 0)
            taker = known.get(move.taker.department_id or 0)
            if move.taker.person_id is not None:
                left[move] = NEEDS_DEPARTMENT
            elif giver is None or taker is None or not giver.registers_appeals:
                left[move] = CHANGED
            else:
                change(taker, {"registers_appeals": True}, by=by)
                change(giver, {"registers_appeals": False}, by=by)
        return left

    def find_acted_on(self, passed: Collection[Passed]) -> set[int]:
        newest = Appeal.objects.order_by("-accepted_at").exclude(accepted_at=None)
        at = newest.values_list("accepted_at", flat=True).first()
        return {each.object_id for each in passed if at is not None and at > each.at}

    def describe(self, ids: Collection[int], reader: User) -> dict[int, Described]:
        words = _("Registering of appeals")
        return {pk: Described(words, reverse("appeals_desk:list")) for pk in ids}


register(OfficeWork())
