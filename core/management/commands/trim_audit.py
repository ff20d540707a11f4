"""``manage.py trim_audit``: delete the days of the audit log that are past their term."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from core.audit_log.trimming import can_trim, trim


class Command(BaseCommand):
    help = (
        "Deletes whole days from the front of the audit log that are older than KEEP_TRACE_DAYS."
        " Its owner alone may (OWNER_DATABASE_URL); the head before the cut stays public."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not can_trim():
            raise CommandError(
                "The owner of the audit log alone may shorten it: OWNER_DATABASE_URL."
            )
        try:
            cut = trim()
        except Error as error:
            reason = str(error).strip().splitlines()[0]
            raise CommandError(f"The database refuses: {reason}.") from None
        if cut is None:
            self.stdout.write("Nothing is past its term.")
        else:
            self.stdout.write(f"Cut before {cut.day}, after link {cut.number}; head {cut.head}")
