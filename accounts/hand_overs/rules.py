"""Rules of handing work over. Pure: the facts are passed in."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import administer
from accounts.staff.open_work import Holder
from accounts.staff.rules import over
from core.domain.rules import Verdict, refuse, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody, User

ACTED_ON = refuse("hand_over.acted_on", _("The new one has acted on it: it stays with them."))


def hand_over(by: Anybody, person: User | None) -> Verdict:
    """Hand over the work of ``person``, None: of a department. Whoever may revoke their roles, or
    close the department: administrators, never their own."""
    return administer(by) if person is None else over(by, person)


def take(
    taker: Holder,
    giver: Holder,
    *,
    open_departments: Collection[int],
    holders: Collection[tuple[int, int | None, str]],
    scope: str = "",
) -> Verdict:
    """Take work by a role in the department, which is open, or for the thing that ``scope`` names.

    ``holders``: people whose role suffices, each with their department or with the one thing.
    """
    of_department = (taker.person_id, taker.department_id, "") in holders
    of_thing = bool(scope) and (taker.person_id, None, scope) in holders
    return (
        refuse_unless(
            taker != giver, "hand_over.same", _("It is theirs already: choose somebody else.")
        )
        and refuse_unless(
            taker.department_id in open_departments,
            "hand_over.department_closed",
            _("This department is closed: choose another one."),
        )
        and refuse_unless(
            taker.person_id is None or of_department or of_thing,
            "hand_over.no_role",
            _("This person is neither head nor officer of that department: give the role first."),
        )
    )
