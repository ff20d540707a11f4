"""Queries of the desk's pages of appeals, a fixed number at any size."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import StaffRole, User
from accounts.staff.models import OF_DEPARTMENTS
from accounts.staff.queries import people_offered
from appeals.desk.clocks import soon
from appeals.desk.presenters import ShownAppeal
from appeals.models import Answer, Appeal, Executor
from appeals.querysets import DESK_ORDER, KIND, REGISTER_ORDER
from city.models import Department, NamedQuerySet
from core.db.paging import Page, page_of
from core.domain import clock
from core.domain.deadlines import NamedLoad

if TYPE_CHECKING:
    from appeals.desk.case import Case
    from appeals.querysets import AppealQuerySet

    Rows = AppealQuerySet[Appeal]

#: What a list does not show, and need not read.
_UNSHOWN = ("text", "search", "digest", "secret_hash", "ending_note", "reopening_reason")
#: So many departments stand in the table of the load.
_MOST_DEPARTMENTS = 100


@dataclass(frozen=True, slots=True)
class Filters:
    """Filter of a list; "" and None: no filter."""

    words: str = ""
    kind: str = ""
    theme_id: int | None = None
    department_id: int | None = None


def assigned_to(user: User) -> Q:
    """Condition for appeals given to the person themselves: as its officer, an executor, or by a
    grant for it alone.
    """
    named = Executor.objects.filter(appeal=OuterRef("pk"), user=user.pk)
    return Q(officer=user.pk) | Q(Exists(named)) | Q(pk__in=user.things_as(KIND, *OF_DEPARTMENTS))


def given_to_departments(department_ids: frozenset[int] | set[int]) -> Exists:
    """Condition for appeals that a department executes."""
    return Exists(Executor.objects.filter(appeal=OuterRef("pk"), department__in=department_ids))


def _has_no_approval() -> Exists:
    return Exists(Answer.objects.waiting_for_approval().filter(appeal=OuterRef("pk")))


#: The lists of the desk: what stands in each, for whom.
LISTS: dict[str, Callable[[Rows, User], Rows]] = {
    "": lambda appeals, user: appeals.open(),
    "register": lambda appeals, user: appeals.waiting(),
    "mine": lambda appeals, user: appeals.open().filter(assigned_to(user)),
    "department": lambda appeals, user: appeals.open().filter(
        given_to_departments(user.department_ids)
    ),
    "late": lambda appeals, user: appeals.late(),
    "approval": lambda appeals, user: appeals.open().filter(_has_no_approval()),
    "head": lambda appeals, user: appeals.open().filter(
        decision_asked_at__isnull=False, extended_at=None
    ),
    "answered": lambda appeals, user: appeals.filter(
        answered_at__isnull=False, closed_at__isnull=False
    ),
    "all": lambda appeals, user: appeals,
}
_ORDERS = {"answered": ("-answered_at", "-id"), "all": REGISTER_ORDER}


def find(user: User, name: str, filters: Filters, *, after: str | None = None) -> Page[ShownAppeal]:
    """A page of one of LISTS: urgent requests, privileged applicants, then what is due first. Two
    queries."""
    rows = LISTS[name](Appeal.objects.worked_on_by(user), user)
    if filters.words:
        rows = rows.search(filters.words)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.theme_id:
        rows = rows.filter(theme=filters.theme_id)
    if filters.department_id:
        rows = rows.filter(given_to_departments({filters.department_id}))
    page = page_of(for_list(rows), order=_ORDERS.get(name, DESK_ORDER), after=after)
    return Page(show(page.items), page.next_cursor, page.previous_cursor)


@dataclass(frozen=True, slots=True)
class Subject:
    """Subject of an appeal in a list of other things, and whose it is."""

    words: str
    author_id: int | None


def load_subjects(user: User, ids: Collection[int]) -> dict[int, Subject]:
    """Subjects of those of the appeals on which the person works, by id: one query, none where
    there are no ids. A page that shows them records the look (accounts.data.access_log)."""
    if not ids:
        return {}
    rows = Appeal.objects.worked_on_by(user).filter(pk__in=ids)
    found = rows.values_list("pk", "subject", "author_id")
    return {pk: Subject(words, author_id) for pk, words, author_id in found}


def for_list(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("department", "organisation").defer(*_UNSHOWN)


def show(appeals: list[Appeal]) -> list[ShownAppeal]:
    """As they stand now; one query, for the time, where there are any."""
    now = clock.now() if appeals else None
    return [ShownAppeal.at(each, now) for each in appeals] if now else []


def counts(user: User) -> dict[str, int]:
    """Counts of waiting appeals: in all, at the office, for the person, their departments, an
    approval, and late ones. One query.
    """
    found: dict[str, int] = (
        Appeal.objects.worked_on_by(user)
        .open()
        .aggregate(
            waiting=Count("pk"),
            register=Count("pk", filter=Q(accepted_at=None)),
            mine=Count("pk", filter=assigned_to(user)),
            department=Count("pk", filter=Q(given_to_departments(user.department_ids))),
            late=Count("pk", filter=Q(due_at__lte=clock.Now())),
            approval=Count("pk", filter=Q(_has_no_approval())),
            head=Count("pk", filter=Q(decision_asked_at__isnull=False, extended_at=None)),
        )
    )
    return found


def load_of(user: User) -> list[NamedLoad]:
    """Load of the departments that the person heads, the most overdue first; all of them for the
    head of the office and for administrators. Two queries, none for others.
    """
    headed = user.departments_as(StaffRole.HEAD)
    if not headed and not user.is_administrator:
        return []
    rows = Appeal.objects.worked_on_by(user).in_work()
    if not user.is_administrator and not _is_office(headed):
        rows = rows.filter(department__in=headed)
    now = clock.now()
    loads = (
        rows.values("department__name")
        .annotate(
            late=Count("pk", filter=Q(due_at__lte=now)),
            soon=Count("pk", filter=Q(due_at__gt=now, due_at__lte=soon(now))),
            all=Count("pk"),
        )
        .order_by("-late", "-soon", "department__name")
    )
    return [
        NamedLoad(each["department__name"], each["late"], each["soon"], each["all"])
        for each in loads[:_MOST_DEPARTMENTS]
    ]


def _is_office(department_ids: frozenset[int]) -> bool:
    return Department.objects.filter(pk__in=department_ids, registers_appeals=True).exists()


def works_in_office(user: User) -> bool:
    """Whether they register appeals. One query."""
    return user.is_administrator or _is_office(user.department_ids)


def may_exchange(user: User, *, is_office: bool) -> bool:
    """Whether they work in the office itself (exchange.rules.exchange). One query for an
    administrator, none for others."""
    return is_office and (not user.is_administrator or _is_office(user.department_ids))


def departments_of(user: User, *, is_office: bool) -> NamedQuerySet[Department]:
    """The departments by which the person may filter: theirs; all for the office."""
    if is_office:
        return Department.objects.all()
    return Department.objects.filter(pk__in=user.department_ids)


def departments_offered(case: Case) -> QuerySet[Department]:
    """Departments that may consider it: neither that which a complaint is about, nor those whose
    head it is about."""
    about = {case.appeal.about_department_id or 0, *case.involved.headed}
    return Department.objects.open().exclude(pk__in=about)


def executors_offered(case: Case) -> list[tuple[Department, User | None]]:
    """Departments, each followed by its heads and officers; never whom a complaint is about. Two
    queries."""
    return people_offered(departments_offered(case), but=case.appeal.about_person_id)
