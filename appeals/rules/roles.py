"""Rules of roles: applicant, office, executor, officer and head of an appeal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.models.staff import StaffRole
from accounts.rules import act
from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody
    from appeals.models import Appeal

OFFICE_ONLY = refuse("appeal.office_only", _("Only the office that registers appeals may do this."))
EXECUTORS_ONLY = refuse(
    "appeal.executors_only", _("Only those who consider this appeal may do this.")
)
RESPONSIBLE_ONLY = refuse(
    "appeal.responsible_only", _("Only an officer of the responsible department may do this.")
)
HEADS_ONLY = refuse("appeal.heads_only", _("Only a head may decide this."))
OFFICE_HEADS_ONLY = refuse(
    "appeal.office_heads_only",
    _("Only a head of the office that registers appeals may decide this (393/96-ВР art. 8)."),
)
NOT_ABOUT_ONESELF = refuse(
    "appeal.about_oneself",
    _("The complaint is about you: somebody else considers it (393/96-ВР art. 7)."),
)
NOT_ABOUT_ONES_DEPARTMENT = refuse(
    "appeal.about_ones_department",
    _("The complaint is about your department: another one considers it (393/96-ВР art. 7)."),
)
NOT_ONES_OWN = refuse("appeal.ones_own", _("You are its applicant: somebody else considers it."))


@dataclass(frozen=True, slots=True)
class Involved:
    """The departments that have to do with an appeal: those that register all, and its own.

    ``headed``: those whose head a complaint is about: it is not given to them either.
    """

    offices: frozenset[int]
    executors: frozenset[int] = frozenset()
    headed: frozenset[int] = frozenset()


def own(user: Anybody, appeal: Appeal, *, holds_secret: bool = False) -> Verdict:
    """Do what is the applicant's alone: its author, or who came by its secret."""
    if holds_secret and not user.is_authenticated:
        return ALLOWED
    mine = holds_secret or (appeal.author_id is not None and appeal.author_id == user.pk)
    return act(user) and refuse_unless(
        mine, "appeal.not_yours", _("Only the applicant may do this.")
    )


def register(user: Anybody, involved: Involved) -> Verdict:
    """Register what came on paper or by word of mouth, keep the journal: the office."""
    may = user.is_authenticated and any(map(user.keeps_record_of, involved.offices))
    return act(user) and (ALLOWED if may or _administers(user) else OFFICE_ONLY)


def office(user: Anybody, appeal: Appeal, involved: Involved) -> Verdict:
    """Do with one what the office does."""
    return register(user, involved) and _impartial(user, appeal)


def work(user: Anybody, appeal: Appeal, involved: Involved) -> Verdict:
    """Read it on the desk, note and draft: the office, and the departments that execute it."""
    if office(user, appeal, involved):
        return ALLOWED
    may = user.is_authenticated and any(
        user.keeps_record_of(department, appeal.topic) for department in (*involved.executors, None)
    )
    return act(user) and (ALLOWED if may else EXECUTORS_ONLY) and _impartial(user, appeal)


def respond(user: Anybody, appeal: Appeal, involved: Involved) -> Verdict:
    """Deal with the applicant in the council's name: the office, and officers and the head of the
    responsible department."""
    if office(user, appeal, involved):
        return ALLOWED
    may = user.is_authenticated and user.speaks_for(appeal.department_id, appeal.topic)
    return act(user) and (ALLOWED if may else RESPONSIBLE_ONLY) and _impartial(user, appeal)


def decide(user: Anybody, appeal: Appeal, involved: Involved) -> Verdict:
    """Decide what the law leaves to a head (393/96-ВР arts 15, 20): the heads of the office and of
    the responsible department."""
    departments = {*involved.offices, appeal.department_id} - {None}
    may = user.is_authenticated and (_administers(user) or any(map(user.heads, departments)))
    return act(user) and (ALLOWED if may else HEADS_ONLY) and _impartial(user, appeal)


def dismiss(user: Anybody, appeal: Appeal, involved: Involved) -> Verdict:
    """Decide not to consider it, as the head of the body does (393/96-ВР art. 8): the heads of the
    office alone. An administrator is none, nor is the head of a department that executes it."""
    heads = user.departments_as(StaffRole.HEAD) if user.is_authenticated else frozenset()
    may = ALLOWED if heads & involved.offices else OFFICE_HEADS_ONLY
    return act(user) and may and _impartial(user, appeal)


def resolve(user: Anybody, appeal: Appeal, involved: Involved) -> Verdict:
    """Say who executes it: the office, and the head of the responsible department."""
    verdict = office(user, appeal, involved)
    return ALLOWED if verdict or decide(user, appeal, involved) else verdict


def _administers(user: Anybody) -> bool:
    return user.is_authenticated and user.is_administrator


def _impartial(user: Anybody, appeal: Appeal) -> Verdict:
    """Neither by them nor about them, for whom they stand in or a department of theirs, whatever
    else they are (393/96-ВР art. 7). ``AppealQuerySet.worked_on_by`` says the same."""
    if not user.is_authenticated:
        return ALLOWED
    if appeal.author_id == user.pk:
        return NOT_ONES_OWN
    if appeal.about_person_id is not None and appeal.about_person_id in user.acts_for:
        return NOT_ABOUT_ONESELF
    if appeal.about_department_id is not None and appeal.about_department_id in user.belongs_to:
        return NOT_ABOUT_ONES_DEPARTMENT
    return ALLOWED
