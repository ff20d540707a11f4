"""Rules of inviting somebody to work for the council. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.models import StaffRole
from accounts.rules import act, administer, sign_with_name
from accounts.security.rules import SECOND_FACTOR
from accounts.staff import rules as staff
from core.domain.email_addresses import to_comparable
from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody, StaffInvitation

REVOKED = refuse("staff_invitation.revoked", _("This invitation was taken back."))


def invite(
    by: Anybody,
    *,
    email: str,
    role: str,
    department_id: int | None,
    scope: str = "",
    post: str = "",
    post_genitive: str = "",
    reason: str = "",
) -> Verdict:
    """Administrators invite to any role but their own. Whether there is an account with the
    address is not asked: known and unknown ones are answered alike."""
    own = by.email if by.is_authenticated else ""
    return (
        administer(by)
        and refuse_unless(
            role != StaffRole.ADMINISTRATOR,
            "staff_invitation.administrator",
            _("Nobody becomes an administrator by mail. Give that role to an account."),
            field="role",
        )
        and refuse_unless(
            to_comparable(own or "") != to_comparable(email),
            "account.oneself",
            _("You cannot do this to your own account."),
        )
        and staff.fits(role, department_id, scope)
        and staff.check_post(role, post, post_genitive)
        and staff.check_reason(reason)
    )


def revoke(by: Anybody, invitation: StaffInvitation) -> Verdict:
    """Take an invitation back before it is accepted: administrators."""
    return administer(by) and still_open(invitation)


def still_open(invitation: StaffInvitation) -> Verdict:
    """Neither accepted nor taken back."""
    return refuse_unless(
        invitation.accepted_at is None,
        "staff_invitation.used",
        _("This invitation has been used already."),
    ) and (ALLOWED if invitation.revoked_at is None else REVOKED)


def meet(
    user: Anybody, invitation: StaffInvitation, *, is_confirmed: bool, now: datetime
) -> Verdict:
    """Be the one who is invited: once, in time, signed in with the address to which the mail went.

    ``is_confirmed``: the account has proved that its address is theirs.
    """
    email = user.email if user.is_authenticated else ""
    return (
        act(user)
        and still_open(invitation)
        and refuse_unless(
            invitation.expires_at > now,
            "staff_invitation.expired",
            _("This invitation is too old. Ask for another one."),
        )
        and refuse_unless(
            is_confirmed and to_comparable(email or "") == to_comparable(invitation.email),
            "staff_invitation.other_address",
            _(
                "The invitation went to another e-mail address than the one of your account. Sign "
                "in with that address, or ask to be invited by the address that you use here."
            ),
        )
    )


def accept(
    user: Anybody, invitation: StaffInvitation, *, is_confirmed: bool, now: datetime
) -> Verdict:
    """Accept: whoever ``meet`` lets, with a second factor shown in this session, and a name."""
    has_shown_factor = user.is_authenticated and user.second_factored
    return (
        meet(user, invitation, is_confirmed=is_confirmed, now=now)
        and (ALLOWED if has_shown_factor else SECOND_FACTOR)
        and sign_with_name(user)
    )
