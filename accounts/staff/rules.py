"""Rules of giving and taking roles, and of naming a cover. Pure: the facts are passed in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.models import LONGEST_EMERGENCY, StaffRole
from accounts.rules import STAFF_ONLY, act, administer, be_another
from accounts.staff.models import LEADERS, OF_DEPARTMENTS
from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Absence, Anybody, Grant, User

LAST_ADMINISTRATOR = refuse(
    "staff.last_administrator",
    _("This is the last administrator: give the role to somebody else first."),
)


def see(by: Anybody) -> Verdict:
    """See who holds what, and the history of it: administrators."""
    return administer(by)


def see_person(by: Anybody, user: User) -> Verdict:
    """See what one person holds: administrators, and that person when they work for the council."""
    return _be_one_of(by, user.pk) or see(by)


def grant(
    by: Anybody, user: User, *, role: str, department_id: int | None, scope: str = ""
) -> Verdict:
    """Administrators give roles, never to themselves, only to those who may act and have a name."""
    return (
        over(by, user) and _be_active(user) and be_named(user) and fits(role, department_id, scope)
    )


def be_named(user: User) -> Verdict:
    """Whoever works for the council is called something: what they decide stands under it."""
    return refuse_unless(
        user.given_name,
        "staff.nameless",
        _(
            "This account has no name yet. Ask the person to write it under “My account”, “Name "
            "and language”; then give the role."
        ),
    )


def fits(role: str, department_id: int | None, scope: str = "") -> Verdict:
    """Whether the role, the department and the one thing go together."""
    return (
        refuse_unless(role in StaffRole.values, "staff.no_such_role", _("There is no such role."))
        and refuse_unless(
            role != StaffRole.ADMINISTRATOR or (department_id is None and not scope),
            "staff.administrator_of_everything",
            _("An administrator is one of everything: name no department."),
        )
        and refuse_unless(
            role != StaffRole.MODERATOR or department_id is None or scope,
            "staff.moderator_of_department",
            _("A moderator is one of everything or of one consultation, not of a department."),
        )
        and refuse_unless(
            role not in LEADERS or (department_id is None and not scope),
            "staff.leader_of_everything",
            _("The head of the body and their deputies are of all of it: name no department."),
        )
        and refuse_unless(
            role not in OF_DEPARTMENTS or department_id is not None or scope,
            "staff.department_missing",
            _("A head, officer or secretary needs a department."),
        )
    )


def check_post(role: str, post: str, post_genitive: str) -> Verdict:
    """The post that letters print: the head of the body and their deputies have one, and every post
    is written in both cases."""
    return refuse_unless(
        role not in LEADERS or post.strip(),
        "staff.post_missing",
        _("Write the post: letters print it (393/96-ВР arts 8, 20)."),
        field="post",
    ) and refuse_unless(
        bool(post.strip()) == bool(post_genitive.strip()),
        "staff.post_in_both_cases",
        _("Write the post in the nominative and in the genitive, or in neither."),
        field="post_genitive",
    )


def revoke(by: Anybody, grant: Grant) -> Verdict:
    """Administrators take roles back, not their own; what is over stays as it was."""
    return over(by, grant.user) and still_held(grant)


def leave(by: Anybody, user: User, grants: Collection[Grant]) -> Verdict:
    """Take all roles of somebody back: as each of them, and there is one."""
    return over(by, user) and refuse_unless(
        grants, "staff.holds_nothing", _("This person holds no role now.")
    )


def still_held(grant: Grant) -> Verdict:
    """It can be revoked once."""
    return refuse_unless(
        grant.revoked_at is None,
        "staff.revoked_already",
        _("This role has been revoked already."),
    )


def check_reason(reason: str) -> Verdict:
    """Each change says why."""
    return refuse_unless(reason.strip(), "staff.reason_missing", _("Please give the reason."))


def lasts(starts_at: datetime, ends_at: datetime | None, *, now: datetime) -> Verdict:
    """It ends after it starts, and not in the past."""
    return refuse_unless(
        ends_at is None or ends_at > max(starts_at, now),
        "staff.ends_too_early",
        _("The last day must be today or later."),
    )


def over(by: Anybody, user: User) -> Verdict:
    """Decide at all what somebody does for the council: administrators, not of themselves."""
    return see(by) and be_another(by, user)


def _be_active(user: User) -> Verdict:
    return refuse_unless(user.is_active, "staff.suspended", _("This account is suspended."))


def _be_one_of(by: Anybody, *concerned: int) -> Verdict:
    """Be one of these people, and work for the council."""
    works_here = by.is_authenticated and by.pk in concerned and bool(by.grants_in_force)
    return act(by) and (ALLOWED if works_here else STAFF_ONLY)


def break_glass(user: User, *, hours: int, reason: str) -> Verdict:
    """Whoever runs the server makes somebody administrator for at most 24 hours, saying why."""
    most = LONGEST_EMERGENCY.total_seconds() // 3600
    return (
        refuse_unless(
            1 <= hours <= most,
            "staff.hours",
            _("Give a whole number of hours from 1 to %(most)d.") % {"most": most},
        )
        and _be_active(user)
        and be_named(user)
        and refuse_unless(
            not user.is_administrator,
            "staff.administrator_already",
            _("This person is an administrator already."),
        )
        and check_reason(reason)
    )


def may_be_covered(by: Anybody, absent: User) -> Verdict:
    """Name a cover at all: for oneself, an administrator for anybody, of what one holds oneself."""
    return see_person(by, absent) and refuse_unless(
        _holds_something(absent),
        "staff.nothing_to_cover",
        _("Only what one holds oneself can be covered, and nothing is held now."),
    )


def name_cover(by: Anybody, absent: User, cover: User) -> Verdict:
    """One names one's own cover, an administrator anybody's: a colleague who may act.

    ``absent`` and ``cover`` carry their grants in force.
    """
    return (
        may_be_covered(by, absent)
        and refuse_unless(
            absent.pk != cover.pk,
            "staff.covers_herself",
            _("Name somebody else: nobody covers themselves."),
        )
        and refuse_unless(
            cover.is_active and _holds_something(cover),
            "staff.not_a_colleague",
            _("Only somebody who works for the council can stand in."),
        )
    )


def _holds_something(user: User) -> bool:
    """Whether a grant in force is their own, not one that they stand in for."""
    return any(grant.user_id == user.pk for grant in user.grants_in_force)


def touch_cover(by: Anybody, absence: Absence) -> Verdict:
    """See and end a cover: the absent person, their cover, and administrators."""
    return _be_one_of(by, absence.absent_id, absence.cover_id) or see(by)


def end_cover(by: Anybody, absence: Absence, *, now: datetime) -> Verdict:
    """End it before its time: whoever may touch it."""
    return touch_cover(by, absence) and refuse_unless(
        absence.ended_at is None and absence.ends_at > now,
        "staff.cover_over",
        _("This cover is over already."),
    )
