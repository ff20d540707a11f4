"""Actions of the exchange: make a file of appeals, fetch it, bring the system's numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from appeals.events import AppealsExported, AppealsExportFetched, SystemNumbersImported
from appeals.exchange import rules
from appeals.exchange.document import encrypt, write_document
from appeals.exchange.reading import Change, Line, find_changes
from appeals.models import Appeal, AppealsExport, SystemRegistration
from appeals.queries import load_involved, record_readings
from appeals.register.journal import in_period
from core.domain import clock
from core.domain.actions import action
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.retention import period_of
from core.domain.rules import reject, require

#: Why the applicants' data are seen: a key of accounts.data.access_log.REASONS.
WHY = "appeal.export"


def export_appeals(
    *, by: User, since: date, until: date, recipient: str, reason: str
) -> AppealsExport:
    """Make a file of the appeals registered from ``since`` to ``until`` that ``by`` may read,
    encrypted to ``recipient`` (document.check_recipient). Everybody's journal gets the look.

    Refuses by rules.export. Emits AppealsExported.
    """
    with action():
        readable = in_period(Appeal.objects.worked_on_by(by), since, until)
        number = readable.count()
        require(rules.export(by, load_involved(), appeals=number, reason=reason))
        now = clock.now()
        rows = readable.select_related("category", "theme", "department", "organisation")
        document = write_document(
            rows.defer("search", "secret_hash"), since=since, until=until, made_at=now
        )
        record_readings(readable, by, WHY)
        export = AppealsExport.objects.create(
            by=by,
            since=since,
            until=until,
            reason=reason.strip(),
            recipient=recipient,
            appeals=number,
            made_at=now,
            content=encrypt(document, recipient),
        )
        created(export)
        emit(AppealsExported(by.pk, export.pk))
        return export


def fetch_export(export: AppealsExport, *, by: User) -> bytes:
    """The encrypted file, for who made it, within a day. Refuses by rules.exchange, and what is
    gone (exchange.gone). Emits AppealsExportFetched."""
    with action():
        require(rules.exchange(by, load_involved()))
        if not export.content or export.made_at + period_of("appeals_exports") <= clock.now():
            reject("exchange.gone", _("The file is gone: it is kept for 24 hours. Make another."))
        emit(AppealsExportFetched(by.pk, export.pk))
        return bytes(export.content)


def import_numbers(lines: Iterable[Line], *, by: User) -> list[Change]:
    """Bring the document system's numbers and days to appeals and answers; nothing else changes.
    Returns what is other than before.

    All lines or none: refuses by rules.exchange, and where one is of an appeal on which ``by``
    does not work (exchange.unknown). Emits SystemNumbersImported.
    """
    with action():
        require(rules.exchange(by, load_involved()))
        found, wrong = find_changes(by, lines)
        if wrong:
            reject("exchange.unknown", wrong[0].words)
        changes = [change for change in found if not change.is_same]
        SystemRegistration.objects.bulk_create(
            [
                SystemRegistration(
                    appeal_id=change.appeal_id,
                    answer_id=change.answer_id,
                    number=change.line.number,
                    day=change.line.day,
                    entered_at=clock.now(),
                    entered_by=by,
                )
                for change in changes
            ],
            update_conflicts=True,
            unique_fields=["appeal", "answer"],
            update_fields=["number", "day", "entered_at", "entered_by"],
        )
        if changes:
            emit(SystemNumbersImported(by.pk, len(changes)))
        return changes
