"""Passing rows of the disposition table on from whom they were given to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from accounts.staff.open_work import CHANGED, Move
from consultations.dispositions.actions import HeldTable, hold_rows
from consultations.dispositions.events import RemarkAssigned
from consultations.dispositions.models import Assignment
from consultations.models import Consultation, Remark
from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import Verdict

if TYPE_CHECKING:
    from accounts.models import User


def pass_on(moves: Sequence[Move], *, by: User) -> dict[Move, Verdict]:
    """Give rows that a person or a department has to another; the days until when stay.

    Returns what was left, with the reason: what rules.assign refuses, and rows that somebody else
    has by now. Emits RemarkAssigned.
    """
    left: dict[Move, Verdict] = {}
    with action():
        ids = [move.object_id for move in moves]
        of = dict(Remark.objects.filter(pk__in=ids).values_list("pk", "consultation"))
        tables: dict[int, list[Move]] = defaultdict(list)
        for move in moves:
            tables[of[move.object_id]].append(move)
        for consultation_id in sorted(tables):  # each is locked before its remarks
            its = tables[consultation_id]
            held = hold_rows(Consultation(pk=consultation_id), [move.object_id for move in its], by)
            left |= _pass_rows(held, its)
    return left


def _pass_rows(table: HeldTable, moves: Sequence[Move]) -> dict[Move, Verdict]:
    rows = {row.remark.pk: row for row in table.rows}
    left: dict[Move, Verdict] = {}
    passed = []
    for move in moves:
        row = rows.get(move.object_id)
        given = row.assignment if row else None
        has_it = given is not None and (
            given.person_id == move.giver.person_id
            if move.giver.person_id is not None
            else given.department_id == move.giver.department_id
        )
        if row is None or given is None or not has_it:
            left[move] = CHANGED
        elif not (verdict := table.judge_filling(row)):
            left[move] = verdict
        else:
            given.person_id = move.taker.person_id
            given.department_id = None if move.taker.person_id else move.taker.department_id
            given.by, given.at = table.by, table.now
            passed.append(given)
    Assignment.objects.bulk_update(passed, ["person", "department", "by", "at"])
    for each in passed:
        emit(
            RemarkAssigned(
                each.remark_id,
                table.consultation.pk,
                table.by.pk,
                each.person_id,
                each.department_id,
            )
        )
    return left
