"""Revoking roles and naming a cover together with handing the work over: all of it or nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from accounts.hand_overs.actions import hand_over
from accounts.hand_overs.models import HandOver
from accounts.models import Absence, Grant, User
from accounts.staff import actions as staff
from accounts.staff import rules
from accounts.staff.open_work import Holder, WorkItem
from city.lists.actions import close
from city.models import Department
from core.domain.actions import action
from core.domain.rules import require


def revoke_all(
    grants: Collection[Grant],
    *,
    whose: User,
    by: User,
    reason: str,
    chosen: Mapping[WorkItem, Holder],
) -> HandOver | None:
    """Take roles of one person back and pass what was chosen of their open work on.

    A role for one thing that passes to somebody is revoked by that. Refuses by
    staff.rules.leave, actions.hand_over and staff.actions.revoke. Emits WorkHandedOver and
    GrantRevoked.
    """
    with action():
        require(rules.leave(by, whose, grants))
        passed = hand_over(chosen, by=by, occasion=HandOver.Occasion.REVOKED, person=whose)
        roles = {item.number for item in chosen if item.kind == "role"}
        for held in grants:
            if held.pk not in roles:
                staff.revoke(held, by=by, reason=reason)
        return passed


def name_cover(
    absent: User, *, by: User, chosen: Mapping[WorkItem, Holder], **facts: Any
) -> tuple[Absence, HandOver | None]:
    """Name who stands in, and pass what was chosen of the open work on to somebody for good.

    ``facts``: as staff.actions.name_cover takes them; work that was not chosen stays in the absent
    person's name, and the stand-in may do it. Refuses by both. Emits CoverNamed, WorkHandedOver.
    """
    with action():
        passed = None
        if chosen:  # the absent person names a cover too, and hands nothing over
            passed = hand_over(chosen, by=by, occasion=HandOver.Occasion.ABSENT, person=absent)
        return staff.name_cover(absent, by=by, **facts), passed


def close_department(
    department: Department, *, by: User, chosen: Mapping[WorkItem, Holder]
) -> HandOver | None:
    """Pass what was chosen of a department's open work on, and close it.

    Refuses by actions.hand_over and city.lists.actions.close. Emits WorkHandedOver, CityChanged.
    """
    with action():
        closed = HandOver.Occasion.CLOSED
        passed = hand_over(chosen, by=by, occasion=closed, department=department)
        close(department, by=by)
        return passed
