"""Actions on many rows of the disposition table by one press, and taking one of them back.

Each is one action and leaves a BulkChange with what stood in its rows. Locks as in ``actions``,
then the change, then its dispositions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import ngettext

from accounts.models import User
from consultations.dispositions import history, rules
from consultations.dispositions.actions import (
    HeldRow,
    HeldTable,
    Words,
    former_says,
    hold_rows,
)
from consultations.dispositions.events import (
    ApprovalTakenBack,
    BulkChangeTakenBack,
    DispositionApproved,
    DispositionRestored,
    PublicReasonChecked,
)
from consultations.dispositions.models import WRITTEN, Disposition
from consultations.dispositions.models_bulk import BulkChange, BulkChangeRow, digest_of_row
from consultations.models import Consultation, Edition
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import reject, require
from core.domain.typography import group_thousands

_BATCH = 1000
#: Filled rows would be replaced, of which the officer was not told.
REPLACES = "disposition.replaces"


def settle_many(
    consultation: Consultation,
    remark_ids: Collection[int],
    *,
    by: User,
    kind: str,
    reason: str = "",
    resulting_key: UUID | None = None,
    overwrites: bool = False,
    replaces: int = 0,
) -> int:
    """Settle many remarks alike, and those folded into them; returns how many rows were written.

    Only empty rows, unless ``overwrites``: then ``replaces`` is the number of filled rows that
    ``by`` agreed to write over. Rows that rules.fill or rules.settle refuse are left out. Refuses
    as ``settle`` does, and with REPLACES (``params["replaces"]``) where they are another number;
    emits the same.
    """
    with action():
        table = hold_rows(consultation, remark_ids, by)
        words = Words(kind, reason, resulting_key)
        table.require_possible(words)
        rows = [
            row
            for row in table.rows
            if (overwrites or row.is_empty) and table.judge_settling(row, words)
        ]
        filled = [row for row in rows if not row.is_empty]
        number = sum(1 for row in filled if row.former and not former_says(row.former, words))
        if number != replaces:
            _ask_to_replace(number)
        made = table.write([(row, words) for row in rows])
        _keep(table, BulkChange.Kind.SETTLE)
        return len(made)


def settle_each(
    consultation: Consultation,
    decisions: Mapping[int, tuple[Words, datetime | None]],
    *,
    by: User,
    kind: str = BulkChange.Kind.SHEET,
) -> int:
    """Settle each of many remarks by words of its own; returns of how many rows.

    ``decisions``: of each remark's id the words, and the ``changed_at`` of the row as it was read.
    Rows that were changed since, or that ``settle`` would refuse, are left out. Emits as it does.
    """
    with action():
        table = hold_rows(consultation, decisions, by)
        keys = {words.resulting_key for words, _at in decisions.values() if words.resulting_key}
        known = table.find_clauses(keys) if keys else set()
        decided: list[tuple[HeldRow, Words]] = []
        for row in table.rows:
            words, expected = decisions[row.remark.pk]
            is_known = words.resulting_key is None or words.resulting_key in known
            if is_known and table.judge_settling(row, words, expected):
                decided.append((row, words))
        table.write(decided)
        _keep(table, kind)
        return len(decided)


def approve_many(consultation: Consultation, remark_ids: Collection[int], *, by: User) -> int:
    """Approve all of these rows that may be; returns how many were not approved before."""
    with action():
        table = hold_rows(consultation, remark_ids, by)
        rows = [
            row
            for row in table.rows
            if row.former and not row.former.approved_at and table.judge_approval(row)
        ]
        table.approve(rows)
        _keep(table, BulkChange.Kind.APPROVE)
        return len(rows)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Counts of rows that say again what they said before, and of those left as they are."""

    restored: int
    left: int


def take_back(change: BulkChange, *, by: User) -> TakenBack:
    """Take back a change of many rows: each says again what it said before.

    A row that says something else by now, or that ``by`` may not fill any more, is left as it is,
    and the change keeps who changed it last and when. Refuses by rules.take_back. Emits
    BulkChangeTakenBack; DispositionRestored for each row, and DispositionApproved,
    ApprovalTakenBack or PublicReasonChecked where the public sees something else.
    """
    with action():
        ids = list(change.rows.values_list("remark", flat=True))
        table = hold_rows(Consultation(pk=change.consultation_id), ids, by)
        held = locked(change)
        now = clock.now()
        since = Edition.objects.filter(consultation=held.consultation_id, at__gte=held.at)
        require(
            rules.take_back(
                by,
                table.consultation,
                held,
                now=now,
                is_reported=since.exists(),
                is_assigned=any(map(table.is_assigned, table.rows)),
            )
        )
        restored, left = _part(table, list(held.rows.order_by("remark")))
        _restore(table, restored)
        _leave(held, left)
        held.taken_back_at, held.taken_back_by = now, by
        held.save(update_fields=["taken_back_at", "taken_back_by"])
        emit(BulkChangeTakenBack(held.consultation_id, by.pk, held.pk))
        return TakenBack(len(restored), len(left))


def _ask_to_replace(number: int) -> None:
    asked = ngettext(
        "What stands in %(number)s filled row would be replaced. Press again if you want that.",
        "What stands in %(number)s filled rows would be replaced. Press again if you want that.",
        number,
    )
    reject(REPLACES, asked % {"number": group_thousands(number)}, replaces=number)


def _keep(table: HeldTable, kind: str) -> None:
    """Keep what stood in the rows that were changed; nothing where none was."""
    if not table.changes:
        return
    change = BulkChange.objects.create(
        consultation=table.consultation,
        kind=kind,
        by=table.by,
        at=clock.now(),
        number=len(table.changes),
    )
    rows = [BulkChangeRow.of(change, former, written) for former, written in table.changes]
    BulkChangeRow.objects.bulk_create(rows, batch_size=_BATCH)


def _part(
    table: HeldTable, rows: Iterable[BulkChangeRow]
) -> tuple[list[tuple[BulkChangeRow, Disposition]], list[BulkChangeRow]]:
    """Rows that stand as the change left them, each with what is stored, and the others."""
    ids = [row.remark.pk for row in table.rows]
    # Another's folding writes a row under the lock of its head alone.
    stored = Disposition.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
    now = {row.pk: row for row in stored}
    allowed = {row.remark.pk for row in table.rows if table.is_assigned(row)}
    remarks = {row.remark.pk: row.remark for row in table.rows}
    restored, left = [], []
    for row in rows:
        found, head_id = now.get(row.remark_id), remarks[row.remark_id].folded_into_id
        may_fill = table.keeps_record or bool({row.remark_id, head_id} & allowed)
        if found is not None and may_fill and digest_of_row(found) == row.digest_after:
            restored.append((row, found))
        else:
            left.append(row)
    return restored, left


def _restore(table: HeldTable, rows: Collection[tuple[BulkChangeRow, Disposition]]) -> None:
    consultation = table.consultation
    former = []
    for row, found in rows:
        about = (row.remark_id, consultation.pk, table.by.pk)
        was = None if row.was_empty else row.to_disposition()
        emit(DispositionRestored(*about))
        if was is not None and was.is_public(consultation.reported_at):
            emit(DispositionApproved(*about))
        elif found.is_public(consultation.reported_at):
            emit(ApprovalTakenBack(*about))
        if was is not None:
            former.append(was)
            if was.checked_at is not None and found.checked_at is None:
                emit(PublicReasonChecked(*about))
    Disposition.objects.bulk_create(
        former, update_conflicts=True, unique_fields=["remark"], update_fields=WRITTEN
    )
    gone = [row.remark_id for row, _found in rows if row.was_empty]
    Disposition.objects.filter(pk__in=gone).delete()


def _leave(change: BulkChange, rows: Collection[BulkChangeRow]) -> None:
    if not rows:
        return
    changed = history.last_changes(
        change.consultation_id, [row.remark_id for row in rows], change.at
    )
    for row in rows:
        row.is_left = True
        row.later_by_id, row.later_at = changed.get(row.remark_id, (None, None))
    BulkChangeRow.objects.bulk_update(rows, ["is_left", "later_by", "later_at"], batch_size=_BATCH)
