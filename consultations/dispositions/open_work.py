"""Open work of the kind “rows of a disposition table”, those of one consultation in one line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.staff.models import OF_DEPARTMENTS
from accounts.staff.open_work import (
    Described,
    Holder,
    Move,
    Passed,
    WorkItem,
    WorkKind,
    register,
)
from consultations.dispositions import conditions
from consultations.dispositions.models import Assignment, Disposition
from consultations.dispositions.passing_on import pass_on
from consultations.models import Remark
from consultations.querysets import KIND
from core.domain.rules import Verdict


class RowWork(WorkKind):
    """Rows that were given to a person, or to a department, and are not settled."""

    name = "disposition"
    app = "consultations"
    label = _("rows of a disposition table")
    roles = OF_DEPARTMENTS  # secretaries fill them too

    def of_person(self, person_id: int, by: User) -> list[WorkItem]:
        return list(self._items(Q(person=person_id), by))

    def of_department(self, department_id: int, by: User) -> list[WorkItem]:
        return list(self._items(Q(department=department_id), by))

    def _items(self, whose: Q, by: User) -> Iterator[WorkItem]:
        waiting = Remark.objects.filter(conditions.is_missing(conditions.is_settled))
        rows = (
            Assignment.objects.filter(
                whose, remark__in=waiting.values("pk"), remark__consultation__withdrawn_at=None
            )
            .select_related("remark__consultation")
            .order_by("remark__consultation", "pk")
        )
        for consultation, group in groupby(rows, attrgetter("remark.consultation")):
            if not by.keeps_record_of(consultation.department_id, consultation.topic):
                continue
            given = list(group)
            count = ngettext("%(count)d row", "%(count)d rows", len(given))
            yield WorkItem(
                self.name,
                consultation.pk,
                Holder(given[0].department_id or consultation.department_id, given[0].person_id),
                tuple(each.pk for each in given),
                f"{consultation.title} ({count % {'count': len(given)}})",
                reverse("desk:table", args=[consultation.pk]),
                scope=consultation.topic,
                due_on=min((each.due_on for each in given if each.due_on), default=None),
            )

    def scopes_of(self, ids: Collection[int]) -> dict[int, str]:
        rows = Remark.objects.filter(pk__in=ids).values_list("pk", "consultation")
        return {pk: f"{KIND}:{consultation}" for pk, consultation in rows}

    def move(self, moves: Sequence[Move], by: User) -> dict[Move, Verdict]:
        return pass_on(moves, by=by)

    def find_acted_on(self, passed: Collection[Passed]) -> set[int]:
        at = {each.object_id: each.at for each in passed}
        rows = Disposition.objects.filter(pk__in=at).values_list("pk", "changed_at")
        return {pk for pk, changed_at in rows if changed_at > at[pk]}

    def describe(self, ids: Collection[int], reader: User) -> dict[int, Described]:
        rows = Remark.objects.filter(pk__in=ids).select_related("consultation")
        return {
            each.pk: Described(
                f"№ {each.number or '–'}, {each.consultation.title}",
                reverse("desk:table", args=[each.consultation_id]),
            )
            for each in rows
        }


register(RowWork())
