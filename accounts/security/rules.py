"""Rules of changing second factors. Pure: the facts are passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import STAFF_ONLY, act, administer, be_another
from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless

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
    is_staff = user.is_authenticated and user.is_staff
    has_shown_factor = user.is_authenticated and user.second_factored
    return (
        act(user)
        and (ALLOWED if is_staff else STAFF_ONLY)
        and (ALLOWED if has_shown_factor else SECOND_FACTOR)
    )


def add_app(user: User, *, has_app: bool) -> Verdict:
    """Connect an authenticator app: one at a time."""
    return act(user) and refuse_unless(
        not has_app,
        "account.has_app",
        _("An app is connected already. Disconnect it first."),
    )


def add_passkey(user: User, *, passkeys: int) -> Verdict:
    """Add a passkey: MOST_PASSKEYS at most."""
    return act(user) and refuse_unless(
        passkeys < MOST_PASSKEYS,
        "account.passkeys_full",
        _("There are too many passkeys. Remove one first."),
    )


def remove_factor(user: User, *, others: int) -> Verdict:
    """Give up an app or a passkey; ``others``: how many of them stay. Staff keep one."""
    return act(user) and refuse_unless(
        others or not user.is_staff,
        "account.last_factor",
        _("Who works for the council needs a second factor. Add another one first."),
    )


def renew_codes(user: User, *, factors: int) -> Verdict:
    """Make recovery codes: for whoever has something to recover."""
    return act(user) and refuse_unless(
        factors,
        "account.no_factor",
        _("Recovery codes come with a second factor: add one first."),
    )


def reset_factors(by: Anybody, user: User) -> Verdict:
    """Take all second factors from somebody who has lost them: administrators, not themselves."""
    return administer(by) and be_another(by, user)
