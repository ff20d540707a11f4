"""Rules of registering people at an office and of codes on paper. Pure: facts are passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.residence.rules import look_up, serve
from core.domain.rules import Verdict, refuse, refuse_unless

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
    return look_up(by) and refuse_unless(
        not known,
        "paper.known",
        _("Somebody of this name has this telephone already: look the person up instead."),
    )


def give_sheet(by: Anybody, user: User) -> Verdict:
    """Give a resident a sheet of codes; who works for the council signs in with a second factor."""
    return serve(by, user) and refuse_unless(
        not user.is_staff,
        "paper.staff",
        _("Who works for the council does not sign in by codes on paper."),
    )
