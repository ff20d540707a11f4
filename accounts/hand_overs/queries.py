"""Queries of hand-overs: open work, to whom it can go, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from accounts.hand_overs.models import HandOver, HandOverRow
from accounts.models import Grant, User
from accounts.staff.models import StaffRole
from accounts.staff.open_work import Described, Holder, Passed, WorkItem, kind_of, kinds
from city.models import Department
from core.models import AuditEntry


@dataclass(frozen=True, slots=True)
class OpenWork:
    """Open work of somebody; ``unseen``: how much more there is that the reader may not see."""

    items: list[WorkItem]
    unseen: int


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a hand-over as its page shows it."""

    row: HandOverRow
    label: str | Promise
    described: Described | None
    is_acted_on: bool

    @property
    def may_go_back(self) -> bool:
        return self.row.taken_back_at is None and not self.is_acted_on


def work_of_person(person: User, by: User) -> OpenWork:
    """All open work of a person: a fixed number of queries for each kind."""
    items = [item for kind in kinds() for item in kind.of_person(person.pk, by)]
    holder = Holder(None, person.pk)
    return OpenWork(items, sum(kind.count_unseen(holder, by) for kind in kinds()))


def work_lost(person: User, by: User, grants: Collection[Grant]) -> OpenWork:
    """Open work that the person may not do any more once ``grants`` are revoked; all of it when no
    other role is left."""
    work = work_of_person(person, by)
    revoked = {grant.pk for grant in grants}
    held = Grant.objects.unended().filter(user=person).exclude(pk__in=revoked)
    left = list(held)
    if not left:
        return work
    lost = [
        item
        for item in work.items
        if any(_reaches(grant, item) for grant in grants)
        and not any(_reaches(grant, item) for grant in left)
    ]
    return OpenWork(lost, 0)


def _reaches(grant: Grant, item: WorkItem) -> bool:
    if grant.scope:
        return grant.scope == item.scope
    return grant.department_id is not None and grant.department_id == item.holder.department_id


def work_of_department(department: Department, by: User) -> OpenWork:
    """All open work of a department, that of its people in it too."""
    items = [item for kind in kinds() for item in kind.of_department(department.pk, by)]
    holder = Holder(department.pk)
    return OpenWork(items, sum(kind.count_unseen(holder, by) for kind in kinds()))


def holders_among(
    people: Iterable[int], roles: Collection[StaffRole]
) -> set[tuple[int, int | None, str]]:
    """Which of these people hold one of ``roles`` in which department as a whole, or for which one
    thing: one query."""
    held = Grant.objects.in_force().filter(
        user__in=list(people), role__in=roles, user__is_active=True
    )
    return {
        (user, None if scope else department, scope)
        for user, department, scope in held.values_list("user", "department", "scope")
    }


def newest_of(**whose: object) -> list[HandOver]:
    """The newest hand-overs of a person or a department: one query."""
    return list(HandOver.objects.filter(**whose).select_related("by").order_by("-pk")[:20])


def show_rows(hand_over: HandOver, reader: User) -> list[ShownRow]:
    """Rows of a hand-over with what became of them: three queries for each kind in it."""
    named = ("from_department", "from_person", "to_department", "to_person")
    rows = list(hand_over.rows.select_related(*named))
    acted_on = find_acted_on(hand_over, rows)
    described = describe_rows(rows, reader)
    return [
        ShownRow(
            row,
            kind_of(row.kind).label,
            described.get((row.kind, row.object_id)),
            row.pk in acted_on,
        )
        for row in rows
    ]


def describe_rows(rows: Collection[HandOverRow], reader: User) -> dict[tuple[str, int], Described]:
    """The things that rows are about, by kind and object, but those hidden from the reader."""
    ids: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        ids[row.kind].add(row.object_id)
    return {
        (name, pk): described
        for name, wanted in ids.items()
        for pk, described in kind_of(name).describe(wanted, reader).items()
    }


def find_acted_on(hand_over: HandOver, rows: Collection[HandOverRow]) -> set[int]:
    """The ids of rows on which the new holder has acted since."""
    by_kind: dict[str, list[HandOverRow]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    # Its own entry is the last thing that the hand-over wrote: what is older belongs to it.
    entries = AuditEntry.objects.filter(
        event="WorkHandedOver", ids__contains={"hand_over_id": hand_over.pk}
    )
    at = entries.values_list("at", flat=True).first() or hand_over.at
    found: set[int] = set()
    for name, its in by_kind.items():
        passed = [Passed(row.object_id, taker_of(row), at) for row in its]
        acted = kind_of(name).find_acted_on(passed)
        found |= {row.pk for row in its if row.object_id in acted}
    return found


def giver_of(row: HandOverRow) -> Holder:
    return Holder(row.from_department_id, row.from_person_id)


def taker_of(row: HandOverRow) -> Holder:
    return Holder(row.to_department_id, row.to_person_id)
