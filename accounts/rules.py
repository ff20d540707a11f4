"""Who may do what to accounts. Pure: the facts are passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import ALLOWED, Verdict, refuse

if TYPE_CHECKING:
    from accounts.models import Anybody, User

SIGN_IN = refuse("account.sign_in", _("Please sign in first."))
SUSPENDED = refuse("account.suspended", _("Your account is suspended."))
STAFF_ONLY = refuse("desk.staff_only", _("This page is for those who work for the council."))


def act(user: Anybody) -> Verdict:
    """Do anything in one's own name: signed in and not suspended."""
    if not user.is_authenticated:
        return SIGN_IN
    return ALLOWED if user.is_active else SUSPENDED


def use_desk(user: Anybody) -> Verdict:
    """See the council's desk, and what of it is for all staff: whoever holds a role, in a session
    that has shown a second factor."""
    verdict = act(user)
    if not verdict:
        return verdict
    if user.is_anonymous or not user.grants_in_force:
        return STAFF_ONLY
    return ALLOWED


def suspend(by: Anybody, user: User, *, reason: str) -> Verdict:
    """Moderators (of everything) suspend residents, administrators anybody; nobody themselves."""
    verdict = _over(by, user)
    if not verdict:
        return verdict
    if not user.is_active:
        return refuse("account.already_suspended", _("The account is suspended already."))
    if not reason.strip():
        return refuse("account.reason_missing", _("Please give the reason."))
    return ALLOWED


def reinstate(by: Anybody, user: User) -> Verdict:
    """Whoever may suspend the person may also let her back."""
    verdict = _over(by, user)
    if verdict and user.is_active:
        return refuse("account.not_suspended", _("The account is not suspended."))
    return verdict


def agree(user: Anybody, *, version: str, current: str) -> Verdict:
    """Agree to a document: to the version in force, as it was shown."""
    verdict = act(user)
    if verdict and version != current:
        return refuse(
            "account.document_changed", _("The document has changed. Please read it again.")
        )
    return verdict


def _over(by: Anybody, user: User) -> Verdict:
    verdict = act(by)
    if not verdict or not by.is_authenticated:
        return verdict
    if not by.moderates():
        return refuse("account.not_moderator", _("Only a moderator may do this."))
    if by.pk == user.pk:
        return refuse("account.oneself", _("You cannot do this to your own account."))
    if user.is_staff and not by.is_administrator:
        return refuse(
            "account.staff", _("Only an administrator may suspend somebody of the council.")
        )
    return ALLOWED
