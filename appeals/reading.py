"""Queries about appeals: who has to do with one, its timeline, its repeats, who has read it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q

from accounts.data.access_log import SLOT, office_of, record_access
from accounts.models.staff import Grant, StaffRole
from appeals.models import Appeal, Entry, Executor, Reading
from appeals.rules.roles import Involved
from city.models import Department
from core.domain import clock

if TYPE_CHECKING:
    from accounts.models import User
    from appeals.querysets import AppealQuerySet

#: So many earlier appeals are named as a hint that one is repeated.
MOST_REPEATS = 5
_AT_ONCE = 1000


def load_involved(appeal: Appeal | None = None) -> Involved:
    """The departments that register appeals, those that execute this one, and those whose head it
    is about: two queries, for a complaint about a person three."""
    offices = Department.objects.filter(registers_appeals=True).values_list("pk", flat=True)
    if appeal is None or appeal.pk is None:
        return Involved(frozenset(offices))
    executors = Executor.objects.filter(appeal=appeal).values_list("department", flat=True)
    headed: Iterable[int | None] = ()
    if appeal.about_person_id is not None:
        held = Grant.objects.in_force().filter(user=appeal.about_person_id, role=StaffRole.HEAD)
        headed = held.values_list("department", flat=True)
    return Involved(
        frozenset(offices),
        frozenset(executors),
        frozenset(department for department in headed if department is not None),
    )


def timeline(appeal: Appeal, *, internal: bool = False) -> list[Entry]:
    """What happened to it, in its order; ``internal``: with what only who works on it reads."""
    entries = Entry.objects.filter(appeal=appeal).select_related("by").order_by("at", "pk")
    return list(entries if internal else entries.filter(internal=False))


def readings(appeal: Appeal) -> list[Reading]:
    """Who of the council has read it, the last first, for its applicant."""
    found = Reading.objects.filter(appeal=appeal).select_related("user", "department")
    return list(found.order_by("-at", "-pk"))


def record_reading(appeal: Appeal, by: User) -> None:
    """Keep that ``by`` of the council has read the appeal; an applicant who does, reads their own.

    One row for all looks of ten minutes. An author with an account also finds it in the journal of
    access to their data (accounts.data.access_log).
    """
    record_access(by, [appeal.author_id] if appeal.author_id else [], "appeal.work")
    if appeal.author_id != by.pk:
        _keep([appeal.pk], by)


def record_readings(appeals: AppealQuerySet[Appeal], by: User) -> None:
    """Keep that ``by`` has read a list with the names of many, as ``record_reading`` of one."""
    found = list(appeals.values_list("pk", "author_id"))
    authors = {author for _pk, author in found if author is not None}
    record_access(by, authors, "appeal.work")
    _keep([pk for pk, author in found if author != by.pk], by)


def _keep(appeals: Iterable[int], by: User) -> None:
    now = clock.now()
    role, department_id = office_of(by)
    Reading.objects.bulk_create(
        [
            Reading(
                appeal_id=pk,
                user=by,
                department_id=department_id,
                role=role,
                at=now,
                slot=int(now.timestamp()) // SLOT,
            )
            for pk in appeals
        ],
        ignore_conflicts=True,
        batch_size=_AT_ONCE,
    )


def repeats(appeal: Appeal) -> AppealQuerySet[Appeal]:
    """Earlier ones of the same applicant with the same words: a hint, the last first.

    Words are compared in their basic forms. Only an appeal that was decided on the merits makes
    another a repeated one (393/96-ВР art. 8), which a head decides.
    """
    same = Q(pk__in=[])
    if appeal.author_id:
        same |= Q(author=appeal.author_id)
    if appeal.email:
        same |= Q(email__iexact=appeal.email)
    if appeal.name and appeal.residence:
        same |= Q(name__iexact=appeal.name, residence__iexact=appeal.residence)
    if appeal.organisation_name:
        same |= Q(organisation_name__iexact=appeal.organisation_name)
    earlier = Appeal.objects.filter(digest=appeal.digest, pk__lt=appeal.pk, emptied_at=None)
    return earlier.filter(same).order_by("-pk")[:MOST_REPEATS]
