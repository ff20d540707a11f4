"""Actions on the disposition table: settling, approving and assigning remarks.

A row is guarded by the lock of its remark; the remarks folded into one are guarded by that one's.
Locks: the consultation (shared), the comments (shared: nobody hides one while its row becomes
public), then remarks by key.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection

from accounts.models import User
from consultations.dispositions import rules
from consultations.dispositions.conditions import is_enough_for, is_hidden_for
from consultations.dispositions.events import (
    ApprovalTakenBack,
    DispositionApproved,
    PublicReasonTakenBack,
    RemarkAssigned,
    RemarkSettled,
)
from consultations.dispositions.models import (
    LONGEST_REASON,
    WRITTEN,
    ApprovalSetting,
    Assignment,
    Disposition,
)
from consultations.models import Consultation, Procedure, Remark
from consultations.remarks.actions import STATE
from core.domain.actions import action, shared
from core.domain.events import emit
from core.domain.rules import Verdict, reject, require
from drafts.models import Clause, Version

#: What ``expected`` means where nothing is expected: whatever stands in the row is written over.
ANYTHING = object()


def settle(
    remark: Remark,
    *,
    by: User,
    kind: str,
    reason: str = "",
    resulting_key: UUID | None = None,
    expected: object = ANYTHING,
) -> Disposition:
    """Say what becomes of a remark, and of those that are folded into it; half a row is enough.

    ``expected``: the row's ``changed_at`` as it was read, None for an empty row. An approved row
    whose department needs another person's approval is no longer approved.
    Refuses by rules.fill and rules.settle, with ``disposition.changed_meanwhile``,
    ``disposition.no_such_clause`` and ``disposition.reason_too_long``. Emits RemarkSettled for each
    remark, and DispositionApproved or ApprovalTakenBack where the public sees something else.
    A row that says this already is left alone.
    """
    with action():
        table, row = hold_row(remark.consultation_id, remark.pk, by)
        words = Words(kind, reason, resulting_key)
        require(table.judge_settling(row, words, expected))
        table.require_possible(words)
        return table.write([(row, words)])[0]


def approve(remark: Remark, *, by: User) -> Disposition:
    """Approve a row and those folded into it that are whole: from now on everybody reads it.

    Refuses by rules.approve. Emits DispositionApproved for each remark.
    """
    with action():
        table, row = hold_row(remark.consultation_id, remark.pk, by)
        require(table.judge_approval(row))
        table.approve([row])
        return Disposition.objects.get(pk=remark.pk)


def assign(
    consultation: Consultation,
    remark_ids: Collection[int],
    *,
    by: User,
    person_id: int | None = None,
    department_id: int | None = None,
    due_on: date | None = None,
) -> int:
    """Give rows to a person or to a department, until a day; to neither: nobody has them.

    Returns how many rows were given; those that ``by`` may not give are left out. Refuses with
    ``disposition.officers_only`` where they may give none. Emits RemarkAssigned.
    """
    with action():
        table = hold_rows(consultation, remark_ids, by)
        if not table.keeps_record and not any(map(table.is_assigned, table.rows)):
            require(rules.OFFICERS_ONLY)
        rows = [row for row in table.rows if table.may_fill(row)]
        ids = [row.remark.pk for row in rows]
        if person_id is None and department_id is None:
            Assignment.objects.filter(remark__in=ids).delete()
        else:
            Assignment.objects.bulk_create(
                [
                    Assignment(
                        remark_id=pk,
                        person_id=person_id,
                        department_id=None if person_id else department_id,
                        due_on=due_on,
                        by=by,
                        at=table.now,
                    )
                    for pk in ids
                ],
                update_conflicts=True,
                unique_fields=["remark"],
                update_fields=["person", "department", "due_on", "by", "at"],
            )
        for pk in ids:
            emit(RemarkAssigned(pk, table.consultation.pk, by.pk, person_id, department_id))
        return len(ids)


@dataclass(frozen=True, slots=True)
class Words:
    """New words of a row."""

    kind: str
    reason: str
    resulting_key: UUID | None


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A remark under its lock, with what is stored of it by now; ``former``: its disposition."""

    remark: Remark
    former: Disposition | None
    assignment: Assignment | None
    is_deleted: bool

    @property
    def is_empty(self) -> bool:
        return self.former is None or not (self.former.kind or self.former.reason)


class HeldTable:
    """Rows of one consultation under their locks, and who is about to change them."""

    def __init__(
        self, consultation: Consultation, rows: list[HeldRow], by: User, now: datetime
    ) -> None:
        self.consultation, self.rows, self.by, self.now = consultation, rows, by, now
        #: What was written: what stood in a row, and what stands in it now.
        self.changes: list[tuple[Disposition | None, Disposition]] = []
        self.keeps_record = by.keeps_record_of(consultation.department_id, consultation.topic)

    @cached_property
    def needs_another_person(self) -> bool:
        return needs_another_person(self.consultation.department_id)

    def is_assigned(self, row: HeldRow) -> bool:
        return rules.is_assigned_to(row.assignment, self.by)

    def may_fill(self, row: HeldRow) -> bool:
        return bool(self.judge_filling(row))

    def require_fill(self, row: HeldRow) -> None:
        require(self.judge_filling(row))

    def may_settle(self, row: HeldRow, kind: str) -> Verdict:
        return rules.settle(
            row.remark,
            kind=kind,
            is_deleted=row.is_deleted,
            questions_only=kind == Disposition.Kind.NOTED and self.questions_only,
        )

    def judge_settling(self, row: HeldRow, words: Words, expected: object = ANYTHING) -> Verdict:
        """Whether the row may say this now; ``expected`` as in ``settle``."""
        if expected is not ANYTHING and expected != (row.former and row.former.changed_at):
            return rules.CHANGED
        return self.judge_filling(row) and self.may_settle(row, words.kind)

    @cached_property
    def questions_only(self) -> bool:
        """Whether its procedure takes note of questions alone."""
        return Procedure.objects.filter(
            consultation=self.consultation.pk, notes_questions_only=True
        ).exists()

    def require_possible(self, words: Words) -> None:
        """Refuse words that no row may hold."""
        if words.kind and words.kind not in Disposition.Kind.values:
            raise ValueError(words.kind)
        if len(words.reason) > LONGEST_REASON:
            reject("disposition.reason_too_long", rules.TOO_LONG)
        key = words.resulting_key
        if key is not None and key not in self.find_clauses([key]):
            require(rules.NO_SUCH_CLAUSE)

    def find_clauses(self, keys: Collection[UUID]) -> set[UUID]:
        """Which of these clauses stand in the newest text of the draft: one query."""
        newest = Version.objects.filter(draft=self.consultation.draft_id).latest_first()
        clauses = Clause.objects.filter(version__in=newest.values("pk")[:1], key__in=keys)
        return set(clauses.values_list("key", flat=True))

    def judge_filling(self, row: HeldRow) -> Verdict:
        """Whether they may fill the row now."""
        return rules.fill(
            self.by, self.consultation, now=self.now, is_assigned=self.is_assigned(row)
        )

    def judge_approval(self, row: HeldRow) -> Verdict:
        return rules.approve(
            self.by,
            self.consultation,
            row.former,
            now=self.now,
            needs_another_person=self.needs_another_person,
            is_hidden=is_hidden_for(row.remark),
        )

    def write(self, decided: Collection[tuple[HeldRow, Words]]) -> list[Disposition]:
        """Write words into rows, and into those of the remarks folded into them."""
        said = {row.remark.pk: words for row, words in decided}
        made = []
        for row in self._with_folded(row for row, _words in decided):
            former, words = row.former, said[row.remark.folded_into_id or row.remark.pk]
            if former and former_says(former, words):
                made.append(former)
                continue
            was_public = former is not None and former.is_public(self.consultation.reported_at)
            one = Disposition(
                remark_id=row.remark.pk,
                kind=words.kind,
                reason=words.reason,
                resulting_key=words.resulting_key,
                by=self.by if words.kind else None,
                decided_at=self.now if words.kind else None,
                changed_at=self._next_moment(former),
                **_public_reason_after(former, words),
            )
            emit(RemarkSettled(row.remark.pk, self.consultation.pk, self.by.pk))
            if was_public and is_enough_for(row.remark, one) and self._may_keep_approval():
                one.approved_by, one.approved_at = self.by, self.now
                emit(DispositionApproved(row.remark.pk, self.consultation.pk, self.by.pk))
            elif was_public:
                emit(ApprovalTakenBack(row.remark.pk, self.consultation.pk, self.by.pk))
            if former is not None and former.checked_at is not None and one.checked_at is None:
                emit(PublicReasonTakenBack(row.remark.pk, self.consultation.pk, self.by.pk))
            made.append(one)
            self.changes.append((former, one))
        Disposition.objects.bulk_create(
            [one for one in made if one._state.adding],
            update_conflicts=True,
            unique_fields=["remark"],
            update_fields=WRITTEN,
        )
        return made

    def approve(self, rows: Iterable[HeldRow]) -> None:
        """Approve rows, and those of the remarks folded into them that are enough for a report."""
        # What was folded again may have half a decision of its own.
        ids = []
        for row in self._with_folded(rows):
            if row.former is not None and is_enough_for(row.remark, row.former):
                approved = copy(row.former)
                approved.approved_by, approved.approved_at = self.by, self.now
                self.changes.append((row.former, approved))
                ids.append(row.remark.pk)
                emit(DispositionApproved(row.remark.pk, self.consultation.pk, self.by.pk))
        Disposition.objects.filter(pk__in=ids).update(approved_by=self.by, approved_at=self.now)

    def _may_keep_approval(self) -> bool:
        """Whether the person who could approve it alone corrects what is public; another's approval
        ends.
        """
        return self.keeps_record and not self.needs_another_person

    def _next_moment(self, former: Disposition | None) -> datetime:
        """Later than the former one, so that each state of a row has a moment of its own."""
        if former is None:
            return self.now
        return max(self.now, former.changed_at + timedelta(microseconds=1))

    def _with_folded(self, rows: Iterable[HeldRow]) -> list[HeldRow]:
        """The rows, and those of the remarks that are folded into them."""
        found = list(rows)
        folded = (
            Remark.objects.filter(folded_into__in=[row.remark.pk for row in found])
            .select_related("comment", "disposition")
            .defer("comment__search", "comment__html", "comment__text", "comment__proposal")
            .order_by("pk")
        )
        return found + [_row(remark, with_words=False) for remark in folded]


def needs_another_person(department_id: int) -> bool:
    """Whether the department's dispositions are approved by another person than who decided."""
    return ApprovalSetting.objects.filter(pk=department_id, needs_another_person=True).exists()


def hold_row(consultation_id: int, remark_id: int, by: User) -> tuple[HeldTable, HeldRow]:
    """One row under its lock, and its table. Refuses with ``disposition.gone``."""
    table = hold_rows(Consultation(pk=consultation_id), [remark_id], by)
    if not table.rows:
        reject("disposition.gone", rules.GONE)
    return table, table.rows[0]


def hold_rows(consultation: Consultation, remark_ids: Collection[int], by: User) -> HeldTable:
    """The consultation under its shared lock, and these remarks of it under their own; their
    comments, and those of what is folded into them, stay shown or hidden until the action ends."""
    fresh, now = shared(consultation, *STATE)
    _hold_comments(fresh, remark_ids)
    here = Remark.objects.filter(consultation=fresh.pk, pk__in=remark_ids).order_by("pk")
    held = list(here.select_for_update(no_key=True).values_list("pk", flat=True))
    # Read after the lock, in a statement of its own: what a locking statement joins is as it was
    # before it waited.
    remarks = (
        Remark.objects.filter(pk__in=held)
        .select_related("comment", "disposition", "assignment")
        .defer("comment__search", "comment__html", "comment__text", "comment__proposal")
        .order_by("pk")
    )
    return HeldTable(fresh, [_row(remark) for remark in remarks], by, now)


_HOLD_COMMENTS = """
SELECT id FROM discussions_comment WHERE id = ANY(ARRAY(
    SELECT comment_id FROM consultations_remark
    WHERE consultation_id = %s AND (comment_id = ANY(%s) OR folded_into_id = ANY(%s))
)) ORDER BY id FOR SHARE
"""


def _hold_comments(consultation: Consultation, remark_ids: Collection[int]) -> None:
    ids = list(remark_ids)
    with connection.cursor() as cursor:
        cursor.execute(_HOLD_COMMENTS, [consultation.pk, ids, ids])


def _row(remark: Remark, *, with_words: bool = True) -> HeldRow:
    return HeldRow(
        remark,
        getattr(remark, "disposition", None),
        getattr(remark, "assignment", None) if with_words else None,
        with_words and remark.comment.deleted_at is not None,
    )


def former_says(former: Disposition, words: Words) -> bool:
    """Whether a row says these words already."""
    return (former.kind, former.reason, former.resulting_key) == (
        words.kind,
        words.reason,
        words.resulting_key,
    )


def _public_reason_after(former: Disposition | None, words: Words) -> dict[str, Any]:
    """The reason for everybody stays with a decision that is changed; where the council decides
    otherwise, it is checked anew."""
    if former is None:
        return {}
    kept: dict[str, Any] = {
        "public_reason": former.public_reason,
        "public_reason_by_id": former.public_reason_by_id,
    }
    if former.kind == words.kind:
        kept |= {"checked_by_id": former.checked_by_id, "checked_at": former.checked_at}
    return kept
