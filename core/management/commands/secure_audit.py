"""``manage.py secure_audit``: give the audit log to its owner; after a restore, and once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from core.audit_log.protection import find_faults, secure_audit


class Command(BaseCommand):
    help = (
        "Makes the tables of the audit log belong to the owner (OWNER_DATABASE_URL), lets the"
        " application read and add to them alone, and gives it every other table."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            owner, application = secure_audit()
            faults = find_faults()
        except Error as error:
            reason = str(error).strip().splitlines()[0]
            raise CommandError(f"The database refuses: {reason}.") from None
        if owner == application:
            raise CommandError(
                "There is one address alone: OWNER_DATABASE_URL (or …_FILE) must name the owner of"
                " the audit log, and DATABASE_URL the application (docs/deploy.md)."
            )
        if faults:
            raise CommandError(f"The application {application} still could: {'; '.join(faults)}.")
        self.stdout.write(f"The audit log belongs to {owner}; {application} reads and adds to it.")
