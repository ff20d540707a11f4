"""Giving many appeals to one executor, in a fixed number of statements of this app."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.staff.models import Grant, StaffRole
from appeals import terms
from appeals.events import AppealAccepted, AppealAssigned
from appeals.many import rules
from appeals.models import Answer, Appeal, Entry, Executor
from appeals.queries import load_involved
from appeals.rules import Involved
from city.calendar import work_calendar
from city.models import Department
from core.domain import clock
from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import Verdict, refuse, require

if TYPE_CHECKING:
    from accounts.models import User

#: So many are given by one press.
MOST_AT_ONCE = 100


@dataclass(slots=True)
class Given:
    """Appeals that were given, and those that were left, each with the reason."""

    accepted: list[Appeal] = field(default_factory=list)
    assigned: list[Appeal] = field(default_factory=list)
    left: list[tuple[Appeal, Verdict]] = field(default_factory=list)


def give_many(
    chosen: Mapping[int, str], *, by: User, department: Department, officer: User | None = None
) -> Given:
    """Accept those that wait and reassign those that are considered: ``department`` answers each;
    who helps with one stays.

    ``chosen``: the version of each (rules.version_of) by its id, at most MOST_AT_ONCE. What the
    person does not see is passed over; what ``rules.give`` refuses is left with its reason. Emits
    AppealAccepted and AppealAssigned.
    """
    with action():
        appeals, involved, now = lock_chosen(chosen, by=by)
        given = Given()
        for appeal in appeals:
            verdict = rules.give(
                by,
                appeal,
                involved=involved[appeal.pk],
                now=now,
                version=chosen[appeal.pk],
                department_id=department.pk,
                officer_id=officer.pk if officer else None,
            )
            if not verdict:
                given.left.append((appeal, verdict))
            else:
                (given.assigned if appeal.accepted_at else given.accepted).append(appeal)
        _store(given, by=by, department=department, officer=officer)
        return given


def lock_chosen(
    chosen: Collection[int], *, by: User
) -> tuple[list[Appeal], dict[int, Involved], datetime]:
    """Those of the chosen appeals on which the person works, under their locks; who has to do with
    each; and the time then. Five queries. Refuses more than MOST_AT_ONCE."""
    if len(chosen) > MOST_AT_ONCE:
        words = _("Choose at most %(most)d at once.") % {"most": MOST_AT_ONCE}
        require(refuse("appeal.too_many_at_once", words))
    ids = Appeal.objects.worked_on_by(by).filter(pk__in=chosen).values_list("pk", flat=True)
    rows = Appeal.objects.filter(pk__in=list(ids)).order_by("pk").defer("search", "text")
    rows = rows.select_related("author", "organisation", "department", "officer", "street")
    appeals = list(rows.select_for_update(no_key=True, of=("self",)))
    return appeals, load_involved_of(appeals), clock.now()


def _store(given: Given, *, by: User, department: Department, officer: User | None) -> None:
    now, calendar = clock.now(), work_calendar()
    changed = [*given.accepted, *given.assigned]
    for appeal in changed:
        appeal.department, appeal.officer = department, officer
    for appeal in given.accepted:
        appeal.accepted_at = now
        terms.set_due(appeal, calendar)
    Appeal.objects.bulk_update(changed, ["department", "officer", "accepted_at", "due_at"])
    replaced = Q(is_main=True) | Q(department=department, user=officer)
    Executor.objects.filter(replaced, appeal__in=given.assigned).delete()
    Executor.objects.bulk_create(
        Executor(appeal=each, department=department, user=officer, is_main=True, by=by, at=now)
        for each in changed
    )
    # What was approved for another, or waited for it, is a draft again.
    Answer.objects.filter(appeal__in=given.assigned, sent_at=None).update(
        asked_by=None, asked_at=None, approved_by=None, approved_at=None
    )
    helpers = name_helpers(given.assigned)
    Entry.objects.bulk_create(
        Entry(
            appeal=each,
            kind=kind,
            by=by,
            at=now,
            words=", ".join(dict.fromkeys([department.name, *helpers[each.pk]])),
        )
        for kind, rows in (
            (Entry.Kind.ACCEPTED, given.accepted),
            (Entry.Kind.ASSIGNED, given.assigned),
        )
        for each in rows
    )
    for each in given.accepted:
        emit(AppealAccepted(each.pk, by.pk))
    for each in given.assigned:
        emit(AppealAssigned(each.pk, by.pk))


def name_helpers(appeals: list[Appeal]) -> dict[int, list[str]]:
    """Names of the departments that help with each: one query."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Executor.objects.filter(appeal__in=appeals, is_main=False).select_related("department")
    for row in rows:
        found[row.appeal_id].append(row.department.name)
    return found


def load_involved_of(appeals: list[Appeal]) -> dict[int, Involved]:
    """People who have to do with each, as queries.load_involved of one: three queries for all."""
    offices = load_involved().offices
    executors: dict[int, set[int]] = defaultdict(set)
    for pk, department_id in Executor.objects.filter(appeal__in=appeals).values_list(
        "appeal", "department"
    ):
        executors[pk].add(department_id)
    about = {each.about_person_id for each in appeals} - {None}
    headed: dict[int | None, set[int]] = defaultdict(set)
    held = Grant.objects.in_force().filter(user__in=about, role=StaffRole.HEAD)
    for person_id, department_id in held.values_list("user", "department"):
        if department_id is not None:
            headed[person_id].add(department_id)
    return {
        each.pk: Involved(
            offices, frozenset(executors[each.pk]), frozenset(headed[each.about_person_id])
        )
        for each in appeals
    }
