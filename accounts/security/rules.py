"""Who may change second factors. Pure: the facts are passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import STAFF_ONLY, act
from core.domain.rules import ALLOWED, Verdict, refuse

if TYPE_CHECKING:
    from accounts.models import Anybody, User

#: Passkeys that one person may keep.
MOST_PASSKEYS = 10

SECOND_FACTOR = refuse(
    "account.second_factor",
    _("Who works for the council confirms this with a second factor first."),
    way="account_factor_needed",
)
WRONG_CODE = refuse("account.wrong_code", _("This code is not right, or it was used already."))


def work(user: Anybody) -> Verdict:
    """Do anything for the council: staff, in a session that has shown a second factor.

    What exactly, the grants in force say; they are none without the factor. This is the rule for
    operations that should name the reason (``account.second_factor``).
    """
    verdict = act(user)
    if not verdict or not user.is_authenticated:
        return verdict
    if not user.is_staff:
        return STAFF_ONLY
    return ALLOWED if user.second_factored else SECOND_FACTOR


def add_app(user: User, *, has_app: bool) -> Verdict:
    """Connect an authenticator app: one at a time."""
    verdict = act(user)
    if verdict and has_app:
        return refuse("account.has_app", _("An app is connected already. Disconnect it first."))
    return verdict


def add_passkey(user: User, *, passkeys: int) -> Verdict:
    """Add a passkey: MOST_PASSKEYS at most."""
    verdict = act(user)
    if verdict and passkeys >= MOST_PASSKEYS:
        return refuse("account.passkeys_full", _("There are too many passkeys. Remove one first."))
    return verdict


def remove_factor(user: User, *, others: int) -> Verdict:
    """Give up an app or a passkey; ``others``: how many of them stay. Staff keep one."""
    verdict = act(user)
    if verdict and user.is_staff and others == 0:
        return refuse(
            "account.last_factor",
            _("Who works for the council needs a second factor. Add another one first."),
        )
    return verdict


def renew_codes(user: User, *, factors: int) -> Verdict:
    """Make recovery codes: for whoever has something to recover."""
    verdict = act(user)
    if verdict and factors == 0:
        return refuse(
            "account.no_factor", _("Recovery codes come with a second factor: add one first.")
        )
    return verdict


def reset_factors(by: Anybody, user: User) -> Verdict:
    """Take all second factors from somebody who has lost them: administrators, not themselves."""
    verdict = act(by)
    if not verdict or not by.is_authenticated:
        return verdict
    if not by.is_administrator:
        return refuse("account.not_administrator", _("Only an administrator may do this."))
    if by.pk == user.pk:
        return refuse("account.oneself", _("You cannot do this to your own account."))
    return ALLOWED
