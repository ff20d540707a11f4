"""Actions on spreadsheets of the disposition table: brought back, applied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from accounts.models import User
from consultations.dispositions import rules
from consultations.dispositions.actions import Words
from consultations.dispositions.actions_bulk import settle_each
from consultations.models import Consultation, SheetImport
from consultations.sheets.comparing import Compared, Outcome, Stored
from consultations.sheets.reading import read_rows
from core.domain import clock
from core.domain.actions import action
from core.domain.idempotency_keys import created
from core.domain.rules import Refused, refuse, require
from core.export import spreadsheets
from core.export.csv import NotATable

#: Rows that one press of the button changes; what is left over is applied by the next.
MOST_CHANGES = 1000


def bring(
    consultation: Consultation, *, by: User, file: BinaryIO, is_assigned: bool = False
) -> SheetImport:
    """Read a spreadsheet and keep its rows until they are applied; nothing is decided by it.

    Refuses by dispositions.rules.fill, and with ``sheet.not_a_table``.
    """
    require(rules.fill(by, consultation, now=clock.now(), is_assigned=is_assigned))
    try:
        rows, errors = read_rows(file.read(spreadsheets.MAX_BYTES + 1))
    except NotATable as wrong:
        raise Refused(refuse("sheet.not_a_table", str(wrong))) from wrong
    with action():
        made = SheetImport.objects.create(
            consultation=consultation,
            by=by,
            rows=[row.values() for row in rows],
            errors=[error.values() for error in errors],
        )
        created(made)
        return made


@dataclass(frozen=True, slots=True)
class Applied:
    """Counts of rows changed, changed by somebody else meanwhile, and left over."""

    changed: int
    conflicts: int
    left: int


def apply(
    brought: SheetImport,
    compared: Iterable[Compared],
    *,
    by: User,
    overwrites: bool = False,
    unchecked: bool = False,
) -> Applied:
    """Settle what the spreadsheet changes, at most MOST_CHANGES rows, as one change of many.

    ``compared``: its lines beside the table, as they were read just now. ``overwrites``: also rows
    that somebody has changed since the file was taken out; ``unchecked``: also lines that have lost
    the mark by which that is seen. A row that changes in this moment is left as it is, and counted.
    """
    wanted = {Outcome.CHANGES}
    wanted |= {Outcome.CONFLICT} if overwrites else set()
    wanted |= {Outcome.UNCHECKED} if unchecked else set()
    chosen: list[tuple[Compared, Stored]] = []
    left = 0
    for each in compared:
        if each.outcome not in wanted or each.row is None:
            continue
        if len(chosen) < MOST_CHANGES:
            chosen.append((each, each.row))
        else:
            left += 1
    decisions = {
        row.remark_id: (
            Words(each.sheet.kind, each.sheet.reason, each.resulting_key),
            row.changed_at,
        )
        for each, row in chosen
    }
    with action():
        changed = settle_each(Consultation(pk=brought.consultation_id), decisions, by=by)
        brought.applied_at = clock.now()
        brought.save(update_fields=["applied_at"])
    return Applied(changed, len(chosen) - changed, left)
