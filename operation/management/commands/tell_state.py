"""`viche tell_state`: record the state and, where no worker lives, tell of faults at once.

Started by the unit viche-tell@ when another unit has failed, and by viche-tell.timer.
"""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from core.domain import heartbeat
from operation.telling.actions import record_state
from operation.telling.directly import tell_open_faults, tell_without_database


class Command(BaseCommand):
    help = "Records the state; where no worker of jobs lives, tells administrators of open faults."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--after",
            type=int,
            default=0,
            metavar="SECONDS",
            help="wait first: a program that is started again at once is no fault",
        )

    def handle(self, *args: Any, after: int, **options: Any) -> None:
        time.sleep(after)
        try:
            changes = record_state()
            went = 0 if heartbeat.has_worker() else tell_open_faults()
        except DatabaseError:
            went = tell_without_database()
            self.stdout.write(f"The database does not answer. Messages that went: {went}.")
            raise SystemExit(2) from None
        self.stdout.write(
            f"Raised: {len(changes.raised)}, over: {len(changes.over)}. Messages that went at once:"
            f" {went}."
        )
