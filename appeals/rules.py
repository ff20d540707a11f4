"""Rules of roles: applicant, office, executor, officer and head of an appeal."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import act
from accounts.staff.models import StaffRole
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
BODY_HEAD_ONLY = refuse(
    "appeal.body_head_only",
    _("Only the head of the body may decide this (393/96-ВР art. 8): ask them to."),
)
LEADERS_ONLY = refuse(
    "appeal.leaders_only",
    _("Only the head of the body or a deputy may decide this (393/96-ВР art. 20): ask them to."),
)
NO_BODY_HEAD = refuse(
    "appeal.no_body_head",
    _(
        "Nobody is named as the head of the body, who alone decides this (393/96-ВР art. 8): an "
        "administrator gives this role on the page «Who works for the council»."
    ),
)
NO_LEADER = refuse(
    "appeal.no_leader",
    _(
        "Nobody is named as the head of the body or a deputy, who alone decide this (393/96-ВР "
        "art. 20): an administrator gives these roles on the page «Who works for the council»."
    ),
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
    """Read it on the desk, note and draft: the office, the departments that execute it, and the
    head of the body and their deputies once they were asked to decide about it."""
    if office(user, appeal, involved):
        return ALLOWED
    is_asked = appeal.decision_asked_at is not None
    may = user.is_authenticated and (
        (is_asked and user.leads_body())
        or any(
            user.keeps_record_of(department, appeal.topic)
            for department in (*involved.executors, None)
        )
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
    """Decide what a head answers for (393/96-ВР art. 15; 2939-VI arts 20, 22): the heads of the
    office and of the responsible department."""
    departments = {*involved.offices, appeal.department_id} - {None}
    may = user.is_authenticated and (_administers(user) or any(map(user.heads, departments)))
    return act(user) and (ALLOWED if may else HEADS_ONLY) and _impartial(user, appeal)


def dismiss(user: Anybody, appeal: Appeal, leaders: Collection[str]) -> Verdict:
    """Decide not to consider it: the head of the body («керівник органу», 393/96-ВР art. 8) or who
    stands in for them. No department's head does, nor a deputy or an administrator.

    ``leaders``: the roles of accounts.staff.models.LEADERS that somebody holds now.
    """
    if user.is_authenticated and user.leads_body(StaffRole.BODY_HEAD):
        return act(user) and _impartial(user, appeal)
    return act(user) and (BODY_HEAD_ONLY if StaffRole.BODY_HEAD in leaders else NO_BODY_HEAD)


def lengthen(
    user: Anybody, appeal: Appeal, involved: Involved, leaders: Collection[str]
) -> Verdict:
    """Set a longer term: of an appeal the head of the body or a deputy («керівник відповідного
    органу або його заступник», 393/96-ВР art. 20), of a request a head (2939-VI art. 20(4))."""
    if appeal.is_request:
        return decide(user, appeal, involved)
    if user.is_authenticated and user.leads_body():
        return act(user) and _impartial(user, appeal)
    return act(user) and (LEADERS_ONLY if leaders else NO_LEADER)


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
