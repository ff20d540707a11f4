"""``manage.py begin_record``: enter what is older than the rows of record, as it stands."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from core.audit_log.beginning import begin_record


class Command(BaseCommand):
    help = (
        "Enters procedures that are older than the rows of record, as they stand: they are provable"
        " from now on. What is in the record already is left alone. The upgrade runs it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        begun = begin_record()
        if options["verbosity"]:
            self.stdout.write(f"{begun} procedures entered into the record.")
