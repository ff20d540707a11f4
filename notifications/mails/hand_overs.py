"""Mails about work that was handed over, or went back: to both, and to heads of departments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from accounts.hand_overs.models import HandOver, HandOverRow
from accounts.hand_overs.queries import describe_rows
from accounts.models import StaffRole, User
from accounts.staff.events import WorkHandedOver, WorkTakenBack
from accounts.staff.models import SPEAKERS
from accounts.staff.open_work import Described, kind_of
from accounts.staff.queries import holders
from core.domain.events import within
from notifications.mails.contents import Context, mail
from notifications.sending.mail import defer

#: So many things a mail names; further ones stand at the desk.
_MOST = 50


@within(WorkHandedOver)
def work_handed_over(event: WorkHandedOver) -> None:
    _tell("accounts/work_handed_over", event.hand_over_id, but=event.by_id)


@within(WorkTakenBack)
def work_taken_back(event: WorkTakenBack) -> None:
    _tell("accounts/work_taken_back", event.hand_over_id, but=event.by_id)


def _tell(template: str, hand_over_id: int, *, but: int) -> None:
    """Tell the new ones, the former one, and the heads of the departments on both sides; of a
    department without a head that took something, its officers."""
    hand_over = HandOver.objects.get(pk=hand_over_id)
    rows = list(hand_over.rows.all())
    told = {row.to_person_id for row in rows} | {hand_over.person_id}
    took = {row.to_department_id for row in rows}
    for department_id in took | {row.from_department_id for row in rows}:
        heads = holders(StaffRole.HEAD, department_id=department_id) if department_id else []
        if not heads and department_id in took:
            heads = holders(*SPEAKERS, department_id=department_id)
        told |= set(heads)
    for user_id in sorted(pk for pk in told if pk not in (None, but)):
        defer(
            template,
            user_id=user_id,
            about=f"handover:{hand_over_id}",
            hand_over_id=hand_over_id,
        )


@mail("accounts/work_handed_over")
def _handed_over(user: User, *, hand_over_id: int) -> Context:
    rows = HandOverRow.objects.filter(hand_over=hand_over_id, taken_back_at=None)
    return _of_rows(user, hand_over_id, rows)


@mail("accounts/work_taken_back")
def _taken_back(user: User, *, hand_over_id: int) -> Context:
    rows = HandOverRow.objects.filter(hand_over=hand_over_id, taken_back_at__isnull=False)
    return _of_rows(user, hand_over_id, rows)


def _of_rows(user: User, hand_over_id: int, found: Iterable[HandOverRow]) -> Context:
    """The things passed, as the recipient may see them: by their numbers and titles, without
    applicants' names; whoever may see none of them reads how many they are."""
    hand_over = HandOver.objects.select_related("person", "department").get(pk=hand_over_id)
    rows = list(found)
    own = hand_over.person_id == user.pk
    if not own:
        rows = [row for row in rows if _concerns(row, user)]
    if not rows:
        return None
    described = describe_rows(rows, user)
    things: dict[Described, None] = dict.fromkeys(
        described[row.kind, row.object_id] for row in rows if (row.kind, row.object_id) in described
    )
    counts = Counter(str(kind_of(row.kind).label) for row in rows)
    return {
        "hand_over": hand_over,
        "is_own": own,
        "things": list(things)[:_MOST],
        "counts": sorted(counts.items()),
        "more": max(len(things) - _MOST, 0),
    }


def _concerns(row: HandOverRow, user: User) -> bool:
    if row.to_person_id == user.pk:
        return True
    departments = user.departments_as(StaffRole.HEAD)
    if row.to_person_id is None and row.to_department_id in user.speaking_department_ids:
        return True
    return bool(departments & {row.from_department_id, row.to_department_id})
