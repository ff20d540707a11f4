"""Open work of the kinds “appeal that one answers” and “appeal with which one helps”."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.staff.open_work import (
    Described,
    Holder,
    Move,
    Passed,
    WorkItem,
    WorkKind,
    register,
)
from appeals.many.passing_on import pass_on
from appeals.many.rules import version_of
from appeals.models import Appeal, Entry, Executor
from core.domain.calendar import last_date
from core.domain.rules import Verdict

#: What the applicant does, or a calendar: nobody of the council has acted by it.
_OF_OTHERS = (
    *(Entry.Kind.FILED, Entry.Kind.RECOUNTED, Entry.Kind.RATED, Entry.Kind.REOPENED),
    *(Entry.Kind.WITHDRAWN, Entry.Kind.GIVEN_BACK, Entry.Kind.TAKEN_AGAIN),
    Entry.Kind.ASSIGNED,
)


class AppealWork(WorkKind):
    """Appeals whose executor somebody is: the main one, or one that helps."""

    app = "appeals"

    is_main: ClassVar[bool]

    def of_person(self, person_id: int, by: User) -> list[WorkItem]:
        return self._items(Q(user=person_id), by)

    def of_department(self, department_id: int, by: User) -> list[WorkItem]:
        return self._items(Q(department=department_id), by)

    def count_unseen(self, holder: Holder, by: User) -> int:
        seen = Appeal.objects.worked_on_by(by).values("pk")
        return self._open(_of(holder)).exclude(appeal__in=seen).count()

    def _open(self, whose: Q) -> QuerySet[Executor]:
        rows = Executor.objects.filter(whose, is_main=self.is_main, appeal__closed_at=None)
        return rows.filter(appeal__accepted_at__isnull=False)

    def _items(self, whose: Q, by: User) -> list[WorkItem]:
        seen = Appeal.objects.worked_on_by(by).values("pk")
        rows = self._open(whose).filter(appeal__in=seen).select_related("appeal")
        rows = rows.defer("appeal__search", "appeal__text").order_by("appeal__due_at", "pk")
        return [
            WorkItem(
                self.name,
                row.appeal_id,
                Holder(row.department_id, row.user_id),
                (row.appeal_id,),
                f"№ {row.appeal.label} {row.appeal.subject}",
                reverse("appeals_desk:detail", args=[row.appeal_id]),
                scope=row.appeal.topic,
                version=version_of(row.appeal),
                due_on=last_date(row.appeal.due_at),
            )
            for row in rows
        ]

    def move(self, moves: Sequence[Move], by: User) -> dict[Move, Verdict]:
        return pass_on(moves, by=by, is_main=self.is_main)

    def find_acted_on(self, passed: Collection[Passed]) -> set[int]:
        takers = {each.object_id: each for each in passed}
        entries = Entry.objects.filter(
            appeal__in=takers, at__gt=min(each.at for each in passed), by__isnull=False
        ).exclude(kind__in=_OF_OTHERS)
        return {
            pk
            for pk, by_id, at in entries.values_list("appeal", "by", "at")
            if at > takers[pk].at and takers[pk].taker.person_id in (None, by_id)
        }

    def describe(self, ids: Collection[int], reader: User) -> dict[int, Described]:
        rows = Appeal.objects.worked_on_by(reader).filter(pk__in=ids)
        return {
            each.pk: Described(f"№ {each.label}", reverse("appeals_desk:detail", args=[each.pk]))
            for each in rows.only("number", "registered_on")
        }


def _of(holder: Holder) -> Q:
    if holder.person_id is not None:
        return Q(user=holder.person_id)
    return Q(department=holder.department_id)


class AnsweredAppeals(AppealWork):
    name = "appeal"
    label = _("appeal to answer")
    is_main = True


class HelpedAppeals(AppealWork):
    name = "appeal_help"
    label = _("appeal to help with")
    is_main = False


register(AnsweredAppeals())
register(HelpedAppeals())
