"""Rules of accounts. Pure: the facts are passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody, User

SIGN_IN = refuse("account.sign_in", _("Please sign in first."))
SUSPENDED = refuse("account.suspended", _("Your account is suspended."))
NAME_MISSING = refuse(
    "account.name_missing",
    _("Please give your name first."),
    way="account_profile",
)
STAFF_ONLY = refuse("desk.staff_only", _("This page is for those who work for the council."))


def act(user: Anybody) -> Verdict:
    """Do anything in one's own name: signed in and not suspended."""
    if not user.is_authenticated:
        return SIGN_IN
    return ALLOWED if user.is_active else SUSPENDED


def sign_with_name(user: Anybody) -> Verdict:
    """Do what stands under one's name: whoever ``act`` lets and has said what they are called. An
    account begins without a name (ADR 119)."""
    verdict = act(user)
    if not verdict or not user.is_authenticated or user.given_name:
        return verdict
    return NAME_MISSING


def use_desk(user: Anybody) -> Verdict:
    """See the council's desk, and what of it is for all staff: whoever holds a role, in a session
    that has shown a second factor."""
    works_here = user.is_authenticated and bool(user.grants_in_force)
    return act(user) and (ALLOWED if works_here else STAFF_ONLY)


def administer(user: Anybody) -> Verdict:
    """Do what administrators alone do."""
    return act(user) and refuse_unless(
        user.is_authenticated and user.is_administrator,
        "account.not_administrator",
        _("Only an administrator may do this."),
    )


def be_another(by: Anybody, user: Anybody) -> Verdict:
    """Refuse to do to one's own account what one may do to others."""
    return refuse_unless(
        by.pk != user.pk, "account.oneself", _("You cannot do this to your own account.")
    )


def suspend(by: Anybody, user: User, *, reason: str) -> Verdict:
    """Moderators (of everything) suspend residents, administrators anybody; nobody themselves."""
    return (
        _moderate(by, user)
        and refuse_unless(
            user.is_active, "account.already_suspended", _("The account is suspended already.")
        )
        and refuse_unless(reason.strip(), "account.reason_missing", _("Please give the reason."))
    )


def reinstate(by: Anybody, user: User) -> Verdict:
    """Whoever may suspend the person may also let them back."""
    return _moderate(by, user) and refuse_unless(
        not user.is_active, "account.not_suspended", _("The account is not suspended.")
    )


def agree(user: Anybody, *, version: str, current: str) -> Verdict:
    """Agree to a document: to the version in force, as it was shown."""
    return act(user) and refuse_unless(
        version == current,
        "account.document_changed",
        _("The document has changed. Please read it again."),
    )


def _moderate(by: Anybody, user: User) -> Verdict:
    return (
        act(by)
        and refuse_unless(
            by.is_authenticated and by.moderates(),
            "account.not_moderator",
            _("Only a moderator may do this."),
        )
        and be_another(by, user)
        and refuse_unless(
            not user.is_staff or administer(by),
            "account.staff",
            _("Only an administrator may suspend somebody of the council."),
        )
    )
