"""Compose an edition from the working copy and the rows: to be published, or for a preview."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from consultations.models import Consultation, Edition, EditionRow, Report
from consultations.reports import manifest, queries
from consultations.reports.content import compose
from consultations.reports.rows import Row


def compose_edition(
    consultation: Consultation, report: Report, *, by: User, at: datetime, reason: str
) -> tuple[Edition, list[EditionRow]]:
    """The edition that would be published now, with its rows; nothing is stored.

    In the active language.
    """
    earlier = queries.edition_to_read(consultation)
    gathered = queries.gather(consultation, report)
    edition = Edition(
        consultation=consultation,
        number=earlier.number + 1 if earlier else 1,
        supersedes=earlier,
        by=by,
        at=at,
        reason=reason,
        has_full_names=consultation.asks_full_name,
        content=compose(gathered),
        rows_total=len(gathered.rows),
    )
    return edition, [_freeze_row(edition, place, row) for place, row in enumerate(gathered.rows, 1)]


def _freeze_row(edition: Edition, place: int, row: Row) -> EditionRow:
    name_salt, words_salt = manifest.new_salt(), manifest.new_salt()
    is_shown = not row.facts["hidden"]
    return EditionRow(
        edition=edition,
        place=place,
        remark_id=row.remark_id,
        number=row.number,
        author_id=row.author_id,
        name=row.name if is_shown else "",
        name_salt=name_salt if is_shown else "",
        name_hash=manifest.salted_hash(name_salt, row.name),
        words=row.words if is_shown else "",
        words_salt=words_salt if is_shown else "",
        words_hash=manifest.salted_hash(words_salt, row.words),
        facts=row.facts,
    )
