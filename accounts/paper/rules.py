"""Who may register people at an office and give them codes on paper. Pure: facts are passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.residence.rules import look_up
from core.domain.rules import ALLOWED, Verdict, refuse

if TYPE_CHECKING:
    from accounts.models import Anybody, User

#: The same words for a number that nobody has and for a code that is wrong, spent or void.
WRONG = refuse(
    "paper.wrong",
    _("The account number or the code is not right. Use the next code that is not crossed out."),
)


def register(by: Anybody, *, known: bool) -> Verdict:
    """Register somebody who has no e-mail: officers of a department and administrators.

    ``known``: there is somebody of this name and telephone already.
    """
    verdict = look_up(by)
    if verdict and known:
        return refuse(
            "paper.known",
            _("Somebody of this name has this telephone already: look the person up instead."),
        )
    return verdict


def give_sheet(by: Anybody, user: User) -> Verdict:
    """Give a resident a sheet of codes; who works for the council signs in with a second factor."""
    verdict = look_up(by)
    if not verdict:
        return verdict
    if by.pk == user.pk:
        return refuse("account.oneself", _("You cannot do this to your own account."))
    if not user.is_active:
        return refuse("people.inactive", _("This account is suspended or deleted."))
    if user.is_staff:
        return refuse(
            "paper.staff", _("Who works for the council does not sign in by codes on paper.")
        )
    return ALLOWED
