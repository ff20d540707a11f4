"""Passing appeals on from one executor to another, in a fixed number of statements a hundred."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import batched
from typing import TYPE_CHECKING

from accounts.staff.open_work import CHANGED, Holder, Move
from appeals.course import rules
from appeals.events import AppealAssigned
from appeals.many.actions import MOST_AT_ONCE, load_involved_of, name_helpers
from appeals.many.rules import THEIRS_ALREADY, version_of
from appeals.models import Answer, Appeal, Entry, Executor
from appeals.rules import Involved
from city.models import Department
from core.domain import clock
from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import Verdict

if TYPE_CHECKING:
    from accounts.models import User


def pass_on(moves: Sequence[Move], *, by: User, is_main: bool) -> dict[Move, Verdict]:
    """Let other executors take the place of those that have appeals, as the main ones or as those
    who help; terms stay, and what was approved for another main executor is a draft again.

    Returns what was left, with the reason: what rules.assign refuses (a complaint never goes to
    whom it is about), what ``by`` may not see, and what has another executor or version by now.
    Emits AppealAssigned.
    """
    left: dict[Move, Verdict] = {}
    with action():
        ordered = sorted(moves, key=lambda move: move.object_id)
        for some in batched(ordered, MOST_AT_ONCE):
            left |= _pass_some(some, by, is_main=is_main)
    return left


def _pass_some(moves: Sequence[Move], by: User, *, is_main: bool) -> dict[Move, Verdict]:
    ids = [move.object_id for move in moves]
    seen = Appeal.objects.worked_on_by(by).filter(pk__in=ids).values_list("pk", flat=True)
    rows = Appeal.objects.filter(pk__in=list(seen)).order_by("pk").defer("search", "text")
    appeals = {each.pk: each for each in rows.select_for_update(no_key=True)}
    now = clock.now()
    involved = load_involved_of(list(appeals.values()))
    executors: dict[int, dict[Holder, Executor]] = {pk: {} for pk in appeals}
    for row in Executor.objects.filter(appeal__in=list(appeals)):
        executors[row.appeal_id][Holder(row.department_id, row.user_id)] = row
    left: dict[Move, Verdict] = {}
    gone, made, passed = [], [], []
    for move in moves:
        appeal = appeals.get(move.object_id)
        if appeal is None:
            left[move] = CHANGED
            continue
        held = executors[appeal.pk]
        verdict = _judge(move, by, appeal, involved[appeal.pk], held, now, is_main=is_main)
        if not verdict:
            left[move] = verdict
            continue
        gone.append(held.pop(move.giver).pk)
        if is_main and move.taker in held:
            gone.append(held.pop(move.taker).pk)
        row = Executor(
            appeal=appeal,
            department_id=move.taker.department_id or 0,  # hand_overs.rules.take asks for one
            user_id=move.taker.person_id,
            is_main=is_main,
            by=by,
            at=now,
        )
        held[move.taker] = row
        made.append(row)
        if appeal not in passed:
            passed.append(appeal)
        if is_main:
            appeal.department_id, appeal.officer_id = row.department_id, row.user_id
    Executor.objects.filter(pk__in=gone).delete()
    Executor.objects.bulk_create(made)
    if is_main:
        Appeal.objects.bulk_update(passed, ["department", "officer"])
        drafts = Answer.objects.filter(appeal__in=passed, sent_at=None)
        drafts.update(asked_by=None, asked_at=None, approved_by=None, approved_at=None)
    _enter(passed, by, now)
    return left


def _judge(
    move: Move,
    by: User,
    appeal: Appeal,
    involved: Involved,
    held: dict[Holder, Executor],
    now: datetime,
    *,
    is_main: bool,
) -> Verdict:
    row = held.get(move.giver)
    if row is None or row.is_main != is_main:
        return CHANGED
    if move.version and move.version != version_of(appeal):
        return CHANGED
    other = held.get(move.taker)
    if other is not None and (other.is_main or not is_main):
        return THEIRS_ALREADY
    return rules.assign(
        by,
        appeal,
        involved=involved,
        now=now,
        departments={move.taker.department_id or 0},
        people=() if move.taker.person_id is None else (move.taker.person_id,),
    )


def _enter(appeals: list[Appeal], by: User, now: datetime) -> None:
    helpers = name_helpers(appeals)
    names = Department.objects.in_bulk([each.department_id for each in appeals])
    Entry.objects.bulk_create(
        Entry(
            appeal=each,
            kind=Entry.Kind.ASSIGNED,
            by=by,
            at=now,
            words=", ".join(
                dict.fromkeys([names[each.department_id or 0].name, *helpers[each.pk]])
            ),
        )
        for each in appeals
    )
    for each in appeals:
        emit(AppealAssigned(each.pk, by.pk))
