"""Who may give and take roles, and name a cover. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.models import LONGEST_EMERGENCY, StaffRole
from accounts.models.staff import OF_DEPARTMENTS
from accounts.rules import act
from core.domain.rules import ALLOWED, Verdict, refuse

if TYPE_CHECKING:
    from accounts.models import Absence, Anybody, Grant, User

LAST_ADMINISTRATOR = refuse(
    "staff.last_administrator",
    _("This is the last administrator: give the role to somebody else first."),
)


def see(by: Anybody) -> Verdict:
    """See who holds what, and the history of it: administrators."""
    verdict = act(by)
    if not verdict or not by.is_authenticated:
        return verdict
    if not by.is_administrator:
        return refuse("account.not_administrator", _("Only an administrator may do this."))
    return ALLOWED


def see_person(by: Anybody, user: User) -> Verdict:
    """See what one person holds: administrators, and herself when she works for the council."""
    verdict = act(by)
    if verdict and by.is_authenticated and by.pk == user.pk and by.grants_in_force:
        return ALLOWED
    return see(by)


def grant(
    by: Anybody, user: User, *, role: str, department_id: int | None, scope: str = ""
) -> Verdict:
    """Administrators give roles, never to themselves, only to those who may act."""
    verdict = over(by, user)
    if not verdict:
        return verdict
    if not user.is_active:
        return refuse("staff.suspended", _("This account is suspended."))
    return fits(role, department_id, scope)


def fits(role: str, department_id: int | None, scope: str = "") -> Verdict:
    """Whether the role, the department and the one thing go together."""
    if role not in StaffRole.values:
        return refuse("staff.no_such_role", _("There is no such role."))
    if role == StaffRole.ADMINISTRATOR and (department_id is not None or scope):
        return refuse(
            "staff.administrator_of_everything",
            _("An administrator is one of everything: name no department."),
        )
    if role == StaffRole.MODERATOR and department_id is not None and not scope:
        return refuse(
            "staff.moderator_of_department",
            _("A moderator is one of everything or of one consultation, not of a department."),
        )
    if role in OF_DEPARTMENTS and department_id is None and not scope:
        return refuse("staff.department_missing", _("An officer or secretary needs a department."))
    return ALLOWED


def revoke(by: Anybody, grant: Grant) -> Verdict:
    """Administrators take roles back, not their own; what is over stays as it was."""
    verdict = over(by, grant.user)
    return still_held(grant) if verdict else verdict


def still_held(grant: Grant) -> Verdict:
    """It can be revoked once."""
    if grant.revoked_at is not None:
        return refuse("staff.revoked_already", _("This role has been revoked already."))
    return ALLOWED


def explained(reason: str) -> Verdict:
    """Each change says why."""
    if not reason.strip():
        return refuse("staff.reason_missing", _("Please give the reason."))
    return ALLOWED


def lasts(starts_at: datetime, ends_at: datetime | None, *, now: datetime) -> Verdict:
    """It ends after it starts, and not in the past."""
    if ends_at is not None and ends_at <= max(starts_at, now):
        return refuse("staff.ends_too_early", _("The last day must be today or later."))
    return ALLOWED


def over(by: Anybody, user: User) -> Verdict:
    """Decide at all what somebody does for the council: administrators, not of themselves."""
    verdict = see(by)
    if verdict and by.pk == user.pk:
        return refuse("account.oneself", _("You cannot do this to your own account."))
    return verdict


def break_glass(user: User, *, hours: int, reason: str) -> Verdict:
    """Whoever runs the server makes somebody administrator for at most 24 hours, saying why."""
    most = LONGEST_EMERGENCY.total_seconds() // 3600
    if not 1 <= hours <= most:
        return refuse(
            "staff.hours", _("Give a whole number of hours from 1 to %(most)d.") % {"most": most}
        )
    if not user.is_active:
        return refuse("staff.suspended", _("This account is suspended."))
    if user.is_administrator:
        return refuse("staff.administrator_already", _("This person is an administrator already."))
    return explained(reason)


def may_be_covered(by: Anybody, absent: User) -> Verdict:
    """Name a cover at all: for oneself, an administrator for anybody, of what one holds oneself."""
    verdict = see_person(by, absent)
    if not verdict:
        return verdict
    if not any(grant.user_id == absent.pk for grant in absent.grants_in_force):
        return refuse(
            "staff.nothing_to_cover",
            _("Only what one holds oneself can be covered, and nothing is held now."),
        )
    return ALLOWED


def name_cover(by: Anybody, absent: User, cover: User) -> Verdict:
    """One names one's own cover, an administrator anybody's: a colleague who may act.

    ``absent`` and ``cover`` carry their grants in force.
    """
    verdict = may_be_covered(by, absent)
    if not verdict:
        return verdict
    if absent.pk == cover.pk:
        return refuse("staff.covers_herself", _("Name somebody else: nobody covers herself."))
    if not cover.is_active or not any(g.user_id == cover.pk for g in cover.grants_in_force):
        return refuse(
            "staff.not_a_colleague", _("Only somebody who works for the council can stand in.")
        )
    return ALLOWED


def touch_cover(by: Anybody, absence: Absence) -> Verdict:
    """See and end a cover: the absent person, her cover, and administrators."""
    verdict = act(by)
    concerned = (absence.absent_id, absence.cover_id)
    if verdict and by.is_authenticated and by.pk in concerned and by.grants_in_force:
        return ALLOWED
    return see(by)


def end_cover(by: Anybody, absence: Absence, *, now: datetime) -> Verdict:
    """End it before its time: whoever may touch it."""
    verdict = touch_cover(by, absence)
    if not verdict:
        return verdict
    if absence.ended_at is not None or absence.ends_at <= now:
        return refuse("staff.cover_over", _("This cover is over already."))
    return ALLOWED
