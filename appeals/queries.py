"""Queries about appeals: who has to do with one, its timeline, who has read it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from accounts.data.access_log import SLOT, office_of, record_access
from accounts.staff.models import LEADERS, Grant, StaffRole
from appeals.models import Appeal, Entry, Executor, Reading
from appeals.requests.rules import CopyTariff
from appeals.rules import Involved
from city.models import Council, Department
from core.domain import clock

if TYPE_CHECKING:
    from accounts.models import User
    from appeals.querysets import AppealQuerySet

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


def load_leaders() -> frozenset[str]:
    """The roles of accounts.staff.models.LEADERS that somebody holds now: one query."""
    held = Grant.objects.in_force().filter(role__in=LEADERS, user__is_active=True)
    return frozenset(held.values_list("role", flat=True))


def load_tariff() -> CopyTariff:
    """Load the council's tariff for copies: one query."""
    row = Council.objects.values_list("copy_price", "copy_account").first()
    return CopyTariff(*row) if row else CopyTariff()


def timeline(appeal: Appeal, *, internal: bool = False) -> list[Entry]:
    """Its history, in order; ``internal``: with entries for those alone who work on it."""
    entries = Entry.objects.filter(appeal=appeal).select_related("by").order_by("at", "pk")
    return list(entries if internal else entries.filter(internal=False))


def readings(appeal: Appeal) -> list[Reading]:
    """Council staff who read it, the last first, for its applicant."""
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


def record_readings(appeals: AppealQuerySet[Appeal], by: User, why: str = "appeal.work") -> None:
    """Keep that ``by`` has read a list with the names of many, as ``record_reading`` of one;
    ``why``: a key of accounts.data.access_log.REASONS."""
    found = list(appeals.values_list("pk", "author_id"))
    authors = {author for _pk, author in found if author is not None}
    record_access(by, authors, why)
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
